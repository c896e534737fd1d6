import { KeptRow } from '../../src/store/embedded/kept-row.js'
import { keptTable, type KeptTable } from '../../src/store/embedded/kept-table.js'
import { rowsInMemory } from '../../src/store/embedded/open-rows.js'
import type { Row } from '../../src/store/embedded/row.js'
import { createTable, type Table } from '../../src/store/embedded/table.js'
import type { Index } from '../../src/store/index.js'

export interface CountedTable extends KeptTable {
  /** Rows that searches came to, and those of them that were read because the indexes did not know enough. */
  readonly counts: { candidates: number; read: number }
}

/** A table of the embedded store with these rows, in memory. */
export function countedTable(indexes: readonly Index[], rows: readonly Row[]): CountedTable {
  const kept = new Map(rows.map((row) => [row._id, keptRow(row)]))
  const counts = { candidates: 0, read: 0 }
  const memory = rowsInMemory()
  const peek = (row: KeptRow): Row => {
    counts.read += 1
    return memory.peek(row)
  }
  const table = createTable('rows', indexes, kept, memory.peek)
  const search: Table['search'] = (filter, sort) => {
    const found = table.search(filter, sort)
    return { ...found, candidates: counted(found.candidates, () => (counts.candidates += 1)) }
  }
  return { ...keptTable('rows', { ...table, search }, { ...memory, peek }), counts }
}

function keptRow(value: Row): KeptRow {
  const row = new KeptRow(value._id)
  row.value = value
  return row
}

function* counted<T>(found: Iterable<T>, count: () => void): Generator<T> {
  for (const each of found) {
    count()
    yield each
  }
}
