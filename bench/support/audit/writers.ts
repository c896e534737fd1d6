import { randomBytes } from 'node:crypto'
import {
  checkpointSigner,
  createAuditLog,
  createCheckpointer,
  type AuditLog,
  type NewAuditEvent,
} from '../../../src/audit/index.js'
import { hashOf } from '../../../src/audit/chain.js'
import { describeEvent } from '../../../src/audit/describe-event.js'
import { systemClock } from '../../../src/kernel/clock.js'
import { createKeyRing } from '../../../src/kernel/key-ring.js'
import { silentLogger } from '../../../src/kernel/logger.js'
import { createSecrets } from '../../../src/kernel/secrets.js'
import { AUDIT_EVENTS, createAuditRepository } from '../../../src/store/audit-repository.js'
import { checkpointRepository } from '../../../src/store/checkpoint-repository.js'
import type { Store } from '../../../src/store/index.js'
import { globalChain } from './global-chain.js'
import { batched } from './batched.js'

/** One writer of a log, over a connection of its own. */
export interface Writer {
  readonly log: Pick<AuditLog, 'record'>
  stop(): Promise<void>
}

export type MakeWriter = (store: Store) => Writer

const ring = createKeyRing([{ id: 'bench', secret: Buffer.alloc(32, 1) }])
const secrets = createSecrets(ring)
const newSalt = () => randomBytes(16).toString('base64url')
const CHECKPOINT_SECONDS = 1
const nothing = () => Promise.resolve()

export const RIVALS = {
  'one chain': (store) => ({ log: globalChain(store, factOf), stop: nothing }),
  streams: (store) => {
    const [events, checkpoints] = [createAuditRepository(store), checkpointRepository(store)]
    const log = createAuditLog({ store: events, clock: systemClock, secrets, countryOf: () => null })
    const checkpointer = createCheckpointer({
      ...{ events, checkpoints, log, clock: systemClock, logger: silentLogger },
      limits: { checkpointEvents: 10_000, sealSeconds: 3_600 },
      ...{ signer: checkpointSigner(ring), findKey: (id) => ring.find(id)?.verifying ?? null },
    })
    // Ten times as often as usual, so that its cost falls into every measurement.
    checkpointer.start(CHECKPOINT_SECONDS)
    return { log, stop: () => checkpointer.stop() }
  },
  'no chain': (store) => {
    const documents = store.collection(AUDIT_EVENTS)
    const insert = (events: readonly NewAuditEvent[]) =>
      documents.insert(
        events.map((event) => ({ ...unchained(event), sequence: newSalt() }) as unknown as { _id: string }),
      )
    return { log: batched(insert), stop: nothing }
  },
} as const satisfies Readonly<Record<string, MakeWriter>>

export type Rival = keyof typeof RIVALS

/** As the log describes events, and what it commits to; the rest of a document without the chain. */
function factOf(event: NewAuditEvent) {
  const id = newSalt()
  return describeEvent(event, { id, now: new Date(), countryOf: () => null, newSalt })
}

/** Hashed by itself, so that what is compared is the order of events and not the price of a hash. */
function unchained(event: NewAuditEvent) {
  const fact = { ...factOf(event), stream: '', sequence: 0, previousHash: '' }
  const { id: _id, ...rest } = fact
  return { ...rest, _id, hash: hashOf(fact) }
}
