import type { Filter, FindOptions, Index } from '../collection.js'
import { DuplicateKey } from '../duplicate-key.js'
import { matchFilter } from './match-filter.js'
import { rowIndex, type RowIndex } from './row-index.js'
import type { Row } from './row.js'
import { sortRows } from './sort-rows.js'

/** A row before and after a change; null where there was or is none. */
export interface Change {
  readonly before: Row | null
  readonly after: Row | null
}

/** The rows of one collection and its indexes, in memory. */
export interface Table {
  /** The rows themselves, not copies: never change them, never hand them out. */
  readonly select: (filter: Filter, options?: FindOptions) => Row[]
  readonly size: () => number
  /** Answers false, and changes nothing, when another row has a unique key of the new one. */
  readonly apply: (change: Change) => boolean
}

export function createTable(name: string, indexed: readonly Index[], rows: Map<string, Row>): Table {
  const indexes = indexed.map((index) => checkedIndex(name, index, rows))

  return {
    size: () => rows.size,
    select: (filter, { sort, limit = Infinity } = {}) => {
      const matches = matchFilter(filter)
      const { candidates, isSorted } = candidatesFor(filter, sort, rows, indexes)
      const found: Row[] = []
      for (const row of candidates) {
        if (!matches(row)) continue
        found.push(row)
        if (found.length >= limit && (isSorted || !sort)) break
      }
      return sort && !isSorted ? sortRows(found, sort).slice(0, limit) : found
    },
    apply: ({ before, after }) => {
      if (after && !before && rows.has(after._id)) return false
      if (after && indexes.some((index) => index.isTaken(after))) return false
      for (const index of indexes) index.replace(before, after)
      if (after) rows.set(after._id, after)
      else if (before) rows.delete(before._id)
      return true
    },
  }
}

function checkedIndex(name: string, index: Index, rows: ReadonlyMap<string, Row>): RowIndex {
  const made = rowIndex(index, rows.values())
  if (made.hasDuplicates()) throw new DuplicateKey(name)
  return made
}

interface Candidates {
  readonly candidates: Iterable<Row>
  readonly isSorted: boolean
}

/** Rows among which are all that match, found by the way that is likely to look at the fewest. */
function candidatesFor(
  filter: Filter,
  sort: FindOptions['sort'],
  rows: ReadonlyMap<string, Row>,
  indexes: readonly RowIndex[],
): Candidates {
  const ids = idsIn(filter)
  if (ids) return { candidates: rowsOf(ids, rows), isSorted: false }
  const [best] = indexes.map((index) => index.search(filter, sort)).sort((a, b) => b.worth - a.worth)
  if (!best || best.worth === 0) return { candidates: rows.values(), isSorted: false }
  return { candidates: rowsOf(best.ids(), rows), isSorted: best.isSorted }
}

function idsIn({ _id: condition }: Filter): readonly string[] | null {
  if (typeof condition === 'string') return [condition]
  const choices = (condition as { readonly $in?: unknown } | null | undefined)?.$in
  return Array.isArray(choices) ? choices.filter((choice) => typeof choice === 'string') : null
}

/** Each row once, however often its id comes. */
function* rowsOf(ids: Iterable<string>, rows: ReadonlyMap<string, Row>): Generator<Row> {
  const seen = new Set<string>()
  for (const id of ids) {
    const row = seen.has(id) ? undefined : rows.get(id)
    seen.add(id)
    if (row) yield row
  }
}
