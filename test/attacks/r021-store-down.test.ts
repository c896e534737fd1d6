import { EnrollFactorDocument, MeDocument } from '../../schema/generated/graphql.js'
import { codeOf, dataOf } from '../support/client.js'
import { faultyStore } from '../support/faulty-store.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import {
  challenged,
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

  it('issues nothing when the audit log cannot be written', async () => {
    const { client, authenticator } = await withTotp(gateway)
    const challenge = await challenged(client, authenticator.factorId)
    faults.failFrom('auditEvents', 'insert')
    const passed = await sendCode(client, challenge.id, authenticator.code())
    expect(verdictOf(passed)).toBe('UNAVAILABLE')
    expect(passed.headers.getSetCookie()).toEqual([])

    faults.heal()
    const other = await withTotp(gateway)
    faults.failFrom('auditEvents', 'insert')
    const enrolled = await other.client.send(EnrollFactorDocument, { input: { type: 'TOTP' } })
    expect([codeOf(enrolled), enrolled.data]).toEqual(['UNAVAILABLE', null])
    faults.heal()
    expect(dataOf(await other.client.send(MeDocument)).me.email).toBe(other.email)
  })
})
