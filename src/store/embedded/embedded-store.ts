import { chmod, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { secondsAfter, type Clock } from '../../kernel/clock.js'
import type { Logger } from '../../kernel/logger.js'
import { Unavailable } from '../../kernel/unavailable.js'
import type { Collection, CollectionSpec, Store, Stored } from '../collection.js'
import { embeddedCollection } from './embedded-collection.js'
import { lockDirectory, type DirectoryLock } from './lock-directory.js'
import { rowStore, type RowStore } from './row-store.js'

export interface EmbeddedStoreOptions {
  /** Where the files are, one for each collection; null keeps everything in memory, for tests. */
  readonly directory: string | null
  readonly clock: Clock
  readonly logger: Logger
}

const HOUSEKEEPING_MS = 60_000

/**
 * A store in files of this process. An acknowledged write is in its file, so it outlives the process however that
 * ends; it outlives a power cut once the system has flushed the file.
 */
export function createEmbeddedStore({ directory, clock, logger }: EmbeddedStoreOptions): Store {
  const opened = new Map<string, { readonly spec: CollectionSpec; readonly rows: RowStore }>()
  let lock: Promise<DirectoryLock> | null = null
  let roundTrips = 0
  let closed = false

  const hold = async (): Promise<void> => {
    if (directory === null) return
    lock ??= prepareDirectory(directory, logger).then(() => lockDirectory(directory, shut))
    try {
      await lock
    } catch (error) {
      lock = null
      throw error
    }
  }
  const shut = (): void => {
    logger.error({ directory }, 'another process took the data directory: nothing more is read or written')
    closed = true
    clearInterval(timer)
    for (const { rows } of opened.values()) rows.abandon()
  }
  const closeRows = async (): Promise<void> => {
    closed = true
    clearInterval(timer)
    for (const { rows } of opened.values()) await rows.close()
  }
  const housekeeping = async (): Promise<void> => {
    for (const { spec, rows } of opened.values()) {
      await sweepExpired(spec, rows, clock.now())
      await rows.compactIfWorthwhile()
    }
  }
  const timer = setInterval(() => {
    housekeeping().catch((error: unknown) => logger.error({ error }, 'the store could not be tidied'))
  }, HOUSEKEEPING_MS)
  timer.unref()

  return {
    kind: 'embedded',
    collection<T extends Stored>(spec: CollectionSpec): Collection<T> {
      let found = opened.get(spec.name)
      if (!found) {
        const file = directory === null ? null : join(directory, `${spec.name}.jsonl`)
        found = { spec, rows: rowStore({ name: spec.name, file, indexes: spec.indexes, logger, hold }) }
        opened.set(spec.name, found)
      }
      return embeddedCollection<T>(found.spec, found.rows, () => {
        roundTrips += 1
      })
    },
    prepare: async () => {
      await hold()
      for (const { rows } of opened.values()) await rows.open()
      await housekeeping()
    },
    ping: async () => {
      if (closed) throw new Unavailable('store')
      for (const { rows } of opened.values()) await rows.open()
    },
    purge: async () => {
      for (const { rows } of opened.values()) await rows.compact()
    },
    close: async () => {
      await closeRows()
      await (await lock)?.release()
      lock = null
    },
    get roundTrips() {
      return roundTrips
    },
  }
}

/** Nobody but the owner may read what is stored, whatever the umask says. */
async function prepareDirectory(directory: string, logger: Logger): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  if (((await stat(directory)).mode & 0o077) === 0) return
  // A mounted volume may belong to somebody else, who then decides who reads it.
  await chmod(directory, 0o700).catch(() => logger.warn({ directory }, 'others may read the data directory'))
}

async function sweepExpired({ indexes }: CollectionSpec, rows: RowStore, now: Date): Promise<void> {
  for (const { fields, expireAfterSeconds } of indexes) {
    const [field] = Object.keys(fields)
    if (expireAfterSeconds === undefined || field === undefined) continue
    const expired = { [field]: { $lt: secondsAfter(now, -expireAfterSeconds) } }
    await rows.write(async (writer) => writer.remove(await writer.select(expired)))
  }
}
