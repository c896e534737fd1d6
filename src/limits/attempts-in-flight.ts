/** Counters in use by the attempts of this process. */
export interface AttemptsInFlight {
  /** Call it before the counters are read; `release` ends it. */
  use(ids: readonly string[]): void
  release(ids: readonly string[]): void
  /** Records a count that was read, and returns what the counter would reach if everything in flight fails. */
  worstCase(id: string, stored: number): number
  begin(ids: readonly string[]): void
  /** An attempt was wrong. `stored` is the count including it; null when it is unknown whether it was written. */
  endAsFailure(id: string, stored: number | null): void
  endWithoutFailure(ids: readonly string[]): void
  /** Number of counters in use. */
  size(): number
}

interface Known {
  /** The highest count seen: never lower than what this process wrote, so an older read cannot lower it. */
  count: number
  /** Attempts that were allowed and not judged yet. */
  inFlight: number
  users: number
}

/** An entry lives as long as an attempt uses it, so there are never more entries than active callers. */
export function trackAttempts(): AttemptsInFlight {
  const entries = new Map<string, Known>()

  function known(id: string): Known {
    const found = entries.get(id)
    if (!found) throw new Error('a counter is used outside of an attempt')
    return found
  }

  return {
    use: (ids) => {
      for (const id of ids) {
        const entry = entries.get(id) ?? { count: 0, inFlight: 0, users: 0 }
        entry.users += 1
        entries.set(id, entry)
      }
    },
    release: (ids) => {
      for (const id of ids) {
        const entry = known(id)
        entry.users -= 1
        if (entry.users === 0) entries.delete(id)
      }
    },
    worstCase: (id, stored) => {
      const entry = known(id)
      entry.count = Math.max(entry.count, stored)
      return entry.count + entry.inFlight
    },
    begin: (ids) => {
      for (const id of ids) known(id).inFlight += 1
    },
    endAsFailure: (id, stored) => {
      const entry = known(id)
      entry.inFlight -= 1
      entry.count = Math.max(entry.count, stored ?? entry.count + 1)
    },
    endWithoutFailure: (ids) => {
      for (const id of ids) known(id).inFlight -= 1
    },
    size: () => entries.size,
  }
}
