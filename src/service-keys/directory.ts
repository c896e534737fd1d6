import type { ServiceKeyId } from '../kernel/ids.js'
import type { ServiceKeyStore } from './ports.js'
import type { ServiceKey } from './service-key.js'

/** The service keys in use as this process knows them, never more than a second out of date. */
export interface ServiceKeyDirectory {
  /**
   * Usually from memory; waits for the store when the key was last read more than a second ago. Null: there is none.
   */
  find(id: ServiceKeyId): Promise<ServiceKey | null>
  /** Makes the next `find` ask the store, because this process changed something. */
  expire(): void
  /** Stops reading. */
  close(): Promise<void>
}

/**
 * Older copies are not used. Together with the time a request takes, a revocation takes effect everywhere within a
 * second.
 */
const FRESH_MS = 800
const LOOK_EVERY_MS = 400
/** A key that was not presented for this long is dropped, and its next request waits for the store. */
const IDLE_MS = 60_000

interface Kept {
  readonly key: ServiceKey
  readonly readAt: number
  usedAt: number
}

/**
 * A cache of the keys in use, so that a backend's request needs no more round trips than a person's: all of them are
 * read again twice a second in one command. When that fails they become stale, and callers that present one get
 * `Unavailable`.
 */
export function createServiceKeyDirectory(serviceKeys: Pick<ServiceKeyStore, 'findThese'>): ServiceKeyDirectory {
  const kept = new Map<ServiceKeyId, Kept>()
  let expiredAt = -Infinity
  let timer: NodeJS.Timeout | null = null
  let looking: Promise<void> | null = null
  let isClosed = false

  const isFresh = ({ readAt }: Kept): boolean => readAt > expiredAt && performance.now() - readAt < FRESH_MS
  const keep = (key: ServiceKey, readAt: number, usedAt: number): void => {
    const known = kept.get(key.id)
    // A read that began earlier may return older data, even if its answer arrives later.
    if (!known || known.readAt < readAt) kept.set(key.id, { key, readAt, usedAt: Math.max(usedAt, known?.usedAt ?? 0) })
  }
  const look = async (): Promise<void> => {
    const readAt = performance.now()
    for (const [id, { usedAt }] of kept) if (readAt - usedAt > IDLE_MS) kept.delete(id)
    if (kept.size === 0) return
    for (const key of await serviceKeys.findThese([...kept.keys()])) keep(key, readAt, 0)
  }
  const lookAgain = (): void => {
    if (timer || isClosed || kept.size === 0) return
    timer = setTimeout(() => {
      looking = look()
        .catch(() => undefined) // The next caller gets the failure.
        .finally(() => {
          timer = null
          lookAgain()
        })
    }, LOOK_EVERY_MS).unref()
  }
  return {
    find: async (id) => {
      const startedAt = performance.now()
      const known = kept.get(id)
      if (known && isFresh(known)) {
        known.usedAt = startedAt
        return known.key
      }
      const [key] = await serviceKeys.findThese([id])
      // Unknown ids are not cached: anyone can make them up.
      if (!key) return null
      keep(key, startedAt, startedAt)
      lookAgain()
      return key
    },
    expire: () => {
      expiredAt = performance.now()
    },
    close: async () => {
      isClosed = true
      if (timer) clearTimeout(timer)
      await looking
    },
  }
}
