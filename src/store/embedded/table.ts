import type { Filter, FindOptions, Index } from '../collection.js'
import { DuplicateKey } from '../duplicate-key.js'
import { columnsOf, type Columns } from './columns.js'
import type { KeptRow } from './kept-row.js'
import { matchFilter, matchLeaves } from './match-filter.js'
import type { RowChange } from './open-rows.js'
import { rowIndex, type RowIndex } from './row-index.js'
import { rowOrders } from './row-orders.js'

/** The rows of one collection and its indexes. */
export interface Table {
  readonly size: () => number
  readonly find: (id: string) => KeptRow | undefined
  readonly search: (filter: Filter, sort?: FindOptions['sort']) => TableSearch
  /** Makes a change in the indexes. Answers false, and changes nothing, when another row has a unique key of the new one. */
  readonly apply: (change: RowChange) => boolean
}

export interface TableSearch {
  /** Rows among which are all that match, each once, found by the way that is likely to look at the fewest. */
  readonly candidates: Iterable<KeptRow>
  /** They come in the order asked for. */
  readonly isSorted: boolean
  /** Whether a candidate matches, as far as the indexes know it; null: look at the row. */
  readonly matchesAtSight: (row: KeptRow) => boolean | null
  readonly matches: (value: unknown) => boolean
}

/** `valueOf` reads the rows once, for the indexes. */
export function createTable(
  name: string,
  indexed: readonly Index[],
  rows: Map<string, KeptRow>,
  valueOf: (row: KeptRow) => unknown,
): Table {
  const columns = columnsOf(indexed)
  for (const row of rows.values()) readLeaves(row, columns, valueOf)
  const orders = rowOrders(rows.values())
  const indexes = indexed.map((index) => {
    const made = rowIndex(index, columns, orders)
    if (made.hasDuplicates()) throw new DuplicateKey(name)
    return made
  })

  return {
    size: () => rows.size,
    find: (id) => rows.get(id),
    search: (filter, sort) => ({
      ...candidatesFor(filter, sort, rows, indexes),
      matchesAtSight: knowing(matchLeaves(filter, columns.of)),
      matches: matchFilter(filter),
    }),
    apply: ({ row, before, after }) => {
      if (after && !before && rows.has(row.id)) return false
      const fresh = after ? columns.read(after) : row.leaves
      const isSame = before !== null && indexes.every((index) => !index.differs(row.leaves, fresh))
      const leaves = isSame ? row.leaves : fresh
      if (after && indexes.some((index) => index.isTaken(row.id, leaves))) return false
      const changed = before && after ? indexes.filter((index) => index.differs(row.leaves, leaves)) : indexes
      if (before) for (const index of changed) index.remove(row)
      row.leaves = leaves
      row.columns = columns.key
      if (after) for (const index of changed) index.add(row)
      row.isGone = after === null
      if (after) rows.set(row.id, row)
      else rows.delete(row.id)
      return true
    },
  }
}

/** A row that was written with other indexes is read. */
function readLeaves(row: KeptRow, columns: Columns, valueOf: (row: KeptRow) => unknown): void {
  if (row.columns === columns.key) return
  row.columns = columns.key
  row.leaves = columns.read(valueOf(row))
}

const knowing =
  (matches: (leaves: readonly unknown[]) => boolean | null) =>
  (row: KeptRow): boolean | null =>
    matches(row.leaves)

function candidatesFor(
  filter: Filter,
  sort: FindOptions['sort'],
  rows: ReadonlyMap<string, KeptRow>,
  indexes: readonly RowIndex[],
): Pick<TableSearch, 'candidates' | 'isSorted'> {
  const ids = idsIn(filter)
  if (ids) return { candidates: new Set(ids.flatMap((id) => rows.get(id) ?? [])), isSorted: false }
  const [best] = indexes.map((index) => index.search(filter, sort)).sort((a, b) => b.worth - a.worth)
  if (!best || best.worth === 0) return { candidates: rows.values(), isSorted: false }
  return { candidates: once(best.rows()), isSorted: best.isSorted }
}

function idsIn({ _id: condition }: Filter): readonly string[] | null {
  if (typeof condition === 'string') return [condition]
  const choices = (condition as { readonly $in?: unknown } | null | undefined)?.$in
  return Array.isArray(choices) ? choices.filter((choice) => typeof choice === 'string') : null
}

/** Each row once, however often it comes. */
function* once(rows: Iterable<KeptRow>): Generator<KeptRow> {
  const seen = new Set<KeptRow>()
  for (const row of rows) {
    if (seen.has(row)) continue
    seen.add(row)
    yield row
  }
}
