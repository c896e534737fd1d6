/** Of how many something was true, by name. */
export interface Shares {
  add(name: string, isTrue: boolean): void
  /** The counter of a name, for callers that add to it often. */
  counterOf(name: string): ShareCounter
  /** Null when nothing was counted under the name. */
  share(name: string): number | null
  names(): readonly string[]
}

export interface ShareCounter {
  all: number
  true: number
}

export const countIn = (counter: ShareCounter, isTrue: boolean): void => {
  counter.all += 1
  counter.true += Number(isTrue)
}

export function shares(): Shares {
  const counts = new Map<string, ShareCounter>()
  const counterOf = (name: string): ShareCounter => {
    const known = counts.get(name)
    if (known) return known
    const counter = { all: 0, true: 0 }
    counts.set(name, counter)
    return counter
  }
  return {
    add: (name, isTrue) => {
      countIn(counterOf(name), isTrue)
    },
    counterOf,
    share: (name) => {
      const count = counts.get(name)
      return count && count.all > 0 ? count.true / count.all : null
    },
    names: () => [...counts.keys()],
  }
}
