import { MeDocument } from '../../schema/generated/graphql.js'
import { codeOf } from '../support/client.js'
import { faultyStore } from '../support/faulty-store.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import {
  challenged,
  eventsOf,
  guess,
  pendingSignIn,
  ROOMY,
  sendCode,
  storedFactor,
  storedPerson,
  verdictOf,
  wrongCode,
} from '../support/answers.js'
import { withTotp } from '../support/person.js'

describe.each(STORES)('a store that does not answer, on the %s store', (store) => {
  const faults = faultyStore()
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startGateway({ store, env: ROOMY, wrapStore: faults.wrap })
  })
  afterEach(() => faults.heal())
  afterAll(() => gateway.close())

  it('R021 is reported and spends no attempt, whether the code is right or wrong', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const challenge = await challenged(client, authenticator.factorId)
    faults.failFrom('accounts', 'changeOne')
    for (const code of [authenticator.code(), wrongCode(authenticator, gateway)]) {
      const answer = await sendCode(client, challenge.id, code)
      expect([answer.status, verdictOf(answer)]).toEqual([503, 'UNAVAILABLE'])
      expect(answer.data).toBeNull()
    }
    faults.heal()
    const { sessions, stepUpBudget } = await storedPerson(gateway, email)
    const open = Object.values(sessions).flatMap((session) => Object.values(session.challenges))
    expect(open.map(({ id, attemptsLeft }) => ({ id, attemptsLeft }))).toEqual([{ id: challenge.id, attemptsLeft: 5 }])
    expect(stepUpBudget.failures).toBe(0)
    expect((await storedFactor(gateway, email, authenticator.factorId)).consecutiveFailures).toBe(0)
    expect(await guess(client, challenge.id, authenticator.code())).toBe('PASSED')
  })

  it('R021 lets no caller in when it fails between the check and the update, and leaves the code valid', async () => {
    const { email, authenticator } = await withTotp(gateway)
    const { client } = await pendingSignIn(gateway, email)
    const challenge = await challenged(client, authenticator.factorId)
    faults.failFrom('accounts', 'changeOne', 2)
    expect(await guess(client, challenge.id, authenticator.code())).toBe('UNAVAILABLE')
    faults.heal()
    expect(codeOf(await client.send(MeDocument))).toBe('MFA_REQUIRED')
    expect(await guess(client, challenge.id, authenticator.code())).toBe('PASSED')
  })

  it('R021 lets no caller in on a guess when it cannot be read', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const challenge = await challenged(client, authenticator.factorId)
    faults.failFrom('accounts', 'findOne')
    const answer = await sendCode(client, challenge.id, authenticator.code())
    expect([answer.status, verdictOf(answer)]).toEqual([503, 'UNAVAILABLE'])
  })

  it('R176 keeps the events of a change with the account while only the audit log cannot be written', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const challenge = await challenged(client, authenticator.factorId)
    faults.failFrom('auditEvents', 'insert')
    expect(await guess(client, challenge.id, authenticator.code())).toBe('PASSED')
    const passed = async () => (await eventsOf(gateway, email, 'challenge.passed')).map(({ targets }) => targets[0]?.id)
    expect(await passed()).not.toContain(challenge.id)

    faults.heal()
    gateway.clock.advance(3601)
    await gateway.app.sweepAudit()
    expect(await passed()).toContain(challenge.id)
  })

  it('answers nothing when an event without a change cannot be written', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const challenge = await challenged(client, authenticator.factorId)
    faults.failFrom('auditEvents', 'insert')
    const answer = await sendCode(client, challenge.id, wrongCode(authenticator, gateway))
    expect([answer.status, verdictOf(answer)]).toEqual([503, 'UNAVAILABLE'])
    expect(answer.data).toBeNull()
  })
})
