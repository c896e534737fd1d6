import type { KeptRow } from './kept-row.js'
import { sortByValue } from './sort-by-value.js'

export interface Criterion {
  /** The place among the leaves of a row. */
  readonly place: number
  readonly direction: 1 | -1
}

/** The rows of a table in several orders. Orders that end alike share the work: most indexes end with the time. */
export interface RowOrders {
  /** By these, then by id. No row may have a list at one of the places. */
  readonly by: (criteria: readonly Criterion[]) => readonly KeptRow[]
  readonly hasLists: (place: number) => boolean
}

export function rowOrders(rows: Iterable<KeptRow>): RowOrders {
  const all = [...rows]
  const sorted = new Map<string, readonly KeptRow[]>()
  const lists = new Map<number, boolean>()

  const hasLists = (place: number): boolean => {
    const known = lists.get(place) ?? all.some(({ leaves }) => Array.isArray(leaves[place]))
    lists.set(place, known)
    return known
  }
  const by = (criteria: readonly Criterion[]): readonly KeptRow[] => {
    const name = criteria.map(({ place, direction }) => `${place}:${direction}`).join()
    const known = sorted.get(name)
    if (known) return known
    const [first, ...rest] = criteria
    const made = first
      ? sortByValue(by(rest), ({ leaves }) => leaves[first.place], first.direction)
      : sortByValue(all, ({ id }) => id, 1)
    sorted.set(name, made)
    return made
  }
  return { by, hasLists }
}
