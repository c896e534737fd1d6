import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { Unavailable } from '../../kernel/unavailable.js'
import { lineOf, type JournalRecord } from './journal-line.js'
import { openLogFile, TornFile } from './log-file.js'
import type { Rows } from './read-journal.js'

/** The file that every change is appended to. */
export interface Journal {
  /** Appends a line at once, so that it outlives this process. Throws `Unavailable` when it cannot; nothing is written then. */
  readonly write: (record: JournalRecord) => void
  /** Resolves when everything written so far is on the disk. Calls at the same time share one sync. */
  readonly sync: () => Promise<void>
  /** Writes the rows, and what is written meanwhile, to a new file that then replaces the old one. */
  readonly rewrite: (rows: Rows) => Promise<void>
  /** Throws `Unavailable` once what the disk holds is no longer known. */
  readonly check: () => void
  /** Refuses everything from now on and leaves the file alone. */
  readonly abandon: () => void
  readonly close: () => Promise<void>
}

const ROWS_A_LINE = 100
const NOTHING: JournalRecord = { collection: '', put: [], remove: [] }

/** Makes a journal that holds these rows. It gets its name when all of it is on the disk. Answers its size. */
export function createJournal(file: string, rows: Rows): number {
  const fresh = openLogFile(`${file}~`, 0)
  for (const record of [...recordsOf(rows), NOTHING]) fresh.append(lineOf(record, fresh.size))
  fresh.syncAtOnce()
  fresh.close()
  renameSync(`${file}~`, file)
  syncDirectory(dirname(file))
  return fresh.size
}

/** Opens a journal, of which the first `size` bytes count. */
export function openJournal(file: string, size: number): Journal {
  let log = openLogFile(file, size)
  log.syncAtOnce()
  let synced = size
  let running: Promise<void> = Promise.resolve()
  let next: Promise<void> | null = null
  let written: ((record: JournalRecord) => void) | null = null
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
    await syncing.sync().catch((error: unknown) => {
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
  return {
    check,
    sync,
    abandon: () => {
      failed(new Error('another process has the directory'))
    },
    write: (record) => {
      check()
      try {
        log.append(lineOf(record, synced))
      } catch (error) {
        throw error instanceof TornFile ? failed(error) : new Unavailable('store', { cause: error })
      }
      written?.(record)
    },
    rewrite: async (rows) => {
      const meanwhile: JournalRecord[] = []
      const fresh = openLogFile(`${file}~`, 0)
      // The new file gets its name only when it is on the disk, so each line may say that all before it is.
      const put = (record: JournalRecord): void => fresh.append(lineOf(record, fresh.size))
      const old = log
      try {
        written = (record) => meanwhile.push(record)
        for (const record of recordsOf(rows)) {
          put(record)
          await setImmediate()
        }
        await fresh.sync()
        // From here on in one go, so that no line goes to the old file only. Few are left to write.
        meanwhile.forEach(put)
        put(NOTHING)
        fresh.syncAtOnce()
        check()
        renameSync(`${file}~`, file)
      } catch (error) {
        fresh.close()
        throw new Unavailable('store', { cause: error })
      } finally {
        written = null
      }
      log = fresh
      synced = fresh.size
      void running.catch(() => undefined).then(() => old.close())
      try {
        syncDirectory(dirname(file))
      } catch (error) {
        throw failed(error)
      }
    },
    close: async () => {
      await sync().catch(() => undefined)
      log.close()
    },
  }
}

/** The rows as they are at the call. Rows are never changed in place, so what is written meanwhile comes on top. */
function recordsOf(rows: Rows): JournalRecord[] {
  return [...rows].flatMap(([collection, found]) => {
    const all = [...found.values()]
    return Array.from({ length: Math.ceil(all.length / ROWS_A_LINE) }, (_, n) => ({
      collection,
      put: all.slice(n * ROWS_A_LINE, (n + 1) * ROWS_A_LINE),
      remove: [],
    }))
  })
}

/** A new name is on the disk once its directory is. Windows opens no directories. */
function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(directory, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
