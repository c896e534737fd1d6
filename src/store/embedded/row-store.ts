import { Unavailable } from '../../kernel/unavailable.js'
import type { Filter } from '../collection.js'
import { DuplicateKey } from '../duplicate-key.js'
import { openDatafile, type Datafile, type DatafileOptions } from './open-datafile.js'
import { planQuery } from './plan-query.js'
import type { Row } from './row.js'
import { serialQueue } from './serial-queue.js'

/** The rows of one collection. Writes take turns, so what a write reads stays true until it is done. */
export interface RowStore {
  open(): Promise<void>
  /** The rows themselves, not copies: never change them, never hand them out. At most `limit` when given. */
  select(filter: Filter, limit?: number): Promise<Row[]>
  write<R>(work: (writer: RowWriter) => Promise<R>): Promise<R>
  /** Writes the file anew unless every line of it is a live row. */
  compact(): Promise<void>
  /** Writes the file anew when superseded lines fill more of it than live rows. */
  compactIfWorthwhile(): Promise<void>
  /** Waits for the writes that have begun; everything after is refused. */
  close(): Promise<void>
  /** Refuses everything from now on, also what waits its turn: the file is somebody else's. */
  abandon(): void
}

export interface RowWriter {
  select(filter: Filter, limit?: number): Promise<Row[]>
  /** All or nothing. Throws `DuplicateKey`. */
  insert(rows: readonly Row[]): Promise<void>
  /** Puts each row in place of the one with its `_id`. Throws `DuplicateKey`. */
  replace(row: Row): Promise<void>
  remove(rows: readonly Row[]): Promise<void>
}

export interface RowStoreOptions extends DatafileOptions {
  readonly name: string
  /** Called before the file is first touched; a rejection keeps it untouched. */
  readonly hold: () => Promise<void>
}

const REMOVED_AT_ONCE = 200
const SUPERSEDED_LINES_WORTH_A_REWRITE = 5_000

export function rowStore(options: RowStoreOptions): RowStore {
  const indexedFields = new Set(options.indexes.flatMap((index) => Object.keys(index.fields)))
  const inTurn = serialQueue()
  let datafile: Promise<Datafile> | null = null
  let supersededLines = 0
  let closed = false

  const opened = (): Promise<Datafile> => {
    if (closed) return Promise.reject(new Unavailable('store'))
    datafile ??= openAnew()
    return datafile
  }
  const openAnew = async (): Promise<Datafile> => {
    try {
      await options.hold()
      return await openDatafile(options)
    } catch (error) {
      datafile = null
      throw isFileFault(error) ? new Unavailable('store', { cause: error }) : error
    }
  }
  const write = async <R>(work: (db: Datafile) => Promise<R>): Promise<R> => {
    const db = await opened()
    try {
      return await work(db)
    } catch (error) {
      if (!isFileFault(error)) throw error
      // Memory now holds what the file may not, and the file may end in half a line: read it anew, mended.
      datafile = null
      throw new Unavailable('store', { cause: error })
    }
  }
  const sayDuplicate = (error: unknown): never => {
    throw isUniqueViolation(error) ? new DuplicateKey(options.name, { cause: error }) : error
  }
  const writerOf = (db: Datafile): RowWriter => ({
    select: (filter, limit) => selectFrom(db, filter, indexedFields, limit),
    insert: async (rows) => {
      await db.insertAsync([...rows]).catch(sayDuplicate)
    },
    replace: async (row) => {
      await db.updateAsync({ _id: row._id }, row).catch(sayDuplicate)
      supersededLines += 1
    },
    remove: async (rows) => {
      for (let start = 0; start < rows.length; start += REMOVED_AT_ONCE) {
        const ids = rows.slice(start, start + REMOVED_AT_ONCE).map((row) => row._id)
        await db.removeAsync({ _id: { $in: ids } }, { multi: true })
        supersededLines += 2 * ids.length
      }
    },
  })

  const compact = async (fromLines: number, isWorthwhile = (_: Datafile) => true): Promise<void> => {
    if (closed || options.file === null || supersededLines < fromLines) return
    await write(async (db) => {
      if (!isWorthwhile(db)) return
      await db.compactDatafileAsync()
      supersededLines = 0
    })
  }

  return {
    open: async () => {
      await opened()
    },
    select: async (filter, limit) => selectFrom(await opened(), filter, indexedFields, limit),
    write: (work) => inTurn(() => write((db) => work(writerOf(db)))),
    compact: () => inTurn(() => compact(1)),
    compactIfWorthwhile: () =>
      inTurn(() => compact(SUPERSEDED_LINES_WORTH_A_REWRITE, (db) => supersededLines >= db.getAllData().length)),
    close: () =>
      inTurn(async () => {
        closed = true
      }),
    abandon: () => {
      closed = true
    },
  }
}

/**
 * `$where` is handed the stored row itself, so rows are collected from there and nedb copies nothing. It runs in nedb's
 * own queue: what is seen is what the write before it left in the file. Saying yes to the last row ends the search.
 */
async function selectFrom(
  db: Datafile,
  filter: Filter,
  indexedFields: ReadonlySet<string>,
  limit = Infinity,
): Promise<Row[]> {
  const { hints, test } = planQuery(filter, indexedFields)
  const rows: Row[] = []
  function $where(this: Row): boolean {
    if (test === null || test(this)) rows.push(this)
    return rows.length >= limit
  }
  await db.countAsync({ ...hints, $where }).limit(1)
  return rows
}

function isUniqueViolation(error: unknown): boolean {
  return (error as { errorType?: unknown }).errorType === 'uniqueViolated'
}

function isFileFault(error: unknown): boolean {
  return typeof error === 'object' && error !== null && ('syscall' in error || 'errorOnFsync' in error)
}
