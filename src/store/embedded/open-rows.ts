import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from '../../kernel/logger.js'
import { dropEarlierFiles, readEarlierFiles, setEarlierFilesAside } from './import-nedb.js'
import { bytesInLine } from './journal-line.js'
import { openJournal, type Journal } from './journal.js'
import type { KeptRow, Rows } from './kept-row.js'
import { readJournal } from './read-journal.js'
import { createJournal } from './rewrite.js'
import { rowCache } from './row-cache.js'
import { changeText, textFor, wholeText } from './row-changes.js'
import { readRow, textOfRow } from './row-text.js'
import type { Row } from './row.js'

/** A row that a command made, changed or removed. */
export interface RowChange {
  readonly row: KeptRow
  readonly before: Row | null
  readonly after: Row | null
}

/** Every row of the store, and how its changes are kept. */
export interface OpenRows {
  readonly rows: Rows
  /** The row in its present state. It is the store's own: never change it, never hand it out. */
  readonly use: (row: KeptRow) => Row
  /** The same for a row that is looked at once: it is not kept in memory for it. */
  readonly peek: (row: KeptRow) => Row
  /** Appends at once, or throws `Unavailable` with nothing written. */
  readonly write: (collection: string, changes: readonly RowChange[]) => void
  /** Resolves when all that was written is as durable as was asked for. */
  readonly settled: () => Promise<void>
  /** Writes the file anew when it is too large for what it holds. */
  readonly rewriteIfWorthwhile: () => Promise<void>
  /** Leaves nothing in the files but the rows as they are. */
  readonly purge: () => Promise<void>
  /** Throws `Unavailable` when what the disk holds is no longer known. */
  readonly check: () => void
  /** Stops touching the files, because another process owns them. */
  readonly abandon: () => void
  /** Waits for what was written to be on the disk. */
  readonly close: () => Promise<void>
}

export interface OpenRowsOptions {
  readonly directory: string
  /** Whether a change is on the disk when its command is answered. */
  readonly durable: boolean
  readonly logger: Logger
}

const FILE = 'store.journal'
/** The rows in use take about five times this in memory. */
const CACHED_BYTES = 4 * 1024 * 1024
/** The file is written anew when it is so many times as large as its rows, so that it is never twice as large. */
const MOST_TO_LIVE = 1.35
const TOO_MUCH_TO_LIVE = 1.7
/** It is also written anew when for so many rows it does not hold what the indexes of today need. */
const MOST_OUTDATED = 0.1
/** Below this, a file that is in use is not worth the syncs. */
const SUPERSEDED_WORTH_A_REWRITE = 64 * 1024
export function openRows({ directory, durable, logger }: OpenRowsOptions): OpenRows {
  const file = join(directory, FILE)
  const { rows, journal, superseded: supersededRead } = openFile(directory, file, logger)
  const cache = rowCache(CACHED_BYTES)
  let superseded = supersededRead
  let live = bytesOf(rows)
  let rewriting: Promise<void> = Promise.resolve()
  /** A rewrite that failed is not tried again before the file is so large. */
  let rewriteFrom = 0

  const read = (row: KeptRow): Row => readRow(row, journal.read)
  const use = (row: KeptRow): Row => {
    if (row.value) cache.use(row)
    else cache.keep(row, read(row), row.place?.bytes ?? 0)
    return row.value as Row
  }
  const peek = (row: KeptRow): Row => row.value ?? read(row)
  const textOf = (row: KeptRow): Buffer =>
    row.place && row.changes.length === 0 ? journal.read(row.place) : textOfRow(peek(row))

  const rewrite = async (): Promise<void> => {
    const before = superseded
    try {
      await journal.rewrite(rows, textOf)
    } catch (error) {
      rewriteFrom = 1.1 * journal.size
      throw error
    }
    rewriteFrom = 0
    superseded -= before
    live = bytesOf(rows)
  }
  /** One after another. */
  const inTurn = (work: () => Promise<void>): Promise<void> => (rewriting = rewriting.catch(() => undefined).then(work))
  const isWorthwhile = (atLeast: number): boolean =>
    superseded > 0 && journal.size - live > Math.max(atLeast, (MOST_TO_LIVE - 1) * live) && journal.size > rewriteFrom
  /** Commands that write faster than the file can be written anew wait for it. */
  const isTooLarge = (): boolean =>
    journal.isRewriting() &&
    journal.size - live > Math.max(4 * SUPERSEDED_WORTH_A_REWRITE, (TOO_MUCH_TO_LIVE - 1) * live)
  let isWaiting = false
  const rewriteSoon = (): void => {
    if (isWaiting || journal.isRewriting() || !isWorthwhile(SUPERSEDED_WORTH_A_REWRITE)) return
    isWaiting = true
    inTurn(rewrite)
      .catch((error: unknown) => logger.error({ error }, 'the file of the store could not be rewritten'))
      .finally(() => (isWaiting = false))
  }

  return {
    rows,
    use,
    peek,
    write: (collection, changes) => {
      const kept = changes.flatMap(({ row, before, after }) =>
        after ? [{ row, after, ...textFor(row, before, after, journal.lacks(row)) }] : [],
      )
      const removed = changes.filter(({ after }) => after === null)
      const [whole, parts] = [kept.filter(({ isWhole }) => isWhole), kept.filter(({ isWhole }) => !isWhole)]
      const written = journal.write({
        collection,
        put: whole.map(({ row, text }) => wholeText(row, text)),
        change: parts.map(({ row, text }) => changeText(row, text)),
        remove: removed.map(({ row }) => row.id),
      })
      superseded += changes.filter(({ before }) => before !== null).length
      live -= sum([...whole, ...removed].map(({ row }) => bytesKept(row)))
      for (const [at, place] of written.put.entries()) whole[at]?.row.put(place)
      for (const [at, place] of written.change.entries()) parts[at]?.row.change(place)
      live += sum(whole.map(({ row }) => bytesKept(row)))
      for (const { row, after } of kept) cache.keep(row, after, row.place?.bytes ?? 0)
      for (const { row } of removed) cache.drop(row)
      rewriteSoon()
    },
    settled: async () => {
      if (durable) await journal.sync()
      if (isTooLarge()) await rewriting.catch(() => undefined)
    },
    rewriteIfWorthwhile: () =>
      inTurn(async () => {
        if (isWorthwhile(0) || isOutdated(rows)) await rewrite()
      }),
    purge: () =>
      inTurn(async () => {
        if (superseded > 0) await rewrite()
        if (dropEarlierFiles(directory))
          logger.warn({ directory }, 'deleted the files of the earlier store: they held erased personal data')
      }),
    check: journal.check,
    abandon: journal.abandon,
    close: async () => {
      await rewriting.catch(() => undefined)
      await journal.close()
    },
  }
}

export function rowsInMemory(): OpenRows {
  const nothing = (): void => undefined
  const done = (): Promise<void> => Promise.resolve()
  const valueOf = ({ value }: KeptRow): Row => value as Row
  return {
    rows: new Map(),
    use: valueOf,
    peek: valueOf,
    write: (_collection, changes) => {
      for (const { row, after } of changes) row.value = after
    },
    settled: done,
    rewriteIfWorthwhile: done,
    purge: done,
    check: nothing,
    abandon: nothing,
    close: done,
  }
}

function openFile(
  directory: string,
  file: string,
  logger: Logger,
): { readonly rows: Rows; readonly journal: Journal; readonly superseded: number } {
  if (!existsSync(file)) {
    const size = createJournal(file, readEarlierFiles(directory))
    logger.info({ file, size }, 'made the journal of the embedded store')
  }
  setEarlierFilesAside(directory)
  // A file that a kill left half-written may hold what was erased since.
  rmSync(`${file}~`, { force: true })
  const { rows, superseded, end, size } = readJournal(file)
  if (end < size) logger.warn({ file, droppedBytes: size - end }, 'dropped an unfinished end, never acknowledged')
  return { rows, superseded, journal: openJournal(file, end) }
}

const bytesKept = ({ id, leaves, place }: KeptRow): number => (place ? bytesInLine(id, leaves, place.bytes) : 0)

function isOutdated(rows: Rows): boolean {
  const all = [...rows.values()].flatMap((found) => [...found.values()])
  return all.filter(({ leaves, writtenLeaves }) => leaves !== writtenLeaves).length > MOST_OUTDATED * all.length
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
const bytesOf = (rows: Rows): number => sum([...rows.values()].map((found) => sum([...found.values()].map(bytesKept))))
