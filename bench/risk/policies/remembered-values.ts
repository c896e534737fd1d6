/** When each person last showed each value; what is older than `keptMs` counts as never shown. */
export interface RememberedValues {
  /** Whether the person showed it at most `keptMs` before `at`. */
  has(userId: string, value: string, at: number): boolean
  remember(userId: string, value: string, at: number): void
  /** Every value of the person still remembered at the time of their last one. */
  count(userId: string): number
}

export function rememberedValues(keptMs: number): RememberedValues {
  const people = new Map<string, Map<string, number>>()
  return {
    has: (userId, value, at) => {
      const seenAt = people.get(userId)?.get(value)
      return seenAt !== undefined && at - seenAt <= keptMs
    },
    remember: (userId, value, at) => {
      const values = people.get(userId) ?? new Map<string, number>()
      if (!people.has(userId)) people.set(userId, values)
      // Set anew, so that the oldest come first and dropping them takes no search.
      values.delete(value)
      values.set(value, at)
      dropOld(values, at - keptMs)
    },
    count: (userId) => people.get(userId)?.size ?? 0,
  }
}

function dropOld(values: Map<string, number>, oldest: number): void {
  for (const [value, seenAt] of values) {
    if (seenAt >= oldest) return
    values.delete(value)
  }
}
