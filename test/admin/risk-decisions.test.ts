import {
  AccountsDocument,
  AuditEventDocument,
  AuditEventsDocument,
  LabelRiskDecisionDocument,
  RiskDecisionDocument,
  VerifyAuditChainDocument,
  type RiskLabel,
} from '../../src/client/generated/graphql.js'
import type { GeoLookup } from '../../src/risk/index.js'
import { ROOMY } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { ADMIN, startGateway, STORES, type TestGateway } from '../support/gateway.js'
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
  let gateway: TestGateway
  let operator: { readonly client: Client; readonly authenticator: Authenticator }

  beforeAll(async () => {
    gateway = await startGateway({ store, env: { ...ROOMY, STEPGATE_TRUSTED_PROXIES: 'loopback' }, geo })
    const { client } = await signIn(gateway, await registered(gateway, ADMIN), from(HOME))
    operator = { client, ...(await enrollTotp(gateway, client)) }
  })
  afterAll(() => gateway.close())

  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })
  const decision = async (id: string) => dataOf(await operator.client.send(RiskDecisionDocument, { id })).riskDecision
  const label = (id: string, as: RiskLabel, client = operator.client) =>
    client.send(LabelRiskDecisionDocument, { id, label: as })
  const eventsOf = async (accountId: string, actions: readonly string[]) => {
    const filter = { accountId, actions }
    return dataOf(await operator.client.send(AuditEventsDocument, { filter, first: 50 })).auditEvents.edges
  }

  /** Somebody whose every sign-in so far was from home. */
  async function personAtHome() {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email, from(HOME))
    const { authenticator } = await enrollTotp(gateway, client)
    await stepUp(gateway, client, authenticator, { rememberDevice: true })
    const found = dataOf(await operator.client.send(AccountsDocument, { search: email })).accounts.edges[0]
    const accountId = found?.node.id ?? ''
    /** Signs in anew, on a client nobody has seen unless one is given, and answers what was decided. */
    const signsIn = async (address: string, by?: Client) => {
      gateway.clock.advance(60)
      await signIn(gateway, email, from(address), by)
      const [newest] = await eventsOf(accountId, ['risk.assessed'])
      const made = await decision(newest?.node.id ?? '')
      if (!made) throw new Error('nothing was decided')
      return made
    }
    return { email, accountId, client, signsIn }
  }

  beforeEach(() => stepUp(gateway, operator.client, operator.authenticator))

  it('finds a decision in the audit log and reads it whole, with its score and no label', async () => {
    const { accountId, signsIn } = await personAtHome()
    const made = await signsIn(ABROAD)
    expect(made).toMatchObject({ accountId, purpose: 'SIGN_IN', label: null, risk: { verdict: 'CHALLENGE' } })
    expect(made.context).toMatchObject({ ip: ABROAD, country: 'JP' })
    const sum = made.risk.contributions.reduce((nats, each) => nats + each.nats, 0)
    expect(made.risk.score).toBeCloseTo(sum, 6)
  })

  it('teaches the profile of that person what was legitimate, and nobody else', async () => {
    const [person, other] = [await personAtHome(), await personAtHome()]
    const before = [await person.signsIn(ABROAD), await other.signsIn(ABROAD)]
    const labelled = dataOf(await label(before[0]?.id ?? '', 'LEGITIMATE')).labelRiskDecision
    expect(labelled.label).toMatchObject({ label: 'LEGITIMATE' })
    const after = [await person.signsIn(ABROAD), await other.signsIn(ABROAD)]
    const fell = before.map((each, at) => each.risk.score - (after[at]?.risk.score ?? NaN))
    expect(fell[0]).toBeGreaterThan(2)
    expect(fell[1]).toBeCloseTo(0, 1)
  })

  it('learns once, however many operators say it at once, and writes one event', async () => {
    const { email, accountId, signsIn } = await personAtHome()
    const { id } = await signsIn(ABROAD)
    const answers = await Promise.all(Array.from({ length: 20 }, () => label(id, 'LEGITIMATE')))
    expect(answers.map((answer) => dataOf(answer).labelRiskDecision.label?.label)).toEqual(Array(20).fill('LEGITIMATE'))
    const { riskProfile } = await storedAccount(gateway, email)
    await label(id, 'LEGITIMATE')
    expect((await storedAccount(gateway, email))['riskProfile']).toBe(riskProfile)
    expect(await eventsOf(accountId, ['risk.labelled'])).toHaveLength(1)
  })

  it('puts an account under suspicion after an attack, and takes what was learned of it back', async () => {
    const { client, signsIn } = await personAtHome()
    const usual = await signsIn(HOME, client)
    expect(usual.risk.verdict).toBe('ALLOW')
    dataOf(await label(usual.id, 'ATTACK'))
    const next = await signsIn(HOME, client)
    expect(next.risk.contributions.map(({ code }) => code)).toContain('PROMPT_DENIED')
    expect(next.risk.score).toBeGreaterThan(usual.risk.score + 1.5)
    expect((await decision(usual.id))?.label).toMatchObject({ label: 'ATTACK' })
  })

  it('comes back to the profile it had when a label is corrected', async () => {
    const { email, signsIn } = await personAtHome()
    const { id } = await signsIn(ABROAD)
    // An attack also ends what the last step-up spares, which no other label brings back.
    for (const each of ['ATTACK', 'LEGITIMATE'] as const) dataOf(await label(id, each))
    const once = (await storedAccount(gateway, email))['riskProfile']
    dataOf(await label(id, 'ATTACK'))
    expect((await storedAccount(gateway, email))['riskProfile']).not.toBe(once)
    dataOf(await label(id, 'LEGITIMATE'))
    expect((await storedAccount(gateway, email))['riskProfile']).toBe(once)
  })

  it('answers the same for what is unknown, another kind of event, and no id at all', async () => {
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

  it('is for operators with a fresh second factor alone', async () => {
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

  it('leaves the chain of the audit log whole, and shows no hashes of the client', async () => {
    const { signsIn } = await personAtHome()
    const { id } = await signsIn(ABROAD)
    dataOf(await label(id, 'ATTACK'))
    expect(dataOf(await operator.client.send(VerifyAuditChainDocument, {})).verifyAuditChain.intact).toBe(true)
    const event = dataOf(await operator.client.send(AuditEventDocument, { id })).auditEvent
    expect(JSON.stringify(event)).not.toContain('observation')
  })
})
