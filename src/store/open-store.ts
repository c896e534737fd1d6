import { systemClock, type Clock } from '../kernel/clock.js'
import { silentLogger, type Logger } from '../kernel/logger.js'
import type { Store } from './collection.js'

export interface StoreSettings {
  /** When given, MongoDB is the store. */
  readonly mongodbUri?: string
  /** The database of the URI unless named here. */
  readonly mongodbDatabase?: string
  /** Where the embedded store keeps its files; null keeps everything in memory. */
  readonly dataDirectory: string | null
  /** Whether the embedded store answers a write only when it is on the disk; it is unless said otherwise. */
  readonly durable?: boolean
  /** Whether accounts are found by their names, as they must be once `accounts` is sharded. */
  readonly sharded?: boolean
  /** How long MongoDB may take to answer a command; 1,800 ms unless said otherwise. */
  readonly patienceMilliseconds?: number
}

export interface OpenStoreDeps {
  readonly clock?: Clock
  readonly logger?: Logger
}

// A caller waits for every command. After this time, "unavailable" is the better answer.
const DEFAULT_PATIENCE_MS = 1_800

/**
 * The store that the settings choose; the other one is not loaded. Nothing is opened before `prepare` or the first
 * call.
 */
export async function openStore(
  settings: StoreSettings,
  { clock = systemClock, logger = silentLogger }: OpenStoreDeps = {},
): Promise<Store> {
  const { sharded = false } = settings
  if (settings.mongodbUri) {
    const { createMongoStore } = await import('./mongo/mongo-store.js')
    return createMongoStore({
      uri: settings.mongodbUri,
      database: settings.mongodbDatabase ?? null,
      sharded,
      patienceMilliseconds: settings.patienceMilliseconds ?? DEFAULT_PATIENCE_MS,
    })
  }
  const { createEmbeddedStore } = await import('./embedded/embedded-store.js')
  const { dataDirectory: directory, durable = true } = settings
  return createEmbeddedStore({ directory, durable, sharded, clock, logger })
}
