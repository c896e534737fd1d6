import { randomUUID } from 'node:crypto'
import {
  checkpointSigner,
  createAuditLog,
  createCheckpointer,
  verifyLog,
  verifyPart,
  type AuditEvent,
  type AuditStore,
  type Checkpointer,
  type CheckpointStore,
  type FindKey,
  type NewAuditEvent,
  type StreamLog,
  type VerifyLogInput,
  type VerifyLogOutcome,
  type Watch,
} from '../../../src/audit/index.js'
import { movableClock, type MovableClock } from '../../../src/kernel/clock.js'
import type { AccountId } from '../../../src/kernel/ids.js'
import { createKeyRing, type KeyRing } from '../../../src/kernel/key-ring.js'
import { silentLogger } from '../../../src/kernel/logger.js'
import type { AuditContext } from '../../../src/kernel/request-context.js'
import { createSecrets } from '../../../src/kernel/secrets.js'
import { AUDIT_EVENTS, createAuditRepository } from '../../../src/store/audit-repository.js'
import { placeKey } from '../../../src/store/audit-place.js'
import { AUDIT_CHECKPOINTS, checkpointRepository } from '../../../src/store/checkpoint-repository.js'
import { openStore, type Collection, type Store } from '../../../src/store/index.js'

export const countryOf = (): null => null
export const ring = createKeyRing([{ id: 'k1', secret: Buffer.alloc(32, 7) }])
export const otherRing = createKeyRing([{ id: 'k2', secret: Buffer.alloc(32, 8) }])
export const secrets = createSecrets(ring)
export const findKeyIn =
  (keys: KeyRing): FindKey =>
  (id) =>
    keys.find(id)?.verifying ?? null

export const CHECKPOINT_LIMITS = { checkpointEvents: 10_000, sealSeconds: 3_600 }

export type StoredEvent = { readonly _id: string; readonly sequence: string | number; readonly hash: string } & Record<
  string,
  never
>

export type StoredCheckpoint = { readonly _id: string; readonly signed: string } & Record<string, never>

/** A process that writes the log: its own connection where there are connections, its own stream anyway. */
export interface AuditProcess {
  readonly audit: AuditStore
  readonly checkpoints: CheckpointStore
  readonly log: StreamLog
  readonly checkpointer: Checkpointer
}

export interface AuditWorld extends AuditProcess {
  readonly store: Store
  /** Where another thread finds it; null when it is in the memory of this one. */
  readonly uri: string | null
  readonly events: Collection<StoredEvent>
  readonly checkpointDocuments: Collection<StoredCheckpoint>
  readonly clock: MovableClock
  anotherProcess(keys?: KeyRing): Promise<AuditProcess>
  /** Checks the log in this thread. */
  verify(input?: VerifyLogInput, keys?: KeyRing, watch?: Watch & { readonly lanes?: number }): Promise<VerifyLogOutcome>
  /** The key of a place, as it is stored; in the stream of this process unless another is named. */
  placed(sequence: number, stream?: string): string | number
  close(): Promise<void>
}

/** The adapters to run on: the embedded store always, MongoDB when one is given. */
export { STORES } from '../../support/stores.js'

export async function auditWorld(kind: string): Promise<AuditWorld> {
  const clock = movableClock(new Date('2026-03-01T12:00:00Z'))
  const database = `audit-${randomUUID()}`
  const stores: Store[] = []
  const open = async (): Promise<Store> => {
    const [first] = stores
    if (kind === 'embedded' && first) return first
    const uri = process.env['MONGODB_URI']
    const opened = await openStore(
      kind === 'mongodb' && uri
        ? { mongodbUri: uri, mongodbDatabase: database, dataDirectory: null }
        : { dataDirectory: null },
      { clock },
    )
    stores.push(opened)
    return opened
  }
  const processOn = (on: Store, keys = ring): AuditProcess => {
    const [audit, checkpoints] = [createAuditRepository(on), checkpointRepository(on)]
    const log = createAuditLog({ store: audit, clock, secrets, countryOf })
    const checkpointer = createCheckpointer({
      ...{ events: audit, checkpoints, log, clock, logger: silentLogger },
      ...{ signer: checkpointSigner(keys), findKey: findKeyIn(keys) },
      limits: CHECKPOINT_LIMITS,
    })
    return { audit, checkpoints, log, checkpointer }
  }
  const store = await open()
  const own = processOn(store)
  await store.prepare()
  return {
    ...own,
    store,
    uri: kind === 'mongodb' ? uriOf(database) : null,
    clock,
    events: store.collection<StoredEvent>(AUDIT_EVENTS),
    checkpointDocuments: store.collection<StoredCheckpoint>(AUDIT_CHECKPOINTS),
    anotherProcess: async (keys) => processOn(await open(), keys),
    verify: (input, keys = ring, { lanes = 2, ...watch } = {}) => {
      const { audit: events, checkpoints } = own
      const parts = { atOnce: lanes, verify: verifyPart.bind(null, { events, findKey: findKeyIn(keys) }) }
      return verifyLog({ events, checkpoints, parts, ...watch }, input)
    },
    placed: (sequence, stream = own.log.stream() ?? '') => placeKey({ stream, sequence }),
    close: async () => {
      for (const opened of stores) await opened.close()
    },
  }
}

function uriOf(database: string): string {
  const uri = new URL(process.env['MONGODB_URI'] ?? '')
  uri.pathname = `/${database}`
  return uri.toString()
}

const anAccount = 'account-aaaaaaaaaaaaaa' as AccountId

export const aRequest = (over: Partial<AuditContext> = {}): AuditContext => ({
  requestId: 'request-1',
  origin: {
    address: '203.0.113.9',
    userAgent: 'Mozilla/5.0',
    clientHints: { brands: '', mobile: '', platform: '' },
    language: 'en',
  },
  operation: { name: 'VerifyChallenge', hash: 'abc' },
  sessionId: null,
  deviceId: null,
  ...over,
})

export const anEvent = (over: Partial<NewAuditEvent> = {}): NewAuditEvent => ({
  action: 'challenge.passed',
  actor: { id: anAccount, type: 'ACCOUNT' },
  targets: [{ id: anAccount, type: 'ACCOUNT' }],
  outcome: 'SUCCESS',
  context: aRequest(),
  ...over,
})

export const numbered = (from: number, count: number, process = 'a'): NewAuditEvent[] =>
  Array.from({ length: count }, (_, offset) => anEvent({ metadata: { process, number: from + offset } }))

/** Every event as it is stored, stream by stream. */
export async function everything(audit: AuditStore): Promise<AuditEvent[]> {
  const events: AuditEvent[] = []
  for (let stream: string | null = ''; stream !== null; stream = await audit.nextStream(stream)) {
    events.push(...(await audit.rest(stream, 0, 1_000_000)))
  }
  return events
}
