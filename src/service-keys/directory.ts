import type { ServiceKeyId } from '../kernel/ids.js'
import type { ServiceKeyStore } from './ports.js'
import type { ServiceKey } from './service-key.js'

/** The service keys in use as this process knows them, never more than a second behind. */
export interface ServiceKeyDirectory {
  /** Usually from memory; waits for the store when the key was not read for a second. Null: there is none. */
  find(id: ServiceKeyId): Promise<ServiceKey | null>
  /** Asks the store at the next `find`, because something was changed here. */
  expire(): void
  /** Stops reading. */
  close(): Promise<void>
}

/** What is older is not answered from. With what a request takes, a revocation bites within a second everywhere. */
const FRESH_MS = 800
const LOOK_EVERY_MS = 400
/** A key nobody has presented for so long is let go of, and its next request waits for the store. */
const IDLE_MS = 60_000

interface Kept {
  readonly key: ServiceKey
  readonly readAt: number
  usedAt: number
}

/**
 * A copy of the keys that are in use, so that a backend's request costs no more round trips than a person's: all of
 * them are read anew twice a second in one command. When that fails they go stale, and whoever presents one is told
 * that the store does not answer.
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
    // A read that began earlier may know less, whenever it is answered.
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
        .catch(() => undefined) // Who asks next is told what went wrong.
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
      // Ids that nobody has are not kept: anybody can make them up.
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
