import {
  ReadAccountDocument,
  EnrollFactorDocument,
  MeDocument,
  MyFactorsDocument,
  RequireReEnrollmentDocument,
  ResetFactorsDocument,
  UnlockAccountDocument,
} from '../../schema/generated/graphql.js'
import {
  ask,
  challenged,
  eventsOf,
  guess,
  pendingSignIn,
  recoveryOption,
  ROOMY,
  storedPerson,
  wrongCode,
} from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { ADMIN, startGateway, STORES, type TestGateway } from '../support/gateway.js'
import {
  authenticatorOf,
  enrollTotp,
  registered,
  signIn,
  stepUp,
  withTotp,
  type PersonWithFactor,
} from '../support/person.js'
import { ROOT_FIELDS } from '../support/root-fields.js'

const OTHER_ADMIN = 'other-admin@example.com'
const ACTS = [
  ['resetFactors', ResetFactorsDocument, 'admin.factors_reset'],
  ['requireReEnrollment', RequireReEnrollmentDocument, 'admin.re_enrollment_required'],
  ['unlockAccount', UnlockAccountDocument, 'admin.account_unlocked'],
] as const

describe.each(STORES)("R049 operators and other accounts' factors, on the %s store", (store) => {
  let gateway: TestGateway
  let operator: PersonWithFactor

  beforeAll(async () => {
    const administrators = { STEPGATE_ADMINISTRATORS: `${ADMIN},${OTHER_ADMIN}` }
    gateway = await startGateway({ store, env: { ...ROOMY, ...administrators, STEPGATE_STEP_UP_LIMIT: '3/900' } })
    operator = await withTotp(gateway, ADMIN)
  })
  beforeEach(() => stepUp(gateway, operator.client, operator.authenticator))
  afterAll(() => gateway.close())

  const idOf = async (email: string) => (await storedPerson(gateway, email))._id
  const inputFor = async (email: string, reason = 'Called back, ticket 4711') => ({
    input: { accountId: await idOf(email), reason },
  })
  const isShut = async (client: Client) => {
    for (const field of ROOT_FIELDS.filter(({ access }) => access !== 'PUBLIC' && access !== 'PENDING')) {
      const refused = await client.send(field.document, field.sample())
      expect([field.name, refused.status, codeOf(refused)]).toEqual([field.name, 403, 'MFA_ENROLLMENT_REQUIRED'])
    }
  }

  describe.each(ACTS)('%s', (_, document, action) => {
    it('requires an operator with a proof of the last 15 minutes', async () => {
      const variables = await inputFor((await withTotp(gateway)).email)
      const person = await withTotp(gateway)
      expect(codeOf(await person.client.send(document, variables))).toBe('FORBIDDEN')
      await stepUp(gateway, operator.client, operator.authenticator)
      gateway.clock.advance(871)
      expect(codeOf(await operator.client.send(document, variables))).toBe('STEP_UP_REQUIRED')
    })

    it('is recorded with who did it, to whom and why', async () => {
      const { email } = await withTotp(gateway)
      dataOf(await operator.client.send(document, await inputFor(email)))
      const [event, ...more] = await eventsOf(gateway, email, action)
      expect(more).toEqual([])
      expect(event).toMatchObject({
        outcome: 'SUCCESS',
        actor: { id: await idOf(ADMIN), type: 'ACCOUNT' },
        metadata: { note: 'Called back, ticket 4711' },
      })
      expect(event?.targets[0]).toEqual({ id: await idOf(email), type: 'ACCOUNT' })
    })

    it("is refused on the operator's own account, on an unknown one, and without a reason", async () => {
      const { email } = await withTotp(gateway)
      const before = await storedPerson(gateway, email)
      const own = await operator.client.send(document, await inputFor(ADMIN))
      expect([codeOf(own), own.errors[0]?.extensions['messageId']]).toEqual(['BAD_USER_INPUT', 'operator.not-yourself'])
      for (const input of [
        { accountId: 'A'.repeat(22), reason: 'nobody' },
        { accountId: '$gt', reason: 'nobody' },
        { accountId: before._id, reason: ' ' },
        { accountId: before._id, reason: 'two\nlines' },
      ]) {
        expect(codeOf(await operator.client.send(document, { input }))).toBe('BAD_USER_INPUT')
      }
      expect(await storedPerson(gateway, email)).toEqual(before)
      expect(await eventsOf(gateway, ADMIN, action)).not.toContainEqual(
        expect.objectContaining({ targets: [expect.objectContaining({ id: await idOf(ADMIN) })] }),
      )
    })
  })

  it('lets operators see an account before they act on it, without its secrets', async () => {
    const person = await withTotp(gateway)
    await stepUp(gateway, person.client, person.authenticator, { rememberDevice: true })
    const { input } = await inputFor(person.email)
    const sent = await operator.client.send(ReadAccountDocument, { id: input.accountId })
    expect(dataOf(sent).account).toMatchObject({
      account: { id: input.accountId, email: person.email, enabled: true },
      factors: [
        { id: person.authenticator.factorId, type: 'TOTP', status: 'ACTIVE' },
        { type: 'RECOVERY_CODE', codesLeft: 10 },
      ],
      sessions: [{ pending: false, current: false, assurance: 'MFA' }],
      devices: [{ rememberedUntil: expect.any(String) }],
      stepUpLockedUntil: null,
      reEnrollmentRequiredSince: null,
    })
    const { factors, sessions, devices, passwordHash } = await storedPerson(gateway, person.email)
    const secrets = [
      person.authenticator.secret,
      passwordHash ?? '',
      ...person.recoveryCodes,
      ...Object.values(sessions).map(({ secretHash }) => secretHash),
      ...Object.values(devices).map(({ secretHash }) => secretHash),
      ...Object.values(factors).flatMap(({ material }) => Object.values(material).map((each) => JSON.stringify(each))),
    ]
    for (const secret of secrets.filter((each) => each.length > 5)) expect(sent.text).not.toContain(secret)
    for (const id of ['A'.repeat(22), '$gt']) {
      expect(dataOf(await operator.client.send(ReadAccountDocument, { id })).account).toBeNull()
    }
  })

  describe('a reset', () => {
    it('removes every factor, code, session, device, lock and waiting enrolment at once, and shows no secret', async () => {
      const person = await withTotp(gateway)
      await stepUp(gateway, person.client, person.authenticator, { rememberDevice: true })
      dataOf(await person.client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))
      const sent = await operator.client.send(ResetFactorsDocument, await inputFor(person.email))
      expect(dataOf(sent).resetFactors.account).toMatchObject({ factors: [], sessions: [], stepUpLockedUntil: null })
      const after = await storedPerson(gateway, person.email)
      expect(after).toMatchObject({
        factors: {},
        enrollments: {},
        activeFactorCount: 0,
        sessions: {},
        riskProfile: null,
        stepUpBudget: { failures: 0, lockedUntil: null },
      })
      expect(after.claims).toBeUndefined()
      expect(Object.values(after.devices).map(({ rememberedUntil }) => rememberedUntil)).toEqual([null])
      expect(codeOf(await person.client.send(MeDocument))).toBe('UNAUTHENTICATED')
      const [event] = await eventsOf(gateway, person.email, 'admin.factors_reset')
      expect(event?.targets.map(({ type }) => type)).toEqual(['ACCOUNT', 'FACTOR', 'FACTOR', 'FACTOR'])
      expect(await eventsOf(gateway, person.email, 'device.forgotten')).toMatchObject([{ reason: 'factors-reset' }])
    })

    it('leaves the password only a new enrolment, even where policy requires no factor', async () => {
      const person = await withTotp(gateway)
      dataOf(await operator.client.send(ResetFactorsDocument, await inputFor(person.email)))
      const { client, result } = await signIn(gateway, person.email, {}, person.client.copy())
      expect(result).toMatchObject({
        __typename: 'MfaEnrollmentRequired',
        stepUp: { reason: 'POLICY', challenge: [], enroll: expect.arrayContaining(['TOTP']) as unknown },
      })
      await isShut(client)
      expect(codeOf(await ask(client, person.authenticator.factorId))).toBe('BAD_USER_INPUT')
      const enrolled = await enrollTotp(gateway, client)
      expect(enrolled.recoveryCodes).toHaveLength(10)
      expect(codeOf(await client.send(MeDocument))).toBeNull()
      expect((await storedPerson(gateway, person.email)).reEnrollSince).toBeNull()
    })

    it('leaves no factor that is proved at the same moment', async () => {
      for (let round = 0; round < 5; round += 1) {
        const { client } = await signIn(gateway, await registered(gateway, `race${round}-${store}@example.com`))
        const { enrollFactor } = dataOf(await client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))
        const app = authenticatorOf(gateway, enrollFactor.factor.id, enrollFactor.totp?.secret ?? '')
        const email = `race${round}-${store}@example.com`
        const variables = await inputFor(email)
        await Promise.all([
          operator.client.copy().send(ResetFactorsDocument, variables),
          guess(client, enrollFactor.challenge?.id ?? '', app.code()),
        ])
        expect(await storedPerson(gateway, email)).toMatchObject({ factors: {}, sessions: {}, activeFactorCount: 0 })
      }
    }, 60_000)
  })

  describe('the demand for a new factor', () => {
    it('closes every live session, is met by the old factor and a new one, and removes the old one', async () => {
      const person = await withTotp(gateway)
      const { client: phone } = await pendingSignIn(gateway, person.email)
      await stepUp(gateway, phone, person.authenticator)
      dataOf(await operator.client.send(RequireReEnrollmentDocument, await inputFor(person.email)))
      for (const client of [person.client, phone]) await isShut(client)

      gateway.clock.advance(301)
      const refused = await phone.send(MyFactorsDocument)
      const { stepUp: need } = refused.errors[0]?.extensions as never as {
        readonly stepUp: { readonly mfaToken: string }
      }
      expect(need).toMatchObject({
        reason: 'POLICY',
        purpose: 'factor.enroll',
        maxAge: 300,
        enroll: expect.arrayContaining(['TOTP']) as unknown,
        challenge: [{ factorId: person.authenticator.factorId, type: 'TOTP' }, { type: 'RECOVERY_CODE' }],
      })
      expect(refused.headers.get('www-authenticate')).toBeNull()
      expect(codeOf(await phone.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))).toBe('STEP_UP_REQUIRED')
      await stepUp(gateway, phone, person.authenticator, { mfaToken: need.mfaToken })
      await isShut(phone)

      const fresh = await enrollTotp(gateway, phone)
      expect(fresh.recoveryCodes).toHaveLength(10)
      const { myFactors } = dataOf(await phone.send(MyFactorsDocument))
      expect(myFactors.map(({ id, type }) => (type === 'TOTP' ? id : type)).sort()).toEqual(
        [fresh.authenticator.factorId, 'RECOVERY_CODE'].sort(),
      )
      expect(codeOf(await person.client.send(MeDocument))).toBe('UNAUTHENTICATED')
      // The codes from before the demand are invalid as well.
      const { client, stepUp: asked } = await pendingSignIn(gateway, person.email)
      const challenge = await challenged(client, recoveryOption(asked))
      expect(await guess(client, challenge.id, person.recoveryCodes[0] ?? '')).toBe('CODE_INVALID')
    })

    it('still challenges the old factor at sign-in, and stays in force afterwards', async () => {
      const person = await withTotp(gateway)
      dataOf(await operator.client.send(RequireReEnrollmentDocument, await inputFor(person.email)))
      const { client } = await pendingSignIn(gateway, person.email)
      expect(codeOf(await client.send(MeDocument))).toBe('MFA_REQUIRED')
      expect(codeOf(await client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))).toBe('MFA_REQUIRED')
      await stepUp(gateway, client, person.authenticator)
      await isShut(client)
      await enrollTotp(gateway, client)
      expect(codeOf(await client.send(MeDocument))).toBeNull()
    })

    it('applies to accounts without any factor that no policy required one of', async () => {
      const email = await registered(gateway)
      const { client } = await signIn(gateway, email)
      dataOf(await operator.client.send(RequireReEnrollmentDocument, await inputFor(email)))
      await isShut(client)
      expect((await signIn(gateway, email)).result.__typename).toBe('MfaEnrollmentRequired')
    })

    it('applies to operators', async () => {
      const other = await withTotp(gateway, OTHER_ADMIN)
      dataOf(await operator.client.send(RequireReEnrollmentDocument, await inputFor(OTHER_ADMIN)))
      const target = await inputFor((await withTotp(gateway)).email)
      expect(codeOf(await other.client.send(ResetFactorsDocument, target))).toBe('MFA_ENROLLMENT_REQUIRED')
      expect(codeOf(await other.client.send(ReadAccountDocument, { id: target.input.accountId }))).toBe(
        'MFA_ENROLLMENT_REQUIRED',
      )
    })

    it('drops an enrolment that was begun before it', async () => {
      const person = await withTotp(gateway)
      const { enrollFactor } = dataOf(await person.client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }))
      dataOf(await operator.client.send(RequireReEnrollmentDocument, await inputFor(person.email)))
      expect(await guess(person.client, enrollFactor.challenge?.id ?? '', '123456')).toBe('CHALLENGE_NOT_AVAILABLE')
    })
  })

  it('opens the lock that wrong answers closed, and nothing else', async () => {
    const person = await withTotp(gateway)
    const { client } = await pendingSignIn(gateway, person.email)
    const challenge = await challenged(client, person.authenticator.factorId)
    for (let nth = 0; nth < 3; nth += 1)
      await guess(client, challenge.id, wrongCode(person.authenticator, gateway, nth))
    expect(codeOf(await ask(client, person.authenticator.factorId))).toBe('TOO_MANY_ATTEMPTS')
    const variables = await inputFor(person.email)
    const look = async () =>
      dataOf(await operator.client.send(ReadAccountDocument, { id: variables.input.accountId })).account
    expect((await look())?.stepUpLockedUntil).toMatch(/^2100-/)
    const { unlockAccount } = dataOf(await operator.client.send(UnlockAccountDocument, variables))
    expect(unlockAccount.account.stepUpLockedUntil).toBeNull()
    expect(codeOf(await client.send(MeDocument))).toBe('MFA_REQUIRED')
    await stepUp(gateway, (await pendingSignIn(gateway, person.email)).client, person.authenticator)
  })
})
