import {
  ChallengeFactorDocument,
  CloseAccountDocument,
  MeDocument,
  SignInDocument,
} from '../../schema/generated/graphql.js'
import { createAuditLog } from '../../src/audit/index.js'
import type { AccountId } from '../../src/kernel/ids.js'
import { createAuditRepository } from '../../src/store/audit-repository.js'
import { openPeople } from '../../src/store/person-document.js'
import { aRequest, anEvent, countryOf, secrets } from '../audit/support/audit-world.js'
import { bearer, sendCode, storedPerson, verdictOf } from '../support/answers.js'
import { refresh, signInApp } from '../support/app.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { faultyStore } from '../support/faulty-store.js'
import { startGateway, STORES, until, type TestGateway } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { interruptedStore } from '../support/interrupted-store.js'
import { PASSWORD, registered, signIn, withTotp } from '../support/person.js'
import { PROXIED, rawStore, tracedPerson, tracesIn } from '../support/traces.js'
import type { Verb } from '../support/around-store.js'
import { isMessage } from '../support/messages.js'

const close = (client: Client) => client.send(CloseAccountDocument, { input: { password: PASSWORD } })
const eventsAbout = (gateway: TestGateway, accountId: string) =>
  createAuditRepository(gateway.store).find({ filter: { accountId }, order: 'OLDEST_FIRST', limit: 1000 })
const actionsAbout = async (gateway: TestGateway, accountId: string) =>
  (await eventsAbout(gateway, accountId)).map(({ action }) => action)
const find = (gateway: TestGateway, id: string) => openPeople(gateway.store).findOne({ _id: id })
const isGone = (gateway: TestGateway, id: string) =>
  until(async () => ((await actionsAbout(gateway, id)).includes('account.erased') ? true : null))

describe.each(STORES)('closing an account while other things happen, on the %s store', (store) => {
  const network = interruptedStore()
  const gateway = gatewayForAll({ store, env: PROXIED, wrapStore: network.wrap })

  async function person() {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const { _id: id } = await storedPerson(gateway, email)
    return { email, client, id }
  }

  it('stops a sign-in under way', async () => {
    const { email, client, id } = await person()
    const stranger = gateway.client()
    network.before('accounts', 'changeOne', () => close(client))
    const input = { email, password: PASSWORD }
    expect(codeOf(await stranger.send(SignInDocument, { input }))).toBe('UNAUTHENTICATED')
    expect(codeOf(await stranger.send(MeDocument))).toBe('UNAUTHENTICATED')
    await isGone(gateway, id)
    expect(await find(gateway, id)).toBeNull()
  })

  it('ends a session that was just opened', async () => {
    const { email, client, id } = await person()
    const other: { client?: Client } = {}
    network.before('accounts', 'changeOne', async () => {
      other.client = (await signIn(gateway, email)).client
    })
    expect(dataOf(await close(client)).closeAccount.closed).toBe(true)
    expect(codeOf(await (other.client ?? client).send(MeDocument))).toBe('UNAUTHENTICATED')
    await isGone(gateway, id)
  })

  it('leaves no session that was being refreshed', async () => {
    const { email, client, id } = await person()
    const { accessToken, refreshToken } = await signInApp(gateway, email)
    network.before('accounts', 'changeOne', () => close(client))
    expect(codeOf(await refresh(gateway, refreshToken))).toBe('UNAUTHENTICATED')
    expect(codeOf(await refresh(gateway, refreshToken))).toBe('UNAUTHENTICATED')
    expect(codeOf(await bearer(gateway, accessToken).send(MeDocument))).toBe('UNAUTHENTICATED')
    await isGone(gateway, id)
  })

  it('leaves no session that was proving its second factor', async () => {
    const { client, authenticator, email } = await withTotp(gateway)
    const { _id: id } = await storedPerson(gateway, email)
    const waiting = (await signIn(gateway, email)).client
    const { factorId } = authenticator
    const sent = await waiting.send(ChallengeFactorDocument, { input: { factorId } })
    const { challengeFactor } = dataOf(sent)
    network.before('accounts', 'changeOne', () => close(client))
    expect(verdictOf(await sendCode(waiting, challengeFactor.id, authenticator.code()))).not.toBe('PASSED')
    expect(codeOf(await waiting.send(MeDocument))).toBe('UNAUTHENTICATED')
    await isGone(gateway, id)
  })

  it('is done once for any number of parallel callers', async () => {
    const { email, client, id } = await person()
    const clients = await Promise.all(Array.from({ length: 5 }, async () => (await signIn(gateway, email)).client))
    const answers = await Promise.all([client, ...clients].map(close))
    expect(answers.filter((answer) => answer.data?.closeAccount.closed)).toHaveLength(1)
    expect(new Set(answers.map(codeOf))).toEqual(new Set([null, 'UNAUTHENTICATED']))
    await isGone(gateway, id)
    const actions = await actionsAbout(gateway, id)
    expect(actions.filter((action) => action === 'account.closed')).toHaveLength(1)
    expect(actions.filter((action) => action === 'account.erased')).toHaveLength(1)
    expect((await gateway.mailTo(email)).filter(isMessage('account-closed'))).toHaveLength(1)
  })

  it('is refused when the calling session was ended meanwhile', async () => {
    const { email, client, id } = await person()
    const people = openPeople(gateway.store)
    network.before('accounts', 'changeOne', () => people.updateOne({ _id: id }, { $set: { sessions: {} } }))
    expect(codeOf(await close(client))).toBe('UNAUTHENTICATED')
    expect((await storedPerson(gateway, email)).status).toBe('ACTIVE')
  })

  it('cleans up late writes', async () => {
    const traced = await tracedPerson(gateway)
    expect(dataOf(await close(traced.client)).closeAccount.closed).toBe(true)
    await isGone(gateway, traced.id)
    const { clock } = gateway
    const elsewhere = createAuditLog({ store: createAuditRepository(gateway.store), clock, secrets, countryOf })
    const origin = { ...aRequest().origin, address: traced.traces['ip'] ?? '' }
    const actor = { id: traced.id as AccountId, type: 'ACCOUNT' } as const
    await elsewhere.record([anEvent({ actor, context: aRequest({ origin }) })])
    expect(tracesIn(await rawStore(gateway), traced)).toContain('ip')
    gateway.clock.advance(901)
    await gateway.app.resumeErasures()
    expect(tracesIn(await rawStore(gateway), traced)).toEqual([])
    expect(await gateway.app.verifyAudit(() => undefined)).toBe(0)
  })
})

const STEPS: readonly (readonly [what: string, collection: string, verb: Verb, nth: number])[] = [
  ['before it is on record', 'auditEvents', 'insert', 1],
  ['before the notice is noted', 'accounts', 'changeOne', 2],
  ['before the links go', 'confirmations', 'deleteMany', 1],
  ['before the counters go', 'limits', 'deleteMany', 1],
  ['before the events are read', 'auditEvents', 'find', 1],
  ['before they are emptied', 'auditEvents', 'updateMany', 1],
  ['before it is buried', 'erasures', 'updateOne', 1],
  ['before the account goes', 'accounts', 'deleteMany', 1],
  ['before its end is noted', 'erasures', 'changeOne', 1],
]

describe.each(STORES)('an erasure whose process dies half way, on the %s store', (store) => {
  const fault = faultyStore()
  const gateway = gatewayForAll({ store, env: PROXIED, wrapStore: fault.wrap })

  it.each(STEPS)('%s lets no one in, and any process can finish it', async (_what, collection, verb, nth) => {
    const traced = await tracedPerson(gateway)
    fault.failFrom(collection, verb, nth)
    const answer = await close(traced.client)
    expect([null, 'UNAVAILABLE']).toContain(codeOf(answer))
    await until(async () => ((await find(gateway, traced.id))?.status === 'ACTIVE' ? null : true))
    // Work after the answer has failed by now, or never began.
    await new Promise((resolve) => setTimeout(resolve, 200))
    fault.heal()
    expect(codeOf(await traced.client.send(MeDocument))).toBe('UNAUTHENTICATED')
    const input = { email: traced.email, password: PASSWORD }
    expect(codeOf(await gateway.client().send(SignInDocument, { input }))).toBe('UNAUTHENTICATED')
    expect(await gateway.app.verifyAudit(() => undefined)).toBe(0)

    gateway.clock.advance(121)
    await gateway.app.resumeErasures()
    expect(await find(gateway, traced.id)).toBeNull()
    gateway.clock.advance(901)
    await gateway.app.resumeErasures()
    expect(tracesIn(await rawStore(gateway), traced)).toEqual([])
    expect(await gateway.app.verifyAudit(() => undefined)).toBe(0)
    const actions = await actionsAbout(gateway, traced.id)
    expect(actions).toContain('account.closed')
    expect(actions).toContain('account.erased')
    const told = (await gateway.mailTo(traced.email)).filter(isMessage('account-closed'))
    expect(told.length).toBeGreaterThan(0)
  })

  it('is taken over by one of several processes', async () => {
    const traced = await tracedPerson(gateway)
    fault.failFrom('confirmations', 'deleteMany')
    dataOf(await close(traced.client))
    await until(async () => ((await find(gateway, traced.id))?.erasure?.step === 'TOLD' ? true : null))
    await new Promise((resolve) => setTimeout(resolve, 200))
    fault.heal()
    await gateway.app.resumeErasures()
    expect(await find(gateway, traced.id)).not.toBeNull()
    gateway.clock.advance(121)
    await Promise.all([gateway.app.resumeErasures(), gateway.app.resumeErasures(), gateway.app.resumeErasures()])
    expect(await find(gateway, traced.id)).toBeNull()
    const ends = (await actionsAbout(gateway, traced.id)).filter((action) => action === 'account.erased')
    expect(ends).toHaveLength(1)
  })
})

// Only one process can use the embedded store, so a second one needs MongoDB.
const describeWithMongo = STORES.includes('mongodb') ? describe : describe.skip

describeWithMongo('R069 an account closed in one process', () => {
  let here: TestGateway
  let there: TestGateway
  beforeAll(async () => {
    here = await startGateway({ store: 'mongodb', env: PROXIED })
    there = await startGateway({ store: 'mongodb', beside: here })
  })
  afterAll(async () => {
    await there.close()
    await here.close()
  })

  it('takes effect in the other at once: cookies, access tokens, refresh tokens, sign-ins', async () => {
    const email = await registered(here)
    const { client } = await signIn(here, email)
    const other = (await signIn(here, email)).client
    const { accessToken, refreshToken } = await signInApp(here, email)
    expect(codeOf(await other.at(there.url).send(MeDocument))).toBeNull()
    dataOf(await close(client))
    expect(codeOf(await other.at(there.url).send(MeDocument))).toBe('UNAUTHENTICATED')
    expect(codeOf(await bearer(there, accessToken).send(MeDocument))).toBe('UNAUTHENTICATED')
    expect(codeOf(await refresh(there, refreshToken))).toBe('UNAUTHENTICATED')
    const input = { email, password: PASSWORD }
    expect(codeOf(await there.client().send(SignInDocument, { input }))).toBe('UNAUTHENTICATED')
  })
})
