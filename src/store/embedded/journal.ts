import { renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { Unavailable } from '../../kernel/unavailable.js'
import { lineOf, moved } from './journal-line.js'
import type { JournalRecord, Written } from './journal-record.js'
import type { KeptRow, Place, Rows } from './kept-row.js'
import { openLogFile, TornFile, type LogFile } from './log-file.js'
import { beginRewrite, type ReadText, type Rewrite } from './rewrite.js'
import { syncDirectory } from './sync-directory.js'

/** The file that every change is appended to. */
export interface Journal {
  readonly size: number
  /** Appends a line at once, so that it outlives this process. Throws `Unavailable` when it cannot; nothing is written then. */
  readonly write: (record: JournalRecord) => Written
  /** The text at a place. Throws `Unavailable` when it is not what was written there. */
  readonly read: (place: Place) => Buffer
  /** Resolves when everything written so far is on the disk. Calls at the same time share one sync. */
  readonly sync: () => Promise<void>
  /** Writes the rows, and what is written meanwhile, to a new file that then replaces the old one. */
  readonly rewrite: (rows: Rows, textOf: ReadText) => Promise<void>
  readonly isRewriting: () => boolean
  /** Whether the row has to be put whole, because a file in the making does not have it yet. */
  readonly lacks: (row: KeptRow) => boolean
  /** Throws `Unavailable` once what the disk holds is no longer known. */
  readonly check: () => void
  /** Refuses everything from now on and leaves the file alone. */
  readonly abandon: () => void
  readonly close: () => Promise<void>
}

/** Opens a journal, of which the first `size` bytes count. */
export function openJournal(file: string, size: number): Journal {
  let log = openLogFile(file, size)
  log.syncAtOnce()
  let synced = size
  let running: Promise<void> = Promise.resolve()
  let next: Promise<void> | null = null
  let rewriting: Rewrite | null = null
  /** The file's name, after it was changed, is on the disk. */
  let named: Promise<void> = Promise.resolve()
  let fault: { readonly cause: unknown } | null = null

  /** After a failed sync or truncation the content of the disk is unknown. Only a new start reads it. */
  const failed = (cause: unknown): Unavailable => new Unavailable('store', (fault = { cause }))
  const check = (): void => {
    if (fault) throw new Unavailable('store', fault)
  }
  const syncOnce = async (): Promise<void> => {
    check()
    const syncing = log
    const end = log.size
    await Promise.all([syncing.sync(), named, rewriting?.syncBeside()]).catch((error: unknown) => {
      throw failed(error)
    })
    if (syncing === log) synced = end
  }
  const sync = (): Promise<void> => {
    next ??= running.then(() => {
      running = next ?? running
      next = null
      return syncOnce()
    })
    return next
  }
  /** In one go, so that no line goes to the old file only. */
  const replaceBy = (fresh: LogFile, known: number): void => {
    renameSync(`${file}~`, file)
    const old = log
    log = fresh
    synced = known
    void running.catch(() => undefined).then(old.close)
    named = syncDirectory(dirname(file))
    // The next sync reports the failure.
    named.catch(() => undefined)
  }
  return {
    get size() {
      return log.size
    },
    check,
    sync,
    abandon: () => {
      failed(new Error('another process has the directory'))
    },
    write: (record) => {
      check()
      const start = log.size
      const { line, places } = lineOf(record, synced)
      try {
        log.append(line)
      } catch (error) {
        throw error instanceof TornFile ? failed(error) : new Unavailable('store', { cause: error })
      }
      rewriting?.writeBeside(record)
      return {
        put: places.put.map((place) => moved(place, start)),
        change: places.change.map((place) => moved(place, start)),
      }
    },
    read: ({ offset, bytes, checksum }) => {
      check()
      try {
        const text = log.read(offset, bytes)
        if (crc32(text) === checksum) return text
      } catch (error) {
        throw new Unavailable('store', { cause: error })
      }
      throw new Unavailable('store', { cause: new Error(`${file} is damaged at ${offset}`) })
    },
    isRewriting: () => rewriting !== null,
    lacks: (row) => rewriting !== null && !rewriting.has(row),
    rewrite: async (rows, textOf) => {
      check()
      const mine = (rewriting = beginRewrite(`${file}~`, rows, textOf))
      try {
        await mine.copyRows()
        // From here on nothing is acknowledged before it is in both files.
        mine.joinSyncs()
        await sync()
        check()
        const { fresh, known } = mine.finish()
        replaceBy(fresh, known)
      } catch (error) {
        mine.discard()
        throw new Unavailable('store', { cause: error })
      } finally {
        rewriting = null
      }
      mine.settleRows()
      await sync()
    },
    close: async () => {
      await sync().catch(() => undefined)
      log.closeAtOnce()
    },
  }
}
