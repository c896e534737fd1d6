import { isPlainObject, isScalar } from '../check-value.js'
import type { Filter, FindOptions, Index } from '../collection.js'
import { leavesAt } from './match-filter.js'
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

interface Bounds {
  readonly low: unknown
  readonly high: unknown
}

const NO_BOUNDS: Bounds = { low: undefined, high: undefined }
const WORTH = { equality: 4, choice: 3, sorted: 2, bounds: 1 } as const

export function rowIndex({ fields, unique = false, sparse = false }: Index, rows: Iterable<Row>): RowIndex {
  const names = Object.keys(fields)
  const paths = names.map((name) => name.split('.'))
  const directions = Object.values(fields)
  // Once a row had a list, the entries are no longer one for each row in the order of its values.
  let hasLists = false

  const compareKeys = (a: readonly unknown[], b: readonly unknown[]): number => {
    for (const [at, value] of a.entries()) {
      const order = compareValues(value, b[at]) * (directions[at] ?? 1)
      if (order !== 0) return order
    }
    return 0
  }
  const compareEntries = (a: Entry, b: Entry): number => compareKeys(a.key, b.key) || compareValues(a.id, b.id)
  const keysOf = (row: Row): readonly (readonly unknown[])[] => {
    const leaves = paths.map((path) => leavesAt(row, path))
    if (leaves.every((found) => found.length === 1 && !Array.isArray(found[0]))) return [leaves.map(([leaf]) => leaf)]
    hasLists = true
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

  function* between(prefix: readonly unknown[], { low, high }: Bounds, backwards: boolean): Generator<Entry> {
    const at = prefix.length
    const order = (entry: Entry, bound: unknown): number =>
      compareKeys(prefix, entry.key) * -1 || againstBound(entry, bound)
    const againstBound = (entry: Entry, bound: unknown): number =>
      bound === undefined ? 0 : compareValues(entry.key[at], bound) * (directions[at] ?? 1)
    const isBefore = (entry: Entry): boolean => order(entry, low) < 0
    const isAfter = (entry: Entry): boolean => order(entry, high) > 0
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
      const prefix = equalitiesOf(filter, names)
      const choices = prefix.length === 0 ? choicesOf(filter[names[0] ?? '']) : null
      const at = choices ? 1 : prefix.length
      const bounds = boundsOf(filter[names[at] ?? ''], directions[at] ?? 1, hasLists)
      const turn = sort && !choices && !sparse && !hasLists ? turnOf(sort, names.slice(at), directions.slice(at)) : null
      return {
        worth:
          WORTH.equality * prefix.length +
          (choices ? WORTH.choice : 0) +
          (turn === null ? 0 : WORTH.sorted) +
          (bounds === NO_BOUNDS ? 0 : WORTH.bounds),
        isSorted: turn !== null,
        *ids() {
          for (const start of choices ? choices.map((choice) => [choice]) : [prefix]) {
            for (const { id } of between(start, bounds, turn === -1)) yield id
          }
        },
      }
    },
  }
}

/** The values that the first fields of the index have to equal. */
function equalitiesOf(filter: Filter, names: readonly string[]): readonly unknown[] {
  const end = names.findIndex((name) => !isSearchable(filter[name]))
  return names.slice(0, end === -1 ? names.length : end).map((name) => filter[name])
}

function choicesOf(condition: unknown): readonly unknown[] | null {
  const choices = isPlainObject(condition) ? condition['$in'] : undefined
  return Array.isArray(choices) && choices.every(isSearchable) ? (choices as readonly unknown[]) : null
}

/** Bounds in the direction of the index, both inclusive: the filter decides about what equals them. */
function boundsOf(condition: unknown, direction: 1 | -1, hasLists: boolean): Bounds {
  if (!isPlainObject(condition)) return NO_BOUNDS
  const above = condition['$gt'] ?? condition['$gte']
  const below = condition['$lt'] ?? condition['$lte']
  if (above === undefined && below === undefined) return NO_BOUNDS
  const [low, high] = direction === 1 ? [above, below] : [below, above]
  // One element of a list may be above and another below.
  return hasLists && low !== undefined ? { low, high: undefined } : { low, high }
}

/** 1 when the index is in the order asked for, -1 when it is in the opposite one, null when neither. */
function turnOf(
  sort: NonNullable<FindOptions['sort']>,
  names: readonly string[],
  directions: readonly number[],
): 1 | -1 | null {
  const turns = Object.entries(sort).map(([name, direction], at) =>
    names[at] === name ? direction * (directions[at] ?? 0) : 0,
  )
  if (turns.every((turn) => turn === 1)) return 1
  return turns.every((turn) => turn === -1) ? -1 : null
}

/** Null is not looked up: it also equals fields that are missing, which a sparse index leaves out. */
const isSearchable = (value: unknown): boolean => value !== undefined && value !== null && isScalar(value)
