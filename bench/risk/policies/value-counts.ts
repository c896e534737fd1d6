/** How often each value of a feature was seen, at every level from fine to coarse. */
export interface ValueCounts {
  /** Sign-ins counted. */
  readonly total: number
  readonly levels: readonly ReadonlyMap<string, number>[]
  add(values: readonly string[]): void
}

export function valueCounts(levelCount: number): ValueCounts {
  const levels = Array.from({ length: levelCount }, () => new Map<string, number>())
  let total = 0
  return {
    get total() {
      return total
    },
    levels,
    add: (values) => {
      total += 1
      for (const [index, level] of levels.entries()) {
        const value = values[index] ?? ''
        level.set(value, (level.get(value) ?? 0) + 1)
      }
    },
  }
}
