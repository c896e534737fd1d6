import {
  AccountsDocument,
  ReadAuditEventDocument,
  AuditEventsDocument,
  LabelRiskDecisionDocument,
  MeDocument,
  ResetFactorsDocument,
  ReadRiskDecisionDocument,
  VerifyAuditChainDocument,
  type RiskLabel,
} from '../../schema/generated/graphql.js'
import type { GeoLookup } from '../../src/networks/index.js'
import { createAuditLog } from '../../src/audit/index.js'
import type { AccountId } from '../../src/kernel/ids.js'
import { createAuditRepository } from '../../src/store/audit-repository.js'
import { openPeople } from '../../src/store/person-document.js'
import { secrets } from '../audit/support/audit-world.js'
import { ask, ROOMY } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { ADMIN, startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { interruptedStore } from '../support/interrupted-store.js'
import { enrollTotp, registered, signIn, stepUp, withTotp, type Authenticator } from '../support/person.js'
import { storedAccount } from '../support/stored.js'

const HOME = '198.51.100.7'
const ABROAD = '203.0.113.7'
const geo: GeoLookup = {
  locate: (address) => {
    const country = address.startsWith('203.') ? 'JP' : 'DE'
    return { kind: 'place', place: { country, latitude: country === 'JP' ? 36 : 52, longitude: 13, radiusKm: 10 } }
  },
  warmUp: async () => undefined,
}

describe.each(STORES)('an operator and risk decisions, on the %s store', (store) => {
  const network = interruptedStore()
  let gateway: TestGateway
  let operator: { readonly client: Client; readonly authenticator: Authenticator }

  beforeAll(async () => {
    const env = { ...ROOMY, STEPGATE_TRUSTED_PROXIES: 'loopback' }
    gateway = await startGateway({ store, env, geo, wrapStore: network.wrap })
    const { client } = await signIn(gateway, await registered(gateway, ADMIN), from(HOME))
    operator = { client, ...(await enrollTotp(gateway, client)) }
  })
  afterAll(() => gateway.close())

  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })
  const decision = async (id: string) =>
    dataOf(await operator.client.send(ReadRiskDecisionDocument, { id })).riskDecision
  const label = (id: string, as: RiskLabel, client = operator.client) =>
    client.send(LabelRiskDecisionDocument, { id, label: as })
  const eventsOf = async (accountId: string, actions: readonly string[]) => {
    const filter = { accountId, actions }
    return dataOf(await operator.client.send(AuditEventsDocument, { filter, first: 50 })).auditEvents.edges
  }

  /** An account whose every sign-in so far was from home. */
  async function personAtHome() {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email, from(HOME))
    const { authenticator } = await enrollTotp(gateway, client)
    await stepUp(gateway, client, authenticator, { rememberDevice: true })
    const found = dataOf(await operator.client.send(AccountsDocument, { search: email })).accounts.edges[0]
    const accountId = found?.node.id ?? ''
    /** Signs in again, on an unknown client by default, and returns the decision. */
    const signsIn = async (address: string, by: Client = gateway.client(from(address)), afterSeconds = 60) => {
      gateway.clock.advance(afterSeconds)
      await signIn(gateway, email, {}, by)
      const [newest] = await eventsOf(accountId, ['risk.assessed'])
      const made = await decision(newest?.node.id ?? '')
      if (!made) throw new Error('nothing was decided')
      return made
    }
    return { email, accountId, client, authenticator, signsIn }
  }

  const profileOf = async (email: string) => (await storedAccount(gateway, email))['riskProfile']
  const codesOf = (made: Awaited<ReturnType<typeof decision>>) => made?.risk.contributions.map(({ code }) => code) ?? []

  beforeEach(() => stepUp(gateway, operator.client, operator.authenticator))

  it('finds a decision in the audit log and reads it with its score and no label', async () => {
    const { accountId, signsIn } = await personAtHome()
    const made = await signsIn(ABROAD)
    expect(made).toMatchObject({ accountId, purpose: 'SIGN_IN', label: null, risk: { verdict: 'CHALLENGE' } })
    expect(made.context).toMatchObject({ ip: ABROAD, country: 'JP' })
    const sum = made.risk.contributions.reduce((nats, each) => nats + each.nats, 0)
    expect(made.risk.score).toBeCloseTo(sum, 6)
    // So few sign-ins do not move the threshold.
    expect(made.risk).toMatchObject({ modelVersion: 1, promptBudget: 0.07 })
    expect(made.risk.threshold).toBeCloseTo(0, 1)
  })

  it("teaches that person's profile what was legitimate, and no one else's", async () => {
    const [person, other] = [await personAtHome(), await personAtHome()]
    const now = [undefined, 0] as const
    const before = [await person.signsIn(ABROAD), await other.signsIn(ABROAD, ...now)]
    const labelled = dataOf(await label(before[0]?.id ?? '', 'LEGITIMATE')).labelRiskDecision
    expect(labelled.label).toMatchObject({ label: 'LEGITIMATE' })
    // Judged by the same population at the same moment, so not a bit may differ.
    expect((await other.signsIn(ABROAD, ...now)).risk).toEqual(before[1]?.risk)
    const after = await person.signsIn(ABROAD, ...now)
    expect((before[0]?.risk.score ?? NaN) - after.risk.score).toBeGreaterThan(2)
  })

  it('teaches it once, however many operators label it at once, and writes one event', async () => {
    const { email, accountId, signsIn } = await personAtHome()
    const { id } = await signsIn(ABROAD)
    const answers = await Promise.all(Array.from({ length: 20 }, () => label(id, 'LEGITIMATE')))
    expect(answers.map((answer) => dataOf(answer).labelRiskDecision.label?.label)).toEqual(Array(20).fill('LEGITIMATE'))
    const { riskProfile } = await storedAccount(gateway, email)
    await label(id, 'LEGITIMATE')
    expect((await storedAccount(gateway, email))['riskProfile']).toBe(riskProfile)
    expect(await eventsOf(accountId, ['risk.labelled'])).toHaveLength(1)
  })

  it('puts an account under suspicion after an attack, and reverts what was learned from it', async () => {
    const { client, signsIn } = await personAtHome()
    const usual = await signsIn(HOME, client)
    expect(usual.risk.verdict).toBe('ALLOW')
    dataOf(await label(usual.id, 'ATTACK'))
    const next = await signsIn(HOME, client)
    expect(next.risk.contributions.map(({ code }) => code)).toContain('PROMPT_DENIED')
    expect(next.risk.score).toBeGreaterThan(usual.risk.score + 1.5)
    expect((await decision(usual.id))?.label).toMatchObject({ label: 'ATTACK' })
  })

  it('restores the profile it had when a label is corrected', async () => {
    const { email, signsIn } = await personAtHome()
    const { id } = await signsIn(ABROAD)
    // An attack also ends the prompt that the last step-up spares, which no other label restores.
    for (const each of ['ATTACK', 'LEGITIMATE'] as const) dataOf(await label(id, each))
    const once = (await storedAccount(gateway, email))['riskProfile']
    dataOf(await label(id, 'ATTACK'))
    expect((await storedAccount(gateway, email))['riskProfile']).not.toBe(once)
    dataOf(await label(id, 'LEGITIMATE'))
    expect((await storedAccount(gateway, email))['riskProfile']).toBe(once)
  })

  it('counts a sign-in whose challenge was passed once, and reverts it with its session', async () => {
    const { email, accountId, authenticator, signsIn } = await personAtHome()
    const client = gateway.client(from(ABROAD))
    const { id } = await signsIn(ABROAD, client)
    const unproved = await profileOf(email)
    await stepUp(gateway, client, authenticator)
    const proved = await profileOf(email)
    expect(proved).not.toBe(unproved)
    dataOf(await label(id, 'LEGITIMATE'))
    expect(await profileOf(email)).toBe(proved)
    dataOf(await label(id, 'ATTACK'))
    expect(codesOf(await signsIn(ABROAD))).toEqual(expect.arrayContaining(['COUNTRY_NEW', 'PROMPT_DENIED']))
    expect(codeOf(await client.send(MeDocument))).toBe('UNAUTHENTICATED')
    const [ended] = await eventsOf(accountId, ['session.revoked'])
    expect(ended?.node).toMatchObject({ reason: 'labelled-attack', targets: [{ id: accountId }, { type: 'SESSION' }] })
  })

  it('does not let a sign-in labelled as an attack be finished', async () => {
    const { authenticator, signsIn } = await personAtHome()
    const client = gateway.client(from(ABROAD))
    const { id } = await signsIn(ABROAD, client)
    dataOf(await label(id, 'ATTACK'))
    expect(codeOf(await ask(client, authenticator.factorId))).toBe('UNAUTHENTICATED')
  })

  it('is not undone by a sign-in under way', async () => {
    const { client, email, signsIn } = await personAtHome()
    const { id } = await signsIn(ABROAD)
    dataOf(await label(id, 'LEGITIMATE'))
    const usual = await signsIn(HOME, client)
    expect(usual.risk.verdict).toBe('ALLOW')
    // Without a session, because the first write would be its use.
    const cookies = new Map([...client.cookies].filter(([name]) => name.includes('device')))
    network.before('accounts', 'changeOne', () => label(id, 'ATTACK'))
    // Judged again, by what the label has changed of the account.
    const judged = await signsIn(HOME, gateway.client({ ...from(HOME), cookies }))
    expect(codesOf(judged)).toEqual(expect.arrayContaining(['DEVICE_TOKEN_TRUSTED', 'PROMPT_DENIED']))
    expect(codesOf(await signsIn(ABROAD))).toContain('COUNTRY_NEW')
    expect(await profileOf(email)).not.toBeNull()
  })

  it('teaches nothing from before the profile was restarted', async () => {
    const { email, accountId, signsIn } = await personAtHome()
    const { id } = await signsIn(ABROAD)
    dataOf(await operator.client.send(ResetFactorsDocument, { input: { accountId, reason: 'lost it' } }))
    expect(dataOf(await label(id, 'LEGITIMATE')).labelRiskDecision.label).toMatchObject({ label: 'LEGITIMATE' })
    expect(await profileOf(email)).toBeNull()
    const began = await signsIn(HOME)
    const profile = await profileOf(email)
    expect(began.risk.contributions.map(({ code }) => code)).toContain('RULE_NO_HISTORY')
    for (const each of ['ATTACK', 'LEGITIMATE'] as const) dataOf(await label(id, each))
    expect(await profileOf(email)).toBe(profile)
  })

  it('shows a decision of a removed account, and cannot label it', async () => {
    const { accountId, signsIn } = await personAtHome()
    const { id } = await signsIn(ABROAD)
    await openPeople(gateway.store).deleteMany({ _id: accountId })
    expect(await decision(id)).toMatchObject({ accountId, label: null })
    expect(codeOf(await label(id, 'LEGITIMATE'))).toBe('BAD_USER_INPUT')
  })

  it('refuses a decision without stored facts', async () => {
    const { accountId } = await personAtHome()
    const store = createAuditRepository(gateway.store)
    const audit = createAuditLog({ store, clock: gateway.clock, secrets, countryOf: () => null })
    const risk = { verdict: 'CHALLENGE', level: 'MEDIUM', score: 1, contributions: [] } as const
    const actor = { id: accountId as AccountId, type: 'ACCOUNT' } as const
    await audit.record([{ action: 'risk.assessed', actor, targets: [], outcome: 'SUCCESS', context: null, risk }])
    const id = (await store.rest(audit.stream() ?? '', 0, 1))[0]?.id ?? ''
    expect(await decision(id)).toMatchObject({ accountId })
    const refused = await label(id, 'LEGITIMATE')
    expect(codeOf(refused)).toBe('BAD_USER_INPUT')
    expect(refused.errors[0]?.extensions['messageId']).toBe('risk.label-nothing-kept')
  })

  it('answers the same for an unknown id, another kind of event, and an invalid id', async () => {
    const { accountId } = await personAtHome()
    const [other] = await eventsOf(accountId, ['session.created'])
    const ids = ['A'.repeat(22), other?.node.id ?? '', '$gt', 'a.b', '__proto__']
    for (const id of ids) {
      expect(await decision(id)).toBeNull()
      expect(codeOf(await label(id, 'ATTACK'))).toBe('BAD_USER_INPUT')
    }
  })

  it('refuses decisions about the operator, and those older than a profile remembers', async () => {
    const accounts = dataOf(await operator.client.send(AccountsDocument, { search: ADMIN })).accounts
    const [own] = await eventsOf(accounts.edges[0]?.node.id ?? '', ['risk.assessed'])
    expect(codeOf(await label(own?.node.id ?? '', 'LEGITIMATE'))).toBe('BAD_USER_INPUT')
    const { id } = await (await personAtHome()).signsIn(ABROAD)
    gateway.clock.advance(181 * 86_400)
    const { client } = await signIn(gateway, ADMIN, from(HOME))
    await stepUp(gateway, client, operator.authenticator)
    operator = { ...operator, client }
    expect(codeOf(await label(id, 'LEGITIMATE'))).toBe('BAD_USER_INPUT')
  })

  it('is only for operators with a fresh second factor', async () => {
    const { signsIn } = await personAtHome()
    const { id } = await signsIn(ABROAD)
    const person = await withTotp(gateway)
    expect(codeOf(await label(id, 'ATTACK', person.client))).toBe('FORBIDDEN')
    expect(codeOf(await label(id, 'ATTACK', gateway.client()))).toBe('UNAUTHENTICATED')
    gateway.clock.advance(901)
    expect(codeOf(await label(id, 'ATTACK'))).toBe('STEP_UP_REQUIRED')
    await stepUp(gateway, operator.client, operator.authenticator)
    expect((await decision(id))?.label).toBeNull()
  })

  it('leaves the chain of the audit log unbroken, and shows no hashes of the client', async () => {
    const { signsIn } = await personAtHome()
    const { id } = await signsIn(ABROAD)
    dataOf(await label(id, 'ATTACK'))
    expect(dataOf(await operator.client.send(VerifyAuditChainDocument, {})).verifyAuditChain.intact).toBe(true)
    const event = dataOf(await operator.client.send(ReadAuditEventDocument, { id })).auditEvent
    expect(JSON.stringify(event)).not.toContain('observation')
  })
})
