import { randomUUID } from 'node:crypto'
import { createAuditLog, type AuditLog, type AuditStore, type NewAuditEvent } from '../../../src/audit/index.js'
import { movableClock, type MovableClock } from '../../../src/kernel/clock.js'
import type { AccountId } from '../../../src/kernel/ids.js'
import { createKeyRing } from '../../../src/kernel/key-ring.js'
import type { AuditContext } from '../../../src/kernel/request-context.js'
import { createSecrets } from '../../../src/kernel/secrets.js'
import { AUDIT_EVENTS, createAuditRepository } from '../../../src/store/audit-repository.js'
import { openStore, type Collection, type Store } from '../../../src/store/index.js'

export const countryOf = (): null => null
export const secrets = createSecrets(createKeyRing([{ id: 'k1', secret: Buffer.alloc(32, 7) }]))

export type StoredEvent = { readonly _id: string; readonly sequence: number; readonly hash: string } & Record<
  string,
  never
>

export interface AuditWorld {
  readonly store: Store
  readonly audit: AuditStore
  readonly events: Collection<StoredEvent>
  readonly clock: MovableClock
  readonly log: AuditLog
  /** What another process has: its own connection where there are connections, its own log anyway. */
  anotherProcess(): Promise<{ readonly audit: AuditStore; readonly log: AuditLog }>
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
  const logOver = (audit: AuditStore): AuditLog => createAuditLog({ store: audit, clock, secrets, countryOf })
  const store = await open()
  const audit = createAuditRepository(store)
  await store.prepare()
  return {
    store,
    audit,
    clock,
    events: store.collection<StoredEvent>(AUDIT_EVENTS),
    log: logOver(audit),
    anotherProcess: async () => {
      const other = createAuditRepository(await open())
      return { audit: other, log: logOver(other) }
    },
    close: async () => {
      for (const opened of stores) await opened.close()
    },
  }
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

export async function everything(audit: AuditStore) {
  const events = []
  for (;;) {
    const page = await audit.page(events.length, 500)
    events.push(...page)
    if (page.length < 500) return events
  }
}
