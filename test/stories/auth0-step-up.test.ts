import {
  ChangeEmailDocument,
  MeDocument,
  MyDevicesDocument,
  MyFactorsDocument,
  MyProfileDocument,
  UpdateProfileDocument,
} from '../../schema/generated/graphql.js'
import { ask, challenged, pendingSignIn, recoveryOption, ROOMY, sendCode, verdictOf } from '../support/answers.js'
import { codeOf, dataOf, type Answer, type Client } from '../support/client.js'
import { enrollEmail, type Mailbox } from '../support/factors.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { answer, enrollTotp, passedOf, registered, signIn, stepUp, type Authenticator } from '../support/person.js'
import { enrollPush, pushVerdict, verify, type PushDevice } from '../support/push-device.js'

interface Needed {
  readonly reason: string
  readonly assurance: string
  readonly maxAge: number
  readonly purpose: string
  readonly mfaToken: string
  readonly expiresAt: string
  readonly challenge: readonly { readonly factorId: string; readonly type: string }[]
  readonly enroll: readonly string[]
}

const needed = ({ errors }: Answer<unknown>): Needed => errors[0]?.extensions['stepUp'] as never

/* Step-up for sensitive fields: the error says what is needed, the person does it, and the same call succeeds. */
describe.each(STORES)('step-up authentication, on the %s store', (store) => {
  let gateway: TestGateway
  let email: string
  let client: Client
  let authenticator: Authenticator
  let recoveryCodes: readonly string[]
  let device: PushDevice
  let mailbox: Mailbox

  beforeAll(async () => {
    gateway = await startGateway({ store, env: { ...ROOMY, STEPGATE_RISK_MODE: 'REPORT_ONLY' } })
    email = await registered(gateway)
    client = (await signIn(gateway, email)).client
  })
  afterAll(() => gateway.close())

  const read = (by = client) => by.send(MyProfileDocument)

  describe('1. mfa_required', () => {
    it('lets a session with a password do what is not sensitive', async () => {
      expect(dataOf(await client.send(MeDocument)).me.email).toBe(email)
    })

    it('refuses a sensitive field, and says that a factor must be enrolled, and which', async () => {
      const refused = await read()
      expect([refused.status, codeOf(refused)]).toEqual([401, 'STEP_UP_REQUIRED'])
      expect(needed(refused)).toMatchObject({ assurance: 'MFA', challenge: [], purpose: 'profile.read' })
      expect(needed(refused).enroll).toEqual(expect.arrayContaining(['TOTP', 'PUSH', 'SMS']))
      expect(needed(refused).enroll).not.toContain('EMAIL')
    })

    it('runs nothing of an operation when one field of it is refused', async () => {
      const both = await client.send(
        'mutation { a: updateProfile(input: { displayName: "Ada" }) { displayName } signOut { signedOut } }',
      )
      expect([both.data, codeOf(both)]).toEqual([null, 'STEP_UP_REQUIRED'])
      expect(codeOf(await client.send(MeDocument))).toBeNull()
    })
  })

  describe('2. enrolment', () => {
    it('of an authenticator app raises the session, with recovery codes in reserve', async () => {
      ;({ authenticator, recoveryCodes } = await enrollTotp(gateway, client))
      expect(recoveryCodes).toHaveLength(10)
      expect(codeOf(await read())).toBeNull()
      dataOf(await client.send(UpdateProfileDocument, { input: { displayName: 'Ada' } }))
    })

    it('of push and of a mailbox follows from that proof', async () => {
      device = await enrollPush(gateway, client)
      ;({ mailbox } = await enrollEmail(gateway, client, `codes.${email}`))
      const { myFactors } = dataOf(await client.send(MyFactorsDocument))
      expect(myFactors.map(({ type }) => type).sort()).toEqual(['EMAIL', 'PUSH', 'RECOVERY_CODE', 'TOTP'])
    })
  })

  describe('3. the challenge', () => {
    it('is required when the proof is five minutes old: token, requirement and factors come with the error', async () => {
      gateway.clock.advance(301)
      const refused = await read()
      expect([refused.status, codeOf(refused)]).toEqual([401, 'STEP_UP_REQUIRED'])
      expect(refused.headers.get('www-authenticate')).toMatch(/insufficient_user_authentication.*max_age="?300/)
      const { challenge, maxAge, reason } = needed(refused)
      expect([maxAge, reason]).toEqual([300, 'MFA_STALE'])
      expect(challenge.map(({ type }) => type).sort()).toEqual(['PUSH', 'RECOVERY_CODE', 'TOTP'])
    })

    it('is answered, and the same call succeeds', async () => {
      const { mfaToken, challenge } = needed(await read())
      expect(challenge.map(({ factorId }) => factorId)).toContain(authenticator.factorId)
      const { id } = await challenged(client, authenticator.factorId, mfaToken)
      expect((await answer(client, id, '000000')).__typename).toBe('ChallengeFailed')
      passedOf(await answer(client, id, authenticator.code()))
      gateway.clock.advance(30)
      expect(dataOf(await read()).me.profile?.displayName).toBe('Ada')
    })

    it('can be a push prompt that is approved with the number shown', async () => {
      gateway.clock.advance(301)
      const { mfaToken } = needed(await read())
      const { id, push } = await challenged(client, device.factorId, mfaToken)
      expect(verdictOf(await verify(client, id))).not.toBe('PASSED')
      expect(pushVerdict(await device.approve(id, push?.number ?? ''))).toBe('ANSWERED')
      expect(verdictOf(await verify(client, id))).toBe('PASSED')
      expect(codeOf(await read())).toBeNull()
    })

    it('is never a code by mail: a mailbox is not a second factor', async () => {
      gateway.clock.advance(301)
      const { mfaToken } = needed(await read())
      expect(codeOf(await ask(client, mailbox.factorId, mfaToken))).toBe('BAD_USER_INPUT')
    })
  })

  describe('4. typed errors', () => {
    it('distinguish a changed token, an expired one and a spent one', async () => {
      const { mfaToken } = needed(await read())
      const changed = mfaToken.slice(0, -2) + (mfaToken.endsWith('AA') ? 'BB' : 'AA')
      expect(codeOf(await ask(client, authenticator.factorId, changed))).toBe('MFA_TOKEN_INVALID')
      await stepUp(gateway, client, authenticator, { mfaToken })
      expect(codeOf(await ask(client, authenticator.factorId, mfaToken))).toBe('MFA_TOKEN_NOT_FOUND')
      gateway.clock.advance(301)
      const old = needed(await read()).mfaToken
      gateway.clock.advance(301)
      expect(codeOf(await ask(client, authenticator.factorId, old))).toBe('MFA_TOKEN_EXPIRED')
    })

    it('name a factor that does not exist', async () => {
      const { mfaToken } = needed(await read())
      expect(codeOf(await ask(client, 'F'.repeat(22), mfaToken))).toBe('BAD_USER_INPUT')
    })
  })

  describe('5. fields that require more', () => {
    it('include a change of the address: the strongest factor there is, within minutes', async () => {
      const input = { newEmail: 'ada@elsewhere.example' }
      const refused = await client.send(ChangeEmailDocument, { input })
      expect(codeOf(refused)).toBe('STEP_UP_REQUIRED')
      expect(needed(refused)).toMatchObject({ purpose: 'email.change' })
      await stepUp(gateway, client, authenticator, { mfaToken: needed(refused).mfaToken })
      expect(codeOf(await client.send(ChangeEmailDocument, { input }))).toBeNull()
    })
  })

  describe('6. remember this device', () => {
    it('spares the prompt at sign-in, and never the one for sensitive fields', async () => {
      const { client: waiting, stepUp: asked } = await pendingSignIn(gateway, email)
      const passed = await stepUp(gateway, waiting, authenticator, { mfaToken: asked.mfaToken, rememberDevice: true })
      expect(passed.deviceRemembered).toBe(true)
      const again = await signIn(gateway, email, {}, waiting)
      expect(again.result.__typename).toBe('SignedIn')
      const refused = await read(waiting)
      expect(codeOf(refused)).toBe('STEP_UP_REQUIRED')
      await stepUp(gateway, waiting, authenticator, { mfaToken: needed(refused).mfaToken })
      expect(codeOf(await read(waiting))).toBeNull()
      const [remembered] = dataOf(await waiting.send(MyDevicesDocument)).myDevices.filter(
        ({ rememberedUntil }) => rememberedUntil,
      )
      expect(new Date(remembered?.rememberedUntil ?? '') > gateway.clock.now()).toBe(true)
    })
  })

  describe('7. a recovery code', () => {
    it('opens the account once, and a new authenticator replaces the lost one', async () => {
      const { client: waiting, stepUp: asked } = await pendingSignIn(gateway, email)
      const { id } = await challenged(waiting, recoveryOption(asked), asked.mfaToken)
      const passed = passedOf(dataOf(await sendCode(waiting, id, recoveryCodes[0]!)).verifyChallenge)
      expect(passed.session.assurance).toBe('MFA')
      expect(passed.reEnrollmentAdvised).toBe(true)
      const { client: second, stepUp: askedAgain } = await pendingSignIn(gateway, email)
      const next = await challenged(second, recoveryOption(askedAgain), askedAgain.mfaToken)
      expect(verdictOf(await sendCode(second, next.id, recoveryCodes[0]!))).toBe('CODE_INVALID')
      const replacement = await enrollTotp(gateway, waiting, { replaces: authenticator.factorId })
      const { myFactors } = dataOf(await waiting.send(MyFactorsDocument))
      expect(myFactors.filter(({ type }) => type === 'TOTP').map(({ id: factorId }) => factorId)).toEqual([
        replacement.authenticator.factorId,
      ])
      const { client: third, stepUp: askedForNew } = await pendingSignIn(gateway, email)
      await stepUp(gateway, third, replacement.authenticator, { mfaToken: askedForNew.mfaToken })
      expect(codeOf(await read(third))).toBeNull()
    })
  })
})
