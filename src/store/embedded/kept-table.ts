import type { Filter, FindOptions } from '../collection.js'
import { DuplicateKey } from '../duplicate-key.js'
import { KeptRow } from './kept-row.js'
import type { OpenRows, RowChange } from './open-rows.js'
import { copyOf, type Row } from './row.js'
import { sortRows } from './sort-rows.js'
import type { Table, TableSearch } from './table.js'
import { inTurns } from './turn.js'

/** A table whose changes are kept. A change is made and written in one go; the promise waits only for the disk. */
export interface KeptTable {
  /** The first row that matches, at once, so that a change can follow in the same turn. It is the store's own. */
  readonly first: (filter: Filter) => { readonly row: KeptRow; readonly value: Row } | null
  readonly has: (id: string) => boolean
  readonly size: () => number
  /** Copies of the rows that match. Many rows are looked at in several turns. */
  readonly select: (filter: Filter, options?: FindOptions) => Promise<Row[]>
  readonly count: (filter: Filter) => Promise<number>
  /** Makes all of the changes or none. Throws `DuplicateKey`, and `Unavailable` when they cannot be written. */
  readonly change: (changes: readonly RowChange[]) => Promise<void>
  /** Changes every row that matches, many of them in several turns. Answers how many. */
  readonly changeAll: (filter: Filter, next: (row: Row) => Row | null) => Promise<number>
  /** Inserts the rows before the first that would take a unique key of another. Answers how many. */
  readonly insertUntilDuplicate: (rows: readonly Row[]) => Promise<number>
}

export function keptTable(collection: string, table: Table, store: OpenRows): KeptTable {
  const { use, peek, write, settled } = store
  const keep = async (changes: readonly RowChange[]): Promise<void> => {
    if (changes.length === 0) return
    try {
      write(collection, changes)
    } catch (error) {
      undo(table, changes)
      throw error
    }
    await settled()
  }
  const change = (changes: readonly RowChange[]): Promise<void> => {
    const made = madeOf(table, changes)
    if (made === changes.length) return keep(changes)
    undo(table, changes.slice(0, made))
    throw new DuplicateKey(collection)
  }
  /** Calls back with the rows that match, as they are then. `take` answers false when it has enough. */
  const eachMatch = (
    { candidates, matchesAtSight, matches }: TableSearch,
    take: (row: KeptRow, value: Row) => boolean,
    between?: () => Promise<void>,
  ): Promise<void> =>
    inTurns(
      candidates,
      (row) => {
        if (row.isGone || matchesAtSight(row) === false) return 0
        const value = peek(row)
        if (matches(value) && !take(row, value)) return null
        return bytesOf(row)
      },
      between,
    )

  return {
    first: (filter) => {
      const { candidates, matchesAtSight, matches } = table.search(filter)
      for (const row of candidates) {
        if (matchesAtSight(row) === false) continue
        const value = use(row)
        if (matches(value)) return { row, value }
      }
      return null
    },
    has: (id) => table.find(id) !== undefined,
    size: table.size,
    select: async (filter, { sort, limit = Infinity } = {}) => {
      const search = table.search(filter, sort)
      const found: Row[] = []
      const most = search.isSorted || !sort ? limit : Infinity
      await eachMatch(search, (row, value) => {
        // What was read for this command only needs no copy.
        found.push(row.value === value ? (copyOf(value) as Row) : value)
        return found.length < most
      })
      return sort && !search.isSorted ? sortRows(found, sort).slice(0, limit) : found
    },
    count: async (filter) => {
      if (Object.keys(filter).length === 0) return table.size()
      const search = table.search(filter)
      let count = 0
      await inTurns(search.candidates, (row) => {
        const atSight = row.isGone ? false : search.matchesAtSight(row)
        if (atSight ?? search.matches(peek(row))) count += 1
        return atSight === null ? bytesOf(row) : 0
      })
      return count
    },
    change: async (changes) => change(changes),
    changeAll: async (filter, next) => {
      let changes: RowChange[] = []
      let count = 0
      await eachMatch(
        table.search(filter),
        (row, before) => {
          changes.push({ row, before, after: next(before) })
          return true
        },
        async () => {
          count += changes.length
          const made = changes
          changes = []
          await change(made)
        },
      )
      return count
    },
    insertUntilDuplicate: async (rows) => {
      const changes = rows.map((after) => ({ row: new KeptRow(after._id), before: null, after }))
      const made = madeOf(table, changes)
      await keep(changes.slice(0, made))
      return made
    },
  }
}

/** What reading the row costs, in bytes of text. */
const bytesOf = ({ place, value }: KeptRow): number => (value ? 0 : (place?.bytes ?? 0))

/** Makes the changes up to the first that would take a unique key of another row. Answers how many. */
function madeOf(table: Table, changes: readonly RowChange[]): number {
  const duplicate = changes.findIndex((change) => !table.apply(change))
  return duplicate === -1 ? changes.length : duplicate
}

function undo(table: Table, changes: readonly RowChange[]): void {
  for (const { row, before, after } of changes.toReversed()) table.apply({ row, before: after, after: before })
}
