import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MeDocument } from '../../schema/generated/graphql.js'
import { newKeyText } from '../../src/config/index.js'
import { createAuditLog, type AuditAction, type AuditEvent } from '../../src/audit/index.js'
import { systemClock } from '../../src/kernel/clock.js'
import type { FactorId } from '../../src/kernel/ids.js'
import { createAuditRepository } from '../../src/store/audit-repository.js'
import { openRepositories, openStore, type Store } from '../../src/store/index.js'
import { outboxRepository } from '../../src/store/outbox-repository.js'
import { openPeople, type People, type PersonDocument } from '../../src/store/person-document.js'
import { challenged, guess, pendingSignIn, ROOMY } from '../support/answers.js'
import { codeOf, createClient } from '../support/client.js'
import { compileGateway, type GatewayProcess, type GatewayProgram } from '../support/gateway-process.js'
import { countryOf, everything, secrets } from '../audit/support/audit-world.js'
import { verifyStoredLog } from '../support/stored-log.js'
import { createJournal, workUntilKilled, type Journal } from './journal.js'
import { OPEN_RULES } from '../support/mfa-rules.js'

/** `KILLS=30` for a long run. */
const KILLS = Number(process.env['KILLS'] ?? 5)
const WORKERS = 3

describe(`a gateway that is killed under load, ${KILLS} times`, () => {
  let directory: string
  let program: GatewayProgram
  let env: Readonly<Record<string, string>>
  const journal = createJournal()

  beforeAll(
    async () => {
      directory = await mkdtemp(join(tmpdir(), 'stepgate-kill-'))
      env = { ...ROOMY, STEPGATE_DATA_DIR: directory, STEPGATE_KEYS: newKeyText() }
      program = await compileGateway()
      for (let kill = 0; kill < KILLS; kill++) {
        const gateway = await program.start(env)
        await workAndKill(gateway, journal, kill)
      }
    },
    60_000 + KILLS * 60_000,
  )
  afterAll(async () => {
    await program.discard()
    await rm(directory, { recursive: true, force: true })
  })

  /** The content of the files, read as the next start of the gateway would. */
  async function inspect<T>(look: (kept: { people: People; store: Store }) => Promise<T>): Promise<T> {
    const store = await openStore({ dataDirectory: directory })
    openRepositories(store, async () => OPEN_RULES)
    await store.prepare()
    try {
      return await look({ people: openPeople(store), store })
    } finally {
      await store.close()
    }
  }

  it('does enough for the kills to mean something', () => {
    expect(journal.activated.length).toBeGreaterThan(KILLS)
    expect(journal.spent.length).toBeGreaterThan(KILLS)
    expect(journal.ended.length).toBeGreaterThan(KILLS)
  })

  it('B3 loses no acknowledged enrolment, and accepts no used code again', async () => {
    const missing = await inspect(async ({ people }) => {
      const documents = await people.find({})
      const byEmail = new Map(documents.map((document) => [document.emailKey, document]))
      const factorOf = (email: string, id: string) => byEmail.get(email)?.factors[id as FactorId]
      return [
        ...journal.activated.filter(({ email, factorId }) => factorOf(email, factorId)?.status !== 'ACTIVE'),
        ...journal.spent.filter(({ email, factorId, timeStep }) => {
          return Number(factorOf(email, factorId)?.material['lastTimeStep']) < timeStep
        }),
        ...journal.recoveryUsed.filter(({ email, factorId }) => {
          return Object.keys(factorOf(email, factorId)?.material['codes'] ?? {}).length > 9
        }),
      ]
    })
    expect(missing).toEqual([])
  })

  it('B3 has an intact audit log with an event for every acknowledged operation', async () => {
    const { chain, missing } = await inspect(async ({ store: kept }) => {
      await deliverWhatWaits(kept)
      const events = await everything(createAuditRepository(kept))
      const written = new Set(events.flatMap(({ action, targets }) => targets.map(({ id }) => `${action} ${id}`)))
      return {
        chain: await verifyStoredLog(kept, env['STEPGATE_KEYS'] ?? ''),
        missing: journal.operations.filter(({ action, target }) => !written.has(`${action} ${target}`)),
      }
    })
    expect(chain.kind).toBe('intact')
    expect(missing).toEqual([])
  })

  it('R176 has an event for every change, acknowledged or not, and one only', async () => {
    const { unequal, waiting } = await inspect(async ({ people, store: kept }) => {
      await deliverWhatWaits(kept)
      const events = await everything(createAuditRepository(kept))
      const documents = await people.find({})
      return {
        waiting: documents.filter(({ outbox = [] }) => outbox.length > 0).length,
        unequal: documents.flatMap((document) => unequalIn(document, events)),
      }
    })
    expect([waiting, unequal]).toEqual([0, []])
  })

  it('B3 starts again, revives no ended session, accepts no spent code and signs people in with fresh ones', async () => {
    const gateway = await program.start(env)
    try {
      const answers = await Promise.all(
        journal.ended.map((cookies) => createClient(gateway.url, { cookies }).send(MeDocument)),
      )
      expect(new Set(answers.map(codeOf))).toEqual(new Set(['UNAUTHENTICATED']))

      const newest = journal.spent.at(-1)
      const { client } = await pendingSignIn(gateway, newest?.email ?? '')
      const { id } = await challenged(client, newest?.factorId ?? '')
      expect(await guess(client, id, newest?.code ?? '')).toBe('CODE_INVALID')
    } finally {
      expect(await gateway.stop()).toBe(0)
    }
  }, 60_000)
})

/** As the next start of the gateway would. */
async function deliverWhatWaits(store: Store): Promise<void> {
  const log = createAuditLog({
    ...{ store: createAuditRepository(store), outbox: outboxRepository(store) },
    ...{ clock: systemClock, secrets, countryOf },
  })
  await log.sweep(-1)
}

/** What happened to an account by its document, and by its events, where that differs. */
function unequalIn({ _id, factors, sessions }: PersonDocument, events: readonly AuditEvent[]) {
  const own = events.filter(({ actor }) => actor.id === _id)
  const count = (action: AuditAction) => own.filter((event) => event.action === action).length
  const has = (action: AuditAction, id: string) =>
    own.some(
      (event) =>
        event.action === action && [event.context?.sessionId, ...event.targets.map((each) => each.id)].includes(id),
    )
  const codes = Object.values(factors).filter(({ type }) => type === 'RECOVERY_CODE')
  const spent = codes.reduce((sum, { material }) => sum + 10 - Object.keys(material['codes'] ?? {}).length, 0)
  const apps = Object.values(factors).filter(({ type }) => type === 'TOTP')
  const began = (id: string) => has('session.created', id) || has('challenge.passed', id)
  return [
    ...(count('recovery_code.used') === spent ? [] : [{ _id, spent, events: count('recovery_code.used') }]),
    ...(count('factor.activated') === apps.length
      ? []
      : [{ _id, apps: apps.length, events: count('factor.activated') }]),
    ...Object.keys(sessions)
      .filter((id) => !began(id))
      .map((session) => ({ _id, session })),
  ]
}

async function workAndKill(gateway: GatewayProcess, journal: Journal, kill: number): Promise<void> {
  const before = journal.ended.length
  const working = Array.from({ length: WORKERS }, () => workUntilKilled(gateway, journal))
  // At least one whole journey, then a different moment each time.
  while (journal.ended.length <= before + 1) await pause(20)
  await pause(60 * kill + 17)
  await gateway.kill()
  await Promise.all(working)
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
