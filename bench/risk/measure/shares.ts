/** Of how many something was true, by name. */
export interface Shares {
  add(name: string, isTrue: boolean): void
  /** Null when nothing was counted under the name. */
  share(name: string): number | null
  names(): readonly string[]
}

export function shares(): Shares {
  const counts = new Map<string, { all: number; true: number }>()
  return {
    add: (name, isTrue) => {
      const count = counts.get(name) ?? { all: 0, true: 0 }
      if (count.all === 0) counts.set(name, count)
      count.all += 1
      count.true += Number(isTrue)
    },
    share: (name) => {
      const count = counts.get(name)
      return count ? count.true / count.all : null
    },
    names: () => [...counts.keys()],
  }
}
