import { randomUUID } from 'node:crypto'
import { createSecrets } from '../../../src/kernel/secrets.js'
import { movableClock, type MovableClock } from '../../../src/kernel/clock.js'
import { createKeyRing } from '../../../src/kernel/key-ring.js'
import type { LimitsDeps } from '../../../src/limits/index.js'
import { createLimitsRepository, LIMITS } from '../../../src/store/limits-repository.js'
import { openStore, type Collection, type Store } from '../../../src/store/index.js'

export type StoredCounter = { readonly _id: string; readonly count: number; readonly expiresAt: Date }

export interface LimitsWorld {
  readonly store: Store
  readonly counters: Collection<StoredCounter>
  readonly clock: MovableClock
  readonly deps: LimitsDeps
  close(): Promise<void>
}

/** The stores to run on: the embedded one always, MongoDB when one is configured. */
export { STORES } from '../../support/stores.js'

export async function limitsWorld(kind: string): Promise<LimitsWorld> {
  // In the middle of the windows of 15 minutes and of one hour.
  const clock = movableClock(new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 + 35 * 60_000))
  const uri = process.env['MONGODB_URI']
  const store = await openStore(
    kind === 'mongodb' && uri
      ? { mongodbUri: uri, mongodbDatabase: `limits-${randomUUID()}`, dataDirectory: null }
      : { dataDirectory: null },
    { clock },
  )
  const limits = createLimitsRepository(store)
  await store.prepare()
  const secrets = createSecrets(createKeyRing([{ id: 'k1', secret: Buffer.alloc(32, 7) }]))
  return {
    store,
    clock,
    counters: store.collection<StoredCounter>(LIMITS),
    deps: { limits, secrets, clock },
    close: () => store.close(),
  }
}
