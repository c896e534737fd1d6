/** When each person last showed each value; what is older than `keptMs` counts as never shown. */
export interface RememberedValues {
  /** Whether the person showed it at most `keptMs` before `at`. */
  has(userId: string, value: string, at: number): boolean
  remember(userId: string, value: string, at: number): void
  /** Every value of the person still remembered at the time of their last one. */
  count(userId: string): number
}

interface Remembered {
  readonly seenAt: Map<string, number>
  /** The number of values at which it is worth looking for old ones. */
  sweepAt: number
  latest: number
}

const FEW = 8

export function rememberedValues(keptMs: number): RememberedValues {
  const people = new Map<string, Remembered>()
  return {
    has: (userId, value, at) => {
      const seenAt = people.get(userId)?.seenAt.get(value)
      return seenAt !== undefined && at - seenAt <= keptMs
    },
    remember: (userId, value, at) => {
      const values = people.get(userId) ?? { seenAt: new Map<string, number>(), sweepAt: FEW, latest: at }
      if (!people.has(userId)) people.set(userId, values)
      values.seenAt.set(value, at)
      values.latest = at
      if (values.seenAt.size >= values.sweepAt) dropOld(values, at - keptMs)
    },
    count: (userId) => {
      const values = people.get(userId)
      if (!values) return 0
      dropOld(values, values.latest - keptMs)
      return values.seenAt.size
    },
  }
}

/** Not at every value, since most are the same as before. */
function dropOld(values: Remembered, oldest: number): void {
  for (const [value, seenAt] of values.seenAt) if (seenAt < oldest) values.seenAt.delete(value)
  values.sweepAt = Math.max(FEW, 2 * values.seenAt.size)
}
