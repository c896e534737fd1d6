/** A caller in a lane. */
export interface Waiting {
  /** Callers with the same sharer take turns with everybody else's. */
  readonly sharer: string
  /** Callers that used less go first. */
  readonly used: number
  /** Milliseconds since 1970. */
  readonly since: number
  readonly isGone: () => boolean
}

/** The callers that wait in one lane. */
export interface WaitingLine<W extends Waiting> {
  /** Adds a caller. Returns the one that has to leave because there are too many; null: none. */
  add(caller: W): W | null
  /** Takes out the caller whose turn it is; null: no one waits. */
  next(): W | null
  /** Takes out those who came before `since`, and those who have gone. */
  leaving(since: number): readonly W[]
  /** Takes out everybody. */
  clear(): readonly W[]
  size(): number
}

/** With more callers than this in a lane, the newest of equal ones goes first. */
const CALM = 4

/**
 * Callers that used less go first, and callers of one sharer wait behind each other's. Of equal ones the first goes
 * first while few wait. When many wait the newest goes first: otherwise a burst would delay everybody after it, and all
 * would be answered too late. The caller that makes the lane too long is the one that used most, then the oldest.
 */
export function waitingLine<W extends Waiting>(most: number): WaitingLine<W> {
  /** In the order they came. */
  let line: { readonly caller: W; readonly rank: number }[] = []

  const takeOut = (place: number): W | null => line.splice(place, 1)[0]?.caller ?? null

  /** The first or last place with the lowest or highest rank. */
  function placeOf(isBetter: (a: number, b: number) => boolean, prefer: 'first' | 'last'): number {
    let best = 0
    for (const [place, { rank }] of line.entries()) {
      const other = line[best]?.rank ?? rank
      if (isBetter(rank, other) || (prefer === 'last' && rank === other)) best = place
    }
    return best
  }

  return {
    add: (caller) => {
      const ahead = line.filter((other) => other.caller.sharer === caller.sharer).length
      line.push({ caller, rank: caller.used + ahead })
      return line.length > most ? takeOut(placeOf((a, b) => a > b, 'first')) : null
    },
    next: () => takeOut(placeOf((a, b) => a < b, line.length > CALM ? 'last' : 'first')),
    leaving: (since) => {
      const isLeaving = (caller: W): boolean => caller.since < since || caller.isGone()
      const left = line.filter(({ caller }) => isLeaving(caller)).map(({ caller }) => caller)
      if (left.length > 0) line = line.filter(({ caller }) => !left.includes(caller))
      return left
    },
    clear: () => line.splice(0).map(({ caller }) => caller),
    size: () => line.length,
  }
}
