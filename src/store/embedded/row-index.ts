import type { Filter, FindOptions, Index } from '../collection.js'
import type { Columns } from './columns.js'
import type { KeptRow } from './kept-row.js'
import type { Leaves } from './leaves.js'
import { mergeScans } from './merge-scans.js'
import { againstBounds, NO_BOUNDS, planScan, type Bounds } from './plan-scan.js'
import { compareValues } from './sort-rows.js'
import type { RowOrders } from './row-orders.js'
import { sortByValue } from './sort-by-value.js'
import { sortedList } from './sorted-list.js'

/** Rows in the order of some of their fields. A row with a list has an entry for each element. */
export interface RowIndex {
  /** Whether another row than the one of this id has a unique key of these leaves. */
  readonly isTaken: (id: string, leaves: Leaves) => boolean
  /** Whether two of the rows have the same unique key. */
  readonly hasDuplicates: () => boolean
  /** Whether a row with these leaves has other entries than with those. */
  readonly differs: (before: Leaves, after: Leaves) => boolean
  readonly add: (row: KeptRow) => void
  /** Removes the entries of a row. Its leaves must be those it was added with. */
  readonly remove: (row: KeptRow) => void
  /** How this index narrows the search: rows among which are all that match, perhaps more than once. */
  readonly search: (filter: Filter, sort: FindOptions['sort']) => Search
}

export interface Search {
  /** The higher, the fewer rows are likely to be looked at for nothing. */
  readonly worth: number
  /** The rows come in the order asked for. */
  readonly isSorted: boolean
  readonly rows: () => Iterable<KeptRow>
}

/** The entry for one element of a list of a row. A row without lists is its own entry. */
class ListEntry {
  constructor(
    /** The row; with two lists, the entry for an element of the other. */
    readonly of: Entry,
    /** Which of the fields has the list. */
    readonly at: number,
    readonly element: unknown,
  ) {}
}

type Entry = KeptRow | ListEntry

const NONE: readonly number[] = []

export function rowIndex(
  { fields, unique = false, sparse = false }: Index,
  columns: Columns,
  orders: RowOrders,
): RowIndex {
  const names = Object.keys(fields)
  const places = names.map((name) => columns.of.get(name) ?? 0)
  const directions = Object.values(fields)
  // Once a row had a list in a field, the entries are no longer one for each row in the order of its values.
  const lists = new Set<number>()

  const valueAt = (entry: Entry, at: number): unknown => {
    if (entry instanceof ListEntry) return entry.at === at ? entry.element : valueAt(entry.of, at)
    return entry.leaves[places[at] as number]
  }
  const compareKeys = (a: Entry, b: Entry, from = 0): number => {
    for (let at = from; at < places.length; at += 1) {
      const order = compareValues(valueAt(a, at), valueAt(b, at))
      if (order !== 0) return order * (directions[at] as number)
    }
    return 0
  }
  const compareEntries = (a: Entry, b: Entry): number => compareKeys(a, b) || compareValues(rowOf(a).id, rowOf(b).id)
  const isLeftOut = (leaves: Leaves): boolean => sparse && places.every((place) => isMissing(leaves[place]))
  const keysOf = (leaves: Leaves): readonly (readonly unknown[])[] => {
    if (isLeftOut(leaves)) return []
    const key = places.map((place) => leaves[place])
    return listsIn(leaves).reduce<readonly (readonly unknown[])[]>(
      (keys, at) => keys.flatMap((each) => elementsOf(key[at]).map((element) => each.with(at, element))),
      [key],
    )
  }
  const entriesOf = (row: KeptRow): readonly Entry[] => {
    if (isLeftOut(row.leaves)) return []
    return listsIn(row.leaves).reduce<readonly Entry[]>(
      (found, at) => {
        const elements = elementsOf(row.leaves[places[at] as number])
        return found.flatMap((entry) => elements.map((element) => new ListEntry(entry, at, element)))
      },
      [row],
    )
  }
  function listsIn(leaves: Leaves): readonly number[] {
    if (!places.some((place) => Array.isArray(leaves[place]))) return NONE
    const found = [...places.keys()].filter((at) => Array.isArray(leaves[places[at] as number]))
    for (const at of found) lists.add(at)
    return found
  }
  const entries = sortedList(compareEntries, inOrder())

  /** As far as no row has a list, rows are sorted; from there on their entries. */
  function inOrder(): readonly Entry[] {
    const criteria = places.map((place, at) => ({ place, direction: directions[at] ?? 1 }))
    const last = places.findLastIndex(orders.hasLists)
    const sorted = orders.by(criteria.slice(last + 1))
    if (last === -1 && !sparse) return sorted
    return criteria
      .slice(0, last + 1)
      .reduceRight<readonly Entry[]>(
        (entries, { direction }, at) => sortByValue(entries, (entry) => valueAt(entry, at), direction),
        sorted.flatMap(entriesOf),
      )
  }

  function* between(prefix: readonly unknown[], bounds: Bounds, backwards: boolean): Generator<Entry> {
    const against = (entry: Entry): number => {
      for (let at = 0; at < prefix.length; at += 1) {
        const order = compareValues(valueAt(entry, at), prefix[at])
        if (order !== 0) return order * (directions[at] as number)
      }
      if (bounds === NO_BOUNDS) return 0
      return againstBounds(valueAt(entry, prefix.length), bounds, directions[prefix.length] ?? 1)
    }
    const isBefore = (entry: Entry): boolean => against(entry) < 0
    const isAfter = (entry: Entry): boolean => against(entry) > 0
    const isPast = backwards ? isBefore : isAfter
    for (const entry of backwards ? entries.backFrom(isAfter) : entries.from(isBefore)) {
      if (isPast(entry)) return
      yield entry
    }
  }

  return {
    isTaken: (id, leaves) =>
      unique &&
      keysOf(leaves).some((key) => {
        for (const entry of between(key, NO_BOUNDS, false)) if (rowOf(entry).id !== id) return true
        return false
      }),
    hasDuplicates: () => {
      let last: Entry | null = null
      for (const entry of unique ? entries.from(() => false) : []) {
        if (last && compareKeys(last, entry) === 0) return true
        last = entry
      }
      return false
    },
    differs: (before, after) => places.some((place) => !isSameLeaf(before[place], after[place])),
    add: (row) => entriesOf(row).forEach(entries.add),
    remove: (row) => entriesOf(row).forEach(entries.remove),
    search: (filter, sort) => {
      const hasLists = (field: number): boolean => lists.has(field)
      const { prefixes, bounds, turn, worth } = planScan({ names, directions, sparse, hasLists }, filter, sort)
      const scans = (): Generator<Entry>[] => prefixes.map((prefix) => between(prefix, bounds, turn === -1))
      const compareRest = (a: Entry, b: Entry): number => compareKeys(a, b, prefixes[0]?.length ?? 0) * (turn ?? 1)
      return {
        worth,
        isSorted: turn !== null,
        *rows() {
          const found = turn === null ? inTurn(scans()) : mergeScans(scans(), compareRest)
          for (const entry of found) yield rowOf(entry)
        },
      }
    },
  }
}

const isMissing = (leaf: unknown): boolean => leaf === undefined || (Array.isArray(leaf) && leaf.every(isMissing))

/** Each element once; an empty list counts as a missing field. */
function elementsOf(list: unknown): readonly unknown[] {
  const elements = list as readonly unknown[]
  if (elements.length === 0) return [undefined]
  return elements.filter((element, at) => elements.findIndex((other) => compareValues(element, other) === 0) === at)
}

function rowOf(entry: Entry): KeptRow {
  return entry instanceof ListEntry ? rowOf(entry.of) : entry
}

function* inTurn<T>(scans: readonly Iterable<T>[]): Generator<T> {
  for (const scan of scans) yield* scan
}

/** Whether two rows with these leaves have the same entries; null and missing differ, because of sparse indexes. */
function isSameLeaf(before: unknown, after: unknown): boolean {
  if (Array.isArray(before) && Array.isArray(after))
    return before.length === after.length && before.every((each, at) => isSameLeaf(each, after[at]))
  if (Array.isArray(before) || Array.isArray(after)) return false
  if (before === undefined || after === undefined) return before === after
  return compareValues(before, after) === 0
}
