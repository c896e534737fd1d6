import { chmod, stat } from 'node:fs/promises'
import { makeDirectory } from '../../kernel/make-directory.js'
import { secondsAfter, type Clock } from '../../kernel/clock.js'
import type { Logger } from '../../kernel/logger.js'
import { Unavailable } from '../../kernel/unavailable.js'
import type { Collection, CollectionSpec, Store, Stored } from '../collection.js'
import { embeddedCollection } from './embedded-collection.js'
import type { KeptRow } from './kept-row.js'
import { keptTable, type KeptTable } from './kept-table.js'
import { lockDirectory, type DirectoryLock } from './lock-directory.js'
import { openRows, rowsInMemory, type OpenRows } from './open-rows.js'
import { createTable } from './table.js'

export interface EmbeddedStoreOptions {
  /** Where its file is; null keeps everything in memory, for tests. */
  readonly directory: string | null
  /** Whether an acknowledged write outlives a power cut, too. */
  readonly durable: boolean
  readonly sharded?: boolean
  readonly clock: Clock
  readonly logger: Logger
}

const HOUSEKEEPING_MS = 60_000

/**
 * A store in a file of this process. An acknowledged write is in the file, so it outlives the process however that
 * ends.
 */
export function createEmbeddedStore({
  directory,
  durable,
  sharded = false,
  clock,
  logger,
}: EmbeddedStoreOptions): Store {
  const specs = new Map<string, CollectionSpec>()
  const tables = new Map<string, KeptTable>()
  let opening: Promise<OpenRows> | null = null
  let lock: DirectoryLock | null = null
  let roundTrips = 0
  let closed = false

  const open = async (): Promise<OpenRows> => {
    if (directory === null) return rowsInMemory()
    await prepareDirectory(directory, logger)
    lock = await lockDirectory(directory, abandon)
    try {
      return openRows({ directory, durable, logger })
    } catch (error) {
      await lock.release()
      throw 'syscall' in (error as Error) ? new Unavailable('store', { cause: error }) : error
    }
  }
  const opened = async (): Promise<OpenRows> => {
    if (closed) throw new Unavailable('store')
    opening ??= open().catch((error: unknown) => {
      opening = null
      throw error
    })
    const rows = await opening
    rows.check()
    return rows
  }
  const tableOf = async ({ name, indexes }: CollectionSpec): Promise<KeptTable> => {
    const store = await opened()
    let table = tables.get(name)
    if (!table) {
      const rows = store.rows.get(name) ?? new Map<string, KeptRow>()
      store.rows.set(name, rows)
      tables.set(name, (table = keptTable(name, createTable(name, indexes, rows, store.peek), store)))
    }
    return table
  }
  const abandon = (): void => {
    logger.error({ directory }, 'another process took the data directory: nothing more is read or written')
    closed = true
    clearInterval(timer)
    void opening?.then((rows) => rows.abandon())
  }
  const housekeeping = async (): Promise<void> => {
    for (const spec of specs.values()) await sweepExpired(spec, await tableOf(spec), clock.now())
  }
  const timer = setInterval(() => {
    housekeeping().catch((error: unknown) => logger.error({ error }, 'the store could not be tidied'))
  }, HOUSEKEEPING_MS)
  const rewriteIfWorthwhile = async (): Promise<void> => {
    try {
      await (await opened()).rewriteIfWorthwhile()
    } catch (error) {
      logger.error({ error }, 'the file of the store could not be rewritten')
    }
  }
  timer.unref()

  return {
    kind: 'embedded',
    sharded,
    collection<T extends Stored>(spec: CollectionSpec): Collection<T> {
      specs.set(spec.name, specs.get(spec.name) ?? spec)
      const opened = (): Promise<KeptTable> => {
        roundTrips += 1
        return tableOf(spec)
      }
      return embeddedCollection<T>(spec, opened, (other) => tableOf(specs.get(other.name) ?? other))
    },
    prepare: async () => {
      await opened()
      await housekeeping()
      void rewriteIfWorthwhile()
    },
    ping: async () => {
      await opened()
    },
    now: () => Promise.resolve(null),
    purge: async () => (await opened()).purge(),
    close: async () => {
      closed = true
      clearInterval(timer)
      await (await opening?.catch(() => null))?.close()
      await lock?.release()
    },
    get roundTrips() {
      return roundTrips
    },
  }
}

/** Only the owner may read the files, regardless of the umask. */
async function prepareDirectory(directory: string, logger: Logger): Promise<void> {
  await makeDirectory(directory)
  if (((await stat(directory)).mode & 0o077) === 0) return
  // A mounted volume may belong to another user, who then decides who can read it.
  await chmod(directory, 0o700).catch(() => logger.warn({ directory }, 'others may read the data directory'))
}

async function sweepExpired({ indexes }: CollectionSpec, table: KeptTable, now: Date): Promise<void> {
  for (const { fields, expireAfterSeconds } of indexes) {
    const [field] = Object.keys(fields)
    if (expireAfterSeconds === undefined || field === undefined) continue
    await table.changeAll({ [field]: { $lt: secondsAfter(now, -expireAfterSeconds) } }, () => null)
  }
}
