import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MeDocument } from '../../schema/generated/graphql.js'
import { newKeyText } from '../../src/config/index.js'
import { createAuditLog } from '../../src/audit/index.js'
import { systemClock } from '../../src/kernel/clock.js'
import type { FactorId } from '../../src/kernel/ids.js'
import { createAuditRepository } from '../../src/store/audit-repository.js'
import { openRepositories, openStore, type Store } from '../../src/store/index.js'
import { INVITATIONS } from '../../src/store/invitation-repository.js'
import { ORGANIZATIONS } from '../../src/store/organization-repository.js'
import type { HoldsOutbox } from '../../src/store/outbox.js'
import { outboxRepository } from '../../src/store/outbox-repository.js'
import { openPeople, type People } from '../../src/store/person-document.js'
import { challenged, guess, pendingSignIn, ROOMY } from '../support/answers.js'
import { codeOf, createClient } from '../support/client.js'
import { compileGateway, type GatewayProcess, type GatewayProgram } from '../support/gateway-process.js'
import { countryOf, everything, secrets } from '../audit/support/audit-world.js'
import { dropDatabase, ownDatabase } from '../support/mongo.js'
import { verifyStoredLog } from '../support/stored-log.js'
import { compare, type NamedDocument } from './compare-changes.js'
import { createJournal, workUntilKilled, type Journal } from './journal.js'
import { OPEN_RULES } from '../support/mfa-rules.js'
import { STORES } from '../support/stores.js'

/** `KILLS=30` for a long run. */
const KILLS = Number(process.env['KILLS'] ?? 3)
const WORKERS = 3

describe.each(STORES)(`a gateway on the %s store that is killed under load, ${KILLS} times`, (kind) => {
  const mongodbUri = kind === 'mongodb' ? ownDatabase() : null
  let directory: string
  let program: GatewayProgram
  let env: Readonly<Record<string, string>>
  const journal = createJournal()

  beforeAll(
    async () => {
      directory = await mkdtemp(join(tmpdir(), 'stepgate-kill-'))
      const where = mongodbUri === null ? { STEPGATE_DATA_DIR: directory } : { MONGODB_URI: mongodbUri }
      env = { ...ROOMY, ...where, STEPGATE_KEYS: newKeyText() }
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
    if (mongodbUri !== null) await dropDatabase(mongodbUri)
  })

  /** What the store holds, read as the next start of the gateway would. */
  async function inspect<T>(look: (kept: { people: People; store: Store }) => Promise<T>): Promise<T> {
    const store = await openStore(
      mongodbUri === null ? { dataDirectory: directory } : { dataDirectory: null, mongodbUri },
    )
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
    const { unequal, waiting, changes } = await inspect(async ({ people, store: kept }) => {
      await deliverWhatWaits(kept)
      return compare({
        events: await everything(createAuditRepository(kept)),
        people: await people.find({}),
        organizations: await kept.collection<NamedDocument>(ORGANIZATIONS).find({}),
        invitations: await kept.collection<HoldsOutbox>(INVITATIONS).find({}),
      })
    })
    expect([waiting, unequal]).toEqual([0, []])
    expect(changes).toBeGreaterThan(10 * KILLS)
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
