import { EnrollFactorDocument, RevokeServiceKeyDocument } from '../../schema/generated/graphql.js'
import { openPeople } from '../../src/store/person-document.js'
import { ask, bearer, ROOMY, sendCode, verdictOf } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { authenticatorOf, stepUp, type PersonWithFactor } from '../support/person.js'
import { beginPush, connectDevice, verify } from '../support/push-device.js'
import { enrolled, newBackend, newOperator, type Backend } from '../support/services.js'

describe.each(STORES)('R123 an authentication begun with a service key, on the %s store', (store) => {
  let gateway: TestGateway
  let operator: PersonWithFactor
  let key: Backend
  let subjects = 0

  beforeAll(async () => {
    const env = { ...ROOMY, STEPGATE_FACTORS: 'TOTP,PUSH', STEPGATE_SERVICE_KEY_LIMIT_ADDRESS: '1000/900' }
    gateway = await startGateway({ store, env })
    operator = await newOperator(gateway)
  })
  afterAll(() => gateway.close())
  beforeEach(async () => {
    key = await newBackend(gateway, operator)
  })

  const revokeKey = async () => {
    await stepUp(gateway, operator.client, operator.authenticator)
    dataOf(await operator.client.send(RevokeServiceKeyDocument, { id: key.keyId }))
  }
  const newSubject = () => `ada${(subjects += 1)}`
  const factorsOf = async (subject: string) =>
    Object.values((await openPeople(gateway.store).findOne({ email: `${subject}@people.example` }))?.factors ?? {})

  /** The session of a sign-in that waits for the account's authenticator. */
  async function waiting() {
    const { subject, authenticator } = await enrolled(gateway, key, newSubject())
    const { pendingToken, stepUp: asked } = await key.begin(subject)
    const client = bearer(gateway, pendingToken ?? '')
    const challenge = dataOf(await ask(client, authenticator.factorId, asked?.mfaToken ?? '')).challengeFactor
    return { client, authenticator, challenge, pendingToken }
  }

  it('is finished while the key works', async () => {
    const { client, authenticator, challenge } = await waiting()
    expect(verdictOf(await sendCode(client, challenge.id, authenticator.code()))).toBe('PASSED')
  })

  it('ends with the key: an open challenge cannot be answered, by any caller', async () => {
    const other = await newBackend(gateway, operator)
    const { client, authenticator, challenge, pendingToken } = await waiting()
    await revokeKey()
    const callers: Client[] = [client, other.actingFor(pendingToken), key.actingFor(pendingToken)]
    for (const caller of callers) {
      expect(verdictOf(await sendCode(caller, challenge.id, authenticator.code()))).toBe('UNAUTHENTICATED')
      expect(codeOf(await ask(caller, authenticator.factorId))).toBe('UNAUTHENTICATED')
    }
  })

  it('ends with the key: an enrolment is not proved', async () => {
    const subject = newSubject()
    const { pendingToken } = await key.begin(subject, { intent: 'ENROLL' })
    const client = bearer(gateway, pendingToken ?? '')
    const { enrollFactor } = dataOf(await client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))
    const app = authenticatorOf(gateway, enrollFactor.factor.id, enrollFactor.totp?.secret ?? '')
    await revokeKey()
    expect(verdictOf(await sendCode(client, enrollFactor.challenge?.id ?? '', app.code()))).toBe('UNAUTHENTICATED')
    expect(await factorsOf(subject)).toEqual([])
  })

  it('ends with the key: a device connected through its URL proves nothing', async () => {
    const subject = newSubject()
    const { pendingToken } = await key.begin(subject, { intent: 'ENROLL' })
    const client = bearer(gateway, pendingToken ?? '')
    const { challenge, number, connectUrl } = await beginPush(client)
    const device = await connectDevice(gateway, connectUrl)
    await revokeKey()
    await device.approve(challenge.id, number)
    expect(verdictOf(await verify(client, challenge.id))).toBe('UNAUTHENTICATED')
    expect(await factorsOf(subject)).toEqual([])
  })

  it('ends when the key expires', async () => {
    const expiresAt = new Date(gateway.clock.now().getTime() + 120_000).toISOString()
    key = await newBackend(gateway, operator, { expiresAt })
    const { client, authenticator, challenge } = await waiting()
    gateway.clock.advance(120)
    expect(verdictOf(await sendCode(client, challenge.id, authenticator.code()))).toBe('UNAUTHENTICATED')
  })
})
