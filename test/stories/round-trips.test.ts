import {
  ChallengeFactorDocument,
  MeDocument,
  SignInDocument,
  VerifyChallengeDocument,
} from '../../schema/generated/graphql.js'
import { aroundStore } from '../support/around-store.js'
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
  // Events are written when the test says so; otherwise a moment after the answer.
  const gateway = gatewayForAll({ store, env: { STEPGATE_AUDIT_LINGER: '60000' } })

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

  it('are at most three for a sign-in, two for a challenge, three for its answer, and two for the events of all', async () => {
    const person = await withTotp(gateway)
    await gateway.app.drainAudit()
    const flow = await flowOf(gateway, person)
    const drained = await commandsOf(() => gateway.app.drainAudit())
    expect(flow).toEqual({ signedIn: 3, challenged: 2, verified: 3 })
    expect(drained.commands).toBe(2)
  })

  it('are at most three for a sign-in and three for a code at hand, answered in one call', async () => {
    const { email, authenticator } = await withTotp(gateway)
    await gateway.app.drainAudit()
    const client = gateway.client({ userAgent: CHROME })
    const signedIn = await commandsOf(() => client.send(SignInDocument, { input: { email, password: PASSWORD } }))
    const input = { factorId: authenticator.factorId, code: authenticator.code() }
    const verified = await commandsOf(() => client.send(VerifyChallengeDocument, { input }))
    expect(dataOf(verified.answer).verifyChallenge.__typename).toBe('ChallengePassed')
    expect([signedIn.commands, verified.commands]).toEqual([3, 3])
  })

  it('for the events of many people at once are as many as for one', async () => {
    // One after another: each enrolment moves the clock.
    const people: Awaited<ReturnType<typeof withTotp>>[] = []
    for (let nth = 0; nth < 5; nth += 1) people.push(await withTotp(gateway))
    await gateway.app.drainAudit()
    const flows = await commandsOf(() => Promise.all(people.map((person) => flowOf(gateway, person))))
    const drained = await commandsOf(() => gateway.app.drainAudit())
    expect(flows.commands).toBe(5 * (3 + 2 + 3))
    expect(drained.commands).toBe(2)
  })
})

/** A sign-in with a second factor, and the commands on the way to each answer. */
async function flowOf(gateway: TestGateway, { email, authenticator }: Awaited<ReturnType<typeof withTotp>>) {
  const client = gateway.client({ userAgent: CHROME })
  const signedIn = await commandsTo(gateway, () =>
    client.send(SignInDocument, { input: { email, password: PASSWORD } }),
  )
  expect(dataOf(signedIn.answer).signIn.__typename).toBe('MfaRequired')
  const { factorId } = authenticator
  const challenged = await commandsTo(gateway, () => client.send(ChallengeFactorDocument, { input: { factorId } }))
  const challengeId = dataOf(challenged.answer).challengeFactor.id
  const input = { challengeId, code: authenticator.code() }
  const verified = await commandsTo(gateway, () => client.send(VerifyChallengeDocument, { input }))
  expect(dataOf(verified.answer).verifyChallenge.__typename).toBe('ChallengePassed')
  return { signedIn: signedIn.commands, challenged: challenged.commands, verified: verified.commands }
}

describe.each(STORES)('changes of a person on the %s store', (store) => {
  const changes: string[] = []
  const gateway = gatewayForAll({
    store,
    env: { STEPGATE_AUDIT_LINGER: '60000' },
    wrapStore: (opened) =>
      aroundStore(opened, ({ collection, verb }, carryOut) => {
        if (collection === 'accounts' && !verb.startsWith('find')) changes.push(verb)
        return carryOut()
      }),
  })

  it('are one for a sign-in, two for its code and one for the first use of the session after it', async () => {
    const { email, authenticator } = await withTotp(gateway)
    const client = gateway.client({ userAgent: CHROME })
    const changesOf = async (work: () => Promise<unknown>): Promise<number> => {
      changes.length = 0
      await work()
      return changes.length
    }
    const signedIn = await changesOf(() => client.send(SignInDocument, { input: { email, password: PASSWORD } }))
    const input = { factorId: authenticator.factorId, code: authenticator.code() }
    const verified = await changesOf(() => client.send(VerifyChallengeDocument, { input }))
    const checked = await changesOf(async () => dataOf(await client.send(MeDocument)))
    expect([signedIn, verified, checked]).toEqual([1, 2, 1])
  })
})

describe.each(STORES)('commands to the %s store for a member of an organization', (store) => {
  let gateway: TestGateway
  beforeAll(async () => {
    // A separate gateway: the others are measured without background work.
    gateway = await startGateway({ store, env: { STEPGATE_AUDIT_LINGER: '60000' } })
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
    gateway = await startGateway({ store, env: { STEPGATE_RISK_MODE: 'REPORT_ONLY', STEPGATE_AUDIT_LINGER: '60000' } })
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
    // Two and three, and one of background polling, which under load falls into every round.
    expect(Math.min(...rounds.map(({ challenged }) => challenged))).toBeLessThanOrEqual(3)
    expect(Math.min(...rounds.map(({ verified }) => verified))).toBeLessThanOrEqual(4)
  })
})
