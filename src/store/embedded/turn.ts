import { setImmediate } from 'node:timers/promises'

/** What a command looks at in one turn of the event loop at most; then it lets others run. */
export interface TurnLimits {
  readonly rows: number
  /** Of the text of the rows it reads. */
  readonly bytes: number
}

export const TURN: TurnLimits = { rows: 2_000, bytes: 512 * 1024 }

/**
 * Hands the rows to `look`, some in each turn; it answers how many bytes it read, or null when it has enough. Between
 * turns other commands change rows, so it must look at each row as it is then.
 */
export async function inTurns<T>(
  rows: Iterable<T>,
  look: (row: T) => number | null,
  between?: () => Promise<void>,
): Promise<void> {
  let iterator = rows[Symbol.iterator]()
  for (;;) {
    const isLast = oneTurn(iterator, look)
    if (between) await between()
    if (isLast) return
    // What comes is noted first, because a change would lead an index that is walked along astray.
    iterator = [...rest(iterator)][Symbol.iterator]()
    await setImmediate()
  }
}

/** Answers whether it was the last. */
function oneTurn<T>(iterator: Iterator<T>, look: (row: T) => number | null): boolean {
  let bytes = 0
  for (let count = 0; count < TURN.rows && bytes < TURN.bytes; count += 1) {
    const next = iterator.next()
    if (next.done) return true
    const read = look(next.value)
    if (read === null) return true
    bytes += read
  }
  return false
}

function* rest<T>(iterator: Iterator<T>): Generator<T> {
  for (let next = iterator.next(); !next.done; next = iterator.next()) yield next.value
}
