import type { Filter, FindOptions, Index } from '../collection.js'
import { leavesAt } from './match-filter.js'
import { mergeScans } from './merge-scans.js'
import { againstBounds, NO_BOUNDS, planScan, type Bounds } from './plan-scan.js'
import type { Row } from './row.js'
import { compareValues } from './sort-rows.js'
import { sortedList } from './sorted-list.js'

/** The ids of rows in the order of some of their fields. A row with a list has an entry for each element. */
export interface RowIndex {
  /** Whether another row has a unique key of this one. */
  readonly isTaken: (row: Row) => boolean
  /** Whether two of the rows have the same unique key. */
  readonly hasDuplicates: () => boolean
  /** Replaces the entries of one row by those of another; null: no row. */
  readonly replace: (before: Row | null, after: Row | null) => void
  /** How this index narrows the search: ids among which are all that match, perhaps more than once. */
  readonly search: (filter: Filter, sort: FindOptions['sort']) => Search
}

export interface Search {
  /** The higher, the fewer rows are likely to be looked at for nothing. */
  readonly worth: number
  /** The ids come in the order asked for. */
  readonly isSorted: boolean
  readonly ids: () => Iterable<string>
}

interface Entry {
  readonly key: readonly unknown[]
  readonly id: string
}

export function rowIndex({ fields, unique = false, sparse = false }: Index, rows: Iterable<Row>): RowIndex {
  const names = Object.keys(fields)
  const paths = names.map((name) => name.split('.'))
  const directions = Object.values(fields)
  // Once a row had a list in a field, the entries are no longer one for each row in the order of its values.
  const lists = new Set<number>()

  const compareKeys = (a: readonly unknown[], b: readonly unknown[], from = 0): number => {
    for (const [at, value] of a.entries()) {
      const order = compareValues(value, b[at]) * (directions[from + at] ?? 1)
      if (order !== 0) return order
    }
    return 0
  }
  const compareEntries = (a: Entry, b: Entry): number => compareKeys(a.key, b.key) || compareValues(a.id, b.id)
  const keysOf = (row: Row): readonly (readonly unknown[])[] => {
    const leaves = paths.map((path) => leavesAt(row, path))
    if (leaves.every((found) => found.length === 1 && !Array.isArray(found[0]))) return [leaves.map(([leaf]) => leaf)]
    for (const [field, found] of leaves.entries()) if (found.length !== 1 || Array.isArray(found[0])) lists.add(field)
    const keys = leaves
      .map((found) => found.flatMap((leaf) => leaf))
      .reduce<unknown[][]>(
        (begun, found) =>
          begun.flatMap((key) => (found.length > 0 ? found : [undefined]).map((leaf) => [...key, leaf])),
        [[]],
      )
    return keys.filter((key, at) => keys.findIndex((other) => compareKeys(key, other) === 0) === at)
  }
  const entriesOf = (row: Row | null): Entry[] => {
    if (row === null) return []
    const keys = keysOf(row)
    if (sparse && keys.every((key) => key.every((value) => value === undefined))) return []
    return keys.map((key) => ({ key, id: row._id }))
  }
  const entries = sortedList(compareEntries, [...rows].flatMap(entriesOf))

  function* between(prefix: readonly unknown[], bounds: Bounds, backwards: boolean): Generator<Entry> {
    const at = prefix.length
    const against = ({ key }: Entry): number =>
      compareKeys(prefix, key) * -1 || (bounds === NO_BOUNDS ? 0 : againstBounds(key[at], bounds, directions[at] ?? 1))
    const isBefore = (entry: Entry): boolean => against(entry) < 0
    const isAfter = (entry: Entry): boolean => against(entry) > 0
    const isPast = backwards ? isBefore : isAfter
    for (const entry of backwards ? entries.backFrom(isAfter) : entries.from(isBefore)) {
      if (isPast(entry)) return
      yield entry
    }
  }

  return {
    isTaken: (row) =>
      unique &&
      entriesOf(row).some(({ key }) => {
        for (const { id } of between(key, NO_BOUNDS, false)) if (id !== row._id) return true
        return false
      }),
    hasDuplicates: () => {
      let last: Entry | null = null
      for (const entry of unique ? entries.from(() => false) : []) {
        if (last && compareKeys(last.key, entry.key) === 0) return true
        last = entry
      }
      return false
    },
    replace: (before, after) => {
      const [old, fresh] = [entriesOf(before), entriesOf(after)]
      if (old.length === fresh.length && old.every((entry, at) => compareEntries(entry, fresh[at] as Entry) === 0))
        return
      old.forEach(entries.remove)
      fresh.forEach(entries.add)
    },
    search: (filter, sort) => {
      const hasLists = (field: number): boolean => lists.has(field)
      const { prefixes, bounds, turn, worth } = planScan({ names, directions, sparse, hasLists }, filter, sort)
      const scans = (): Generator<Entry>[] => prefixes.map((prefix) => between(prefix, bounds, turn === -1))
      const compareRest = (a: Entry, b: Entry): number => {
        const from = prefixes[0]?.length ?? 0
        return compareKeys(a.key.slice(from), b.key.slice(from), from) * (turn ?? 1)
      }
      return {
        worth,
        isSorted: turn !== null,
        *ids() {
          const found = turn === null ? inTurn(scans()) : mergeScans(scans(), compareRest)
          for (const { id } of found) yield id
        },
      }
    },
  }
}

function* inTurn<T>(scans: readonly Iterable<T>[]): Generator<T> {
  for (const scan of scans) yield* scan
}
