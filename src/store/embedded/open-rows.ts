import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from '../../kernel/logger.js'
import { dropEarlierFiles, readEarlierFiles, setEarlierFilesAside } from './import-nedb.js'
import type { JournalRecord } from './journal-line.js'
import { createJournal, openJournal, type Journal } from './journal.js'
import { readJournal, type Rows } from './read-journal.js'

/** Every row of the store, in memory, and how its changes are kept. */
export interface OpenRows {
  readonly rows: Rows
  /** Appends at once, or throws `Unavailable` with nothing written. */
  readonly write: (record: JournalRecord) => void
  /** Resolves when all that was written is as durable as was asked for. */
  readonly settled: () => Promise<void>
  /** Writes the file anew when at least so many changes in it are superseded, and more than there are rows. */
  readonly rewriteIfWorthwhile: (supersededAtLeast: number) => Promise<void>
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

export function openRows({ directory, durable, logger }: OpenRowsOptions): OpenRows {
  const file = join(directory, FILE)
  const { rows, journal, changes: changesRead } = openFile(directory, file, logger)
  let changes = changesRead
  let rewriting: Promise<void> = Promise.resolve()

  const countRows = (): number => [...rows.values()].reduce((sum, { size }) => sum + size, 0)
  const rewrite = async (supersededAtLeast: number, shareOfRows: number): Promise<void> => {
    const live = countRows()
    if (changes - live < Math.max(supersededAtLeast, shareOfRows * live)) return
    const before = changes
    await journal.rewrite(rows)
    changes = live + changes - before
  }
  /** One after another. */
  const inTurn = (work: () => Promise<void>): Promise<void> => (rewriting = rewriting.catch(() => undefined).then(work))

  return {
    rows,
    write: (record) => {
      journal.write(record)
      changes += record.put.length + record.remove.length
    },
    settled: () => (durable ? journal.sync() : Promise.resolve()),
    rewriteIfWorthwhile: (supersededAtLeast) => inTurn(() => rewrite(supersededAtLeast, 1)),
    purge: () =>
      inTurn(async () => {
        await rewrite(1, 0)
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
  return {
    rows: new Map(),
    write: nothing,
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
): { readonly rows: Rows; readonly journal: Journal; readonly changes: number } {
  if (!existsSync(file)) {
    const size = createJournal(file, readEarlierFiles(directory))
    logger.info({ file, size }, 'made the journal of the embedded store')
  }
  setEarlierFilesAside(directory)
  // A file that a kill left half-written may hold what was erased since.
  rmSync(`${file}~`, { force: true })
  const { rows, changes, end, size } = readJournal(file)
  if (end < size) logger.warn({ file, droppedBytes: size - end }, 'dropped an unfinished end, never acknowledged')
  return { rows, changes, journal: openJournal(file, end) }
}
