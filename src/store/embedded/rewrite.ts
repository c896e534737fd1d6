import { renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { lineOf, moved } from './journal-line.js'
import type { JournalRecord, Written } from './journal-record.js'
import type { KeptRow, Place, Rows } from './kept-row.js'
import { openLogFile, type LogFile } from './log-file.js'
import { wholeText } from './row-changes.js'
import { textOfRow } from './row-text.js'
import type { Row } from './row.js'
import { syncDirectoryAtOnce } from './sync-directory.js'

export type ReadText = (row: KeptRow) => Buffer

/** A new file in the making: the rows one after another, and between them what is written meanwhile. */
export interface Rewrite {
  /** Writes every row in its present state, some in each turn of the event loop, and brings them to the disk. */
  readonly copyRows: () => Promise<void>
  /** Whether the new file has the row, so that changes to it can follow. */
  readonly has: (row: KeptRow) => boolean
  /** The same record as in the old file. */
  readonly writeBeside: (record: JournalRecord) => void
  /** From now on `syncBeside` syncs the new file, too. */
  readonly joinSyncs: () => void
  readonly syncBeside: () => Promise<void>
  /** The whole file, and how much of it is on the disk. Throws when a part of it could not be written. */
  readonly finish: () => { readonly fresh: LogFile; readonly known: number }
  /** Notes the new places of the rows. */
  readonly settleRows: () => void
  readonly discard: () => void
}

/** What one line, and one turn of the event loop, holds at most. */
const ROWS_A_LINE = 100
const BYTES_A_LINE = 256 * 1024
const NOTHING: JournalRecord = { collection: '', put: [], change: [], remove: [] }

/** Makes a journal that holds these rows. It gets its name when all of it is on the disk. Answers its size. */
export function createJournal(file: string, rows: ReadonlyMap<string, ReadonlyMap<string, Row>>): number {
  const fresh = openLogFile(`${file}~`, 0)
  for (const [collection, found] of rows) {
    for (const row of found.values()) {
      const put = [{ id: row._id, text: textOfRow(row) }]
      fresh.append(lineOf({ ...NOTHING, collection, put }, fresh.size).line)
    }
  }
  fresh.append(lineOf(NOTHING, fresh.size).line)
  fresh.syncAtOnce()
  fresh.closeAtOnce()
  renameSync(`${file}~`, file)
  syncDirectoryAtOnce(dirname(file))
  return fresh.size
}

export function beginRewrite(file: string, rows: Rows, textOf: ReadText): Rewrite {
  const fresh = openLogFile(file, 0)
  const places = new Map<KeptRow, Copied>()
  let fault: { readonly cause: unknown } | null = null
  /** The new file gets its name only when so much of it is on the disk; null: all that is written. */
  let known: number | null = null

  const write = (record: JournalRecord): void => {
    const start = fresh.size
    const { line, places: written } = lineOf(record, known ?? fresh.size)
    fresh.append(line)
    note(rows, record, written, start, places)
  }
  const copy = (collection: string, some: readonly KeptRow[]): void => {
    const put = some.filter(({ isGone }) => !isGone).map((row) => wholeText(row, textOf(row)))
    if (put.length > 0) write({ ...NOTHING, collection, put })
  }
  return {
    copyRows: async () => {
      for (const [collection, found] of rows) {
        for (const some of inLines([...found.values()])) {
          if (fault) throw fault.cause
          copy(collection, some)
          await setImmediate()
        }
      }
      write(NOTHING)
      await fresh.sync()
    },
    has: (row) => places.has(row),
    writeBeside: (record) => {
      if (fault) return
      try {
        write(record)
      } catch (cause) {
        // The old file has it. Only the new one is given up.
        fault = { cause }
      }
    },
    joinSyncs: () => {
      known = fresh.size
    },
    syncBeside: async () => {
      if (known === null || fault) return
      const end = fresh.size
      try {
        await fresh.sync()
        known = Math.max(known, end)
      } catch (cause) {
        fault = { cause }
      }
    },
    finish: () => {
      if (fault) throw fault.cause
      return { fresh, known: known ?? 0 }
    },
    settleRows: () => {
      for (const [row, { place, changes }] of places) {
        row.put(place)
        changes.forEach((change) => row.change(change))
      }
    },
    discard: fresh.close,
  }
}

/** Where the new file has a row. */
interface Copied {
  readonly place: Place
  readonly changes: Place[]
}

function note(
  rows: Rows,
  { collection, put, change }: JournalRecord,
  written: Written,
  start: number,
  places: Map<KeptRow, Copied>,
): void {
  const found = rows.get(collection)
  for (const [at, { id }] of put.entries()) {
    const [row, place] = [found?.get(id), written.put[at]]
    if (row && place) places.set(row, { place: moved(place, start), changes: [] })
  }
  for (const [at, { id }] of change.entries()) {
    const [row, place] = [found?.get(id), written.change[at]]
    if (row && place) places.get(row)?.changes.push(moved(place, start))
  }
}

/** In groups that are written as one line each. */
function* inLines(rows: readonly KeptRow[]): Generator<KeptRow[]> {
  let [group, bytes]: [KeptRow[], number] = [[], 0]
  for (const row of rows) {
    group.push(row)
    bytes += row.place?.bytes ?? 0
    if (group.length < ROWS_A_LINE && bytes < BYTES_A_LINE) continue
    yield group
    ;[group, bytes] = [[], 0]
  }
  if (group.length > 0) yield group
}
