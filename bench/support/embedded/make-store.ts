import { randomBytes, randomUUID } from 'node:crypto'
import { createAuditLog, type NewAuditEvent } from '../../../src/audit/index.js'
import { openRepositories, openStore } from '../../../src/store/index.js'
import { openPeople } from '../../../src/store/person-document.js'
import { OPEN_RULES } from '../../../test/support/mfa-rules.js'
import { person } from './people.js'

export interface StoreSizes {
  readonly accounts: number
  readonly events: number
}

const AT_ONCE = 250
const ACTIONS = ['session.created', 'challenge.created', 'challenge.passed', 'risk.assessed', 'sign_in.failed'] as const
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const CODES = ['NEW_DEVICE', 'FAMILIAR_NETWORK', 'USUAL_HOUR', 'USUAL_BROWSER', 'NO_TOKEN', 'COMMON_AGENT']

/**
 * Writes accounts in the shapes of the gateway and events through its own audit log. Answers the bytes of what is live,
 * as JSON.
 */
export async function makeStore(directory: string, { accounts, events }: StoreSizes): Promise<number> {
  const store = await openStore({ dataDirectory: directory, durable: false })
  const { auditStore } = openRepositories(store, async () => OPEN_RULES)
  const people = openPeople(store)
  await store.prepare()
  let at = Date.UTC(2026, 0, 1)
  const clock = { now: () => new Date((at += 7_000)) }
  const secrets = { random: (bytes: number) => randomBytes(bytes).toString('base64url') }
  const log = createAuditLog({ store: auditStore, clock, secrets, countryOf: () => 'DE' })
  let bytes = 0
  for (let n = 0; n < accounts; n += AT_ONCE) {
    const made = Array.from({ length: Math.min(AT_ONCE, accounts - n) }, (_, more) =>
      person(n + more, accounts, clock.now()),
    )
    bytes += JSON.stringify(made).length
    await people.insert(made)
  }
  const ids = (await people.find({}, { limit: accounts })).map(({ _id }) => _id)
  for (let n = 0; n < events; n += AT_ONCE) {
    await log.record(
      Array.from({ length: Math.min(AT_ONCE, events - n) }, (_, more) =>
        event(n + more, ids[(n + more * 7) % ids.length] ?? ''),
      ),
    )
  }
  bytes += JSON.stringify(await auditStore.find({ filter: {}, order: 'NEWEST_FIRST', limit: events })).length
  await store.close()
  return bytes
}

function event(n: number, accountId: string): NewAuditEvent {
  return {
    action: ACTIONS[n % ACTIONS.length] as NewAuditEvent['action'],
    actor: { id: accountId, type: 'ACCOUNT' },
    targets: [
      { id: accountId, type: 'ACCOUNT' },
      { id: randomUUID(), type: 'SESSION' },
    ],
    outcome: n % 5 === 4 ? 'FAILURE' : 'SUCCESS',
    context: {
      requestId: randomUUID(),
      origin: {
        address: '203.0.113.9',
        userAgent: AGENT,
        clientHints: { brands: '', mobile: '', platform: '' },
        language: 'en',
      },
      operation: { name: 'VerifyChallenge', hash: randomBytes(32).toString('hex') },
      sessionId: null,
      deviceId: null,
    },
    risk: {
      verdict: 'ALLOW',
      level: 'LOW',
      score: -2.25,
      contributions: CODES.map((code, at) => ({ code, nats: at / 8 - 0.5, facts: { count: n % 17 } })),
    },
    metadata: { factorType: 'TOTP' },
  }
}
