import { comparable, rankOf } from './sort-rows.js'

/** The values of one type, numbered as they come. */
type Numbered = Map<number | string, number>

/**
 * Sorts by one value of each, and keeps the order of those with equal values. Only different values are compared, and most
 * fields have few of them: a start sorts a million entries this way.
 */
export function sortByValue<T>(entries: readonly T[], valueOf: (entry: T) => unknown, direction: 1 | -1): T[] {
  const types = new Map<number, Numbered>()
  const counts: number[] = []
  const numbers = Uint32Array.from(entries, (entry) => {
    const value = valueOf(entry)
    const number = numberOf(value, types, counts.length)
    counts[number] = (counts[number] ?? 0) + 1
    return number
  })
  const next = startsOf(types, counts, direction)
  const sorted = new Array<T>(entries.length)
  for (let at = 0; at < entries.length; at += 1) {
    const number = numbers[at] as number
    const place = next[number] as number
    next[number] = place + 1
    sorted[place] = entries[at] as T
  }
  return sorted
}

function numberOf(value: unknown, types: Map<number, Numbered>, fresh: number): number {
  const type = rankOf(value)
  const key = comparable(value)
  const numbered = types.get(type)
  const known = numbered?.get(key)
  if (known !== undefined) return known
  if (numbered) numbered.set(key, fresh)
  else types.set(type, new Map([[key, fresh]]))
  return fresh
}

/** Where the entries of each value begin. */
function startsOf(types: ReadonlyMap<number, Numbered>, counts: readonly number[], direction: 1 | -1): Uint32Array {
  const starts = new Uint32Array(counts.length)
  let start = 0
  for (const type of inOrder(types.keys(), direction)) {
    const numbered = types.get(type) as Numbered
    for (const key of inOrder(numbered.keys(), direction)) {
      const number = numbered.get(key) as number
      starts[number] = start
      start += counts[number] as number
    }
  }
  return starts
}

/** All of them are numbers, or all are strings. */
const inOrder = <T extends number | string>(keys: Iterable<T>, direction: 1 | -1): T[] =>
  [...keys].sort((a, b) => (a < b ? -direction : Number(a > b) * direction))
