import {
  createAuditLog,
  readAfterWriting,
  verifyLog,
  verifyPart,
  type AuditStore,
  type OutboxSettings,
  type StreamLog,
} from '../../../src/audit/index.js'
import { movableClock } from '../../../src/kernel/clock.js'
import type { AccountId } from '../../../src/kernel/ids.js'
import { createAuditRepository } from '../../../src/store/audit-repository.js'
import { checkpointRepository } from '../../../src/store/checkpoint-repository.js'
import { openRepositories } from '../../../src/store/index.js'
import { outboxRepository } from '../../../src/store/outbox-repository.js'
import { openPeople } from '../../../src/store/person-document.js'
import { NOW, personWith } from '../../races/interleavings/documents.js'
import { OPEN_RULES } from '../../support/mfa-rules.js'
import { ownStore } from '../../support/own-store.js'
import { countryOf, everything, findKeyIn, numbered, ring, secrets } from './audit-world.js'

export const SWEPT_AFTER = 10
const SETTINGS: OutboxSettings = { capacity: 5, lingerMilliseconds: 600_000, sweptAfterSeconds: SWEPT_AFTER }

/** A process of the installation: what it prepares is written when it is told to, or never when it "dies" before. */
export interface OutboxProcess {
  readonly log: StreamLog
  readonly reading: AuditStore
  /** Makes a change to an account, numbered in its event. False when the account has another language by now. */
  change(account: string, number: number, wanted?: string): Promise<boolean>
}

export type OutboxWorld = Awaited<ReturnType<typeof outboxWorld>>

/** Accounts whose changes carry events, and processes that make them. */
export async function outboxWorld(kind: string) {
  const { store, discard } = await ownStore(kind)
  openRepositories(store, async () => OPEN_RULES)
  await store.prepare()
  const clock = movableClock(NOW)
  const people = openPeople(store)
  const events = createAuditRepository(store)
  const outbox = outboxRepository(store)
  const processWith = (auditStore: AuditStore = events): OutboxProcess => {
    const log = createAuditLog({ store: auditStore, clock, secrets, countryOf, outbox, outboxSettings: SETTINGS })
    return {
      log,
      reading: readAfterWriting(auditStore, log),
      change: (account, number, wanted = 'en') =>
        people.changeWith(
          { _id: account, language: wanted },
          { $set: { lastSignInAt: clock.now() } },
          log.prepare(numbered(number, 2)),
        ),
    }
  }
  return {
    ...{ store, clock, people, events, outbox, processWith, discard },
    add: async (account: string) => {
      const document = { ...personWith({ language: 'en' }), _id: account as AccountId }
      await people.insert([{ ...document, emailKey: `${account}@example.com`, claims: [account] } as never])
    },
    /** How many entries wait in the document. */
    waiting: async (account: string) => (await people.findOne({ _id: account }))?.outbox?.length ?? 0,
    /** The numbers of the events in the log, sorted. */
    logged: async () =>
      (await everything(events)).map(({ metadata }) => Number(metadata['number'])).sort((a, b) => a - b),
    verdict: async () => {
      const parts = { atOnce: 2, verify: verifyPart.bind(null, { events, findKey: findKeyIn(ring) }) }
      return (await verifyLog({ events, checkpoints: checkpointRepository(store), parts }, {})).kind
    },
  }
}
