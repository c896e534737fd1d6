import {
  ChallengeFactorDocument,
  MeDocument,
  SignInDocument,
  VerifyChallengeDocument,
} from '../../schema/generated/graphql.js'
import { CHROME, dataOf } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { createOrganization } from '../support/organizations.js'
import { PASSWORD, withTotp } from '../support/person.js'
import { enrolled, newBackend, newOperator } from '../support/services.js'

async function commandsTo<T>(gateway: TestGateway, work: () => Promise<T>): Promise<{ commands: number; answer: T }> {
  const before = gateway.app.roundTrips()
  const answer = await work()
  return { commands: gateway.app.roundTrips() - before, answer }
}

describe.each(STORES)('commands to the %s store', (store) => {
  const gateway = gatewayForAll({ store })

  const commandsOf = <T>(work: () => Promise<T>) => commandsTo(gateway, work)

  it('are one for a signed-in query, even when the use of the session has to be recorded', async () => {
    const { client } = await withTotp(gateway)
    dataOf(await client.send(MeDocument))
    for (const seconds of [0, 61, 3, 120]) {
      gateway.clock.advance(seconds)
      const { commands, answer } = await commandsOf(() => client.send(MeDocument))
      dataOf(answer)
      expect({ seconds, commands }).toEqual({ seconds, commands: 1 })
    }
  })

  it('are at most five for a sign-in, three for a challenge, four for its answer', async () => {
    const { email, authenticator } = await withTotp(gateway)
    const client = gateway.client({ userAgent: CHROME })
    const input = { email, password: PASSWORD }
    const signedIn = await commandsOf(() => client.send(SignInDocument, { input }))
    expect(dataOf(signedIn.answer).signIn.__typename).toBe('MfaRequired')
    const { factorId } = authenticator
    const challenged = await commandsOf(() => client.send(ChallengeFactorDocument, { input: { factorId } }))
    const challengeId = dataOf(challenged.answer).challengeFactor.id
    const answered = { challengeId, code: authenticator.code() }
    const verified = await commandsOf(() => client.send(VerifyChallengeDocument, { input: answered }))
    expect(dataOf(verified.answer).verifyChallenge.__typename).toBe('ChallengePassed')
    expect(signedIn.commands).toBeLessThanOrEqual(5)
    expect(challenged.commands).toBeLessThanOrEqual(3)
    expect(verified.commands).toBeLessThanOrEqual(4)
  })
})

describe.each(STORES)('commands to the %s store for a member of an organization', (store) => {
  let gateway: TestGateway
  beforeAll(async () => {
    // A separate gateway: the others are measured without background work.
    gateway = await startGateway({ store })
  })
  afterAll(() => gateway.close())

  it('are one for a signed-in query, besides background polling', async () => {
    const { client } = await withTotp(gateway)
    await createOrganization(client)
    dataOf(await client.send(MeDocument))
    const calls = 40
    const startedAt = performance.now()
    const before = gateway.app.roundTrips()
    for (let nth = 0; nth < calls; nth += 1) dataOf(await client.send(MeDocument))
    const commands = gateway.app.roundTrips() - before
    // Changes are polled in the background, every 400 ms under any load.
    const looks = Math.ceil((performance.now() - startedAt) / 400) + 1
    expect(commands).toBeGreaterThanOrEqual(calls)
    expect(commands).toBeLessThanOrEqual(calls + looks)
  })
})

describe.each(STORES)('commands to the %s store for a backend', (store) => {
  let gateway: TestGateway
  beforeAll(async () => {
    // Every sign-in is challenged.
    gateway = await startGateway({ store, env: { STEPGATE_RISK_MODE: 'REPORT_ONLY' } })
  })
  afterAll(() => gateway.close())
  const commandsOf = <T>(work: () => Promise<T>) => commandsTo(gateway, work)

  it('are no more than for the person: its key is cached while it is active', async () => {
    const shop = await newBackend(gateway, await newOperator(gateway))
    const { authenticator } = await enrolled(gateway, shop, 'ada')
    const { factorId } = authenticator
    const rounds: { readonly challenged: number; readonly verified: number }[] = []
    for (let round = 0; round < 4; round += 1) {
      const acting = shop.actingFor((await shop.begin('ada')).pendingToken)
      const challenged = await commandsOf(() => acting.send(ChallengeFactorDocument, { input: { factorId } }))
      const challengeId = dataOf(challenged.answer).challengeFactor.id
      const answered = { challengeId, code: authenticator.code() }
      const verified = await commandsOf(() => acting.send(VerifyChallengeDocument, { input: answered }))
      expect(dataOf(verified.answer).verifyChallenge.__typename).toBe('ChallengePassed')
      rounds.push({ challenged: challenged.commands, verified: verified.commands })
      gateway.clock.advance(30)
    }
    // Background polling for changes falls into one round or another.
    expect(Math.min(...rounds.map(({ challenged }) => challenged))).toBeLessThanOrEqual(3)
    expect(Math.min(...rounds.map(({ verified }) => verified))).toBeLessThanOrEqual(4)
  })
})
