import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import type { SignInEvent } from '../event.js'
import { findColumns, type ReadCell } from './columns.js'
import { readEvent } from './read-event.js'
import { readRows, type CsvRow } from './read-rows.js'
import { ReplayError } from './replay-error.js'

/** What a file of sign-ins holds: the header first, then every row in order, good or bad. */
export type ReplayRow =
  | { readonly kind: 'header'; readonly line: number; readonly cells: readonly string[] }
  | {
      readonly kind: 'event'
      readonly line: number
      readonly cells: readonly string[]
      readonly event: SignInEvent
      /** Not to be learned from. Nothing else may depend on it. */
      readonly isAttacker: boolean
    }
  | {
      readonly kind: 'problem'
      readonly line: number
      /** Empty when not even the cells can be told. */
      readonly cells: readonly string[]
      /** Goes on after "Line 7". */
      readonly says: string
    }

/** Streams a CSV file of sign-ins. Throws a `ReplayError` when there is no header or a column is missing from it. */
export async function* readEvents(source: string | Readable): AsyncGenerator<ReplayRow> {
  const stream = typeof source === 'string' ? createReadStream(source) : source
  let interpret: ((row: CsvRow) => ReplayRow) | null = null
  for await (const rows of readRows(stream)) {
    for (const row of rows) {
      if (interpret !== null) {
        yield interpret(row)
        continue
      }
      if (row.kind === 'malformed') throw new ReplayError(`The header ${row.says}.`)
      interpret = interpreter(row.cells.length, findColumns(row.cells))
      yield { kind: 'header', line: row.line, cells: row.cells }
    }
  }
  if (interpret === null) throw new ReplayError('The file is empty: it has not even a header.')
}

function interpreter(width: number, cell: ReadCell): (row: CsvRow) => ReplayRow {
  let latest = -Infinity
  return (row) => {
    const { line } = row
    if (row.kind === 'malformed') return { kind: 'problem', line, cells: [], says: row.says }
    const { cells } = row
    if (cells.length !== width) {
      return { kind: 'problem', line, cells, says: `has ${cells.length} cells where the header has ${width}` }
    }
    const outcome = readEvent(cells, cell, latest)
    if (outcome.kind === 'problem') return { kind: 'problem', line, cells, says: outcome.says }
    latest = outcome.event.at
    return { kind: 'event', line, cells, event: outcome.event, isAttacker: outcome.isAttacker }
  }
}
