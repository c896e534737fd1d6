import { decodeJwt } from 'jose'
import {
  MyFactorsDocument,
  MyProfileDocument,
  SignInDocument,
  type FactorType,
} from '../../schema/generated/graphql.js'
import { challenged, sendCode } from '../support/answers.js'
import { codeOf, createClient, dataOf, type Client } from '../support/client.js'
import { enrollEmail, enrollSms, type Mailbox, type Telephone } from '../support/factors.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { enrollPasskey, ORIGIN, passkeyOptions, PASSKEY_ENV, presentPasskey, sendPasskey } from '../support/passkeys.js'
import { enrollTotp, PASSWORD, passedOf, registered, signIn, type Authenticator } from '../support/person.js'
import { enrollPush, pushVerdict, verify, type PushDevice } from '../support/push-device.js'
import { softPasskey, type SoftPasskey } from '../support/soft-passkey.js'

type Passed = ReturnType<typeof passedOf>
type Challenge = Awaited<ReturnType<typeof challenged>>

describe.each(STORES)('an account with a factor of every kind, on the %s store', (store) => {
  let gateway: TestGateway
  let email: string
  let client: Client
  let telephone: Telephone
  let authenticator: Authenticator
  let passkey: SoftPasskey
  let device: PushDevice
  let mailbox: Mailbox
  let recoveryCodes: readonly string[]

  beforeAll(async () => {
    gateway = await startGateway({
      store,
      env: { ...PASSKEY_ENV, STEPGATE_RISK_MODE: 'REPORT_ONLY', STEPGATE_AUDIT_LINGER: '60000' },
    })
    email = await registered(gateway)
    client = (await signIn(gateway, email)).client
  })
  afterAll(() => gateway.close())

  it('enrols one after the other, the first with recovery codes, each with the proof of the previous one', async () => {
    ;({ telephone, recoveryCodes } = await enrollSms(gateway, client))
    expect(recoveryCodes).toHaveLength(10)
    const app = await enrollTotp(gateway, client)
    expect(app.recoveryCodes).toEqual([])
    authenticator = app.authenticator
    passkey = softPasskey({ origin: ORIGIN })
    await enrollPasskey(client, passkey)
    device = await enrollPush(gateway, client)
    ;({ mailbox } = await enrollEmail(gateway, client, `codes.${email}`))
    const { myFactors } = dataOf(await client.send(MyFactorsDocument))
    expect(myFactors.map(({ type, status }) => `${type} ${status}`).sort()).toEqual(
      ['EMAIL', 'PUSH', 'RECOVERY_CODE', 'SMS', 'TOTP', 'WEBAUTHN'].map((type) => `${type} ACTIVE`),
    )
    expect(
      myFactors
        .filter(({ warnings }) => warnings.length > 0)
        .map(({ type }) => type)
        .sort(),
    ).toEqual(['EMAIL', 'SMS'])
  })

  async function inFourCommands<T>(work: () => Promise<T>): Promise<T> {
    const before = gateway.app.roundTrips()
    const answer = await work()
    expect(gateway.app.roundTrips() - before).toBeLessThanOrEqual(4)
    return answer
  }

  /** Answers a challenge as its owner would. */
  const ANSWERS: Readonly<Record<Exclude<FactorType, 'EMAIL'>, (by: Client, asked: Challenge) => Promise<Passed>>> = {
    TOTP: async (by, { id }) => passed(await inFourCommands(() => sendCode(by, id, authenticator.code()))),
    SMS: async (by, { id }) => {
      const code = await telephone.code()
      return passed(await inFourCommands(() => sendCode(by, id, code)))
    },
    WEBAUTHN: async (by, { id, webauthn }) => {
      const answer = passkey.get(webauthn?.requestOptions ?? {})
      return passed(await inFourCommands(() => sendPasskey(by, id, answer)))
    },
    PUSH: async (by, { id, push }) => {
      expect(pushVerdict(await device.approve(id, push?.number ?? ''))).toBe('ANSWERED')
      return passed(await inFourCommands(() => verify(by, id)))
    },
    RECOVERY_CODE: async (by, { id }) => passed(await inFourCommands(() => sendCode(by, id, recoveryCodes[0] ?? ''))),
  }
  const passed = (answer: Parameters<typeof dataOf<{ verifyChallenge: Parameters<typeof passedOf>[0] }>>[0]) =>
    passedOf(dataOf(answer).verifyChallenge)

  it.each([
    ['TOTP', 'mfa', ['pwd', 'otp', 'mfa']],
    ['SMS', 'mfa', ['pwd', 'sms', 'mfa']],
    ['WEBAUTHN', 'phr', ['pwd', 'hwk', 'user', 'mfa']],
    ['PUSH', 'mfa', ['pwd', 'swk', 'mfa']],
    ['RECOVERY_CODE', 'mfa', ['pwd', 'otp', 'mfa']],
  ] as const)(
    'signs in with the password and %s, in four store commands, and the token says so',
    async (type, acr, amr) => {
      gateway.clock.advance(3601)
      const input = { email, password: PASSWORD, transport: 'BEARER' } as const
      const { signIn: result } = dataOf(await gateway.client().send(SignInDocument, { input }))
      if (result.__typename !== 'MfaRequired') throw new Error(`an unexpected sign-in: ${result.__typename}`)
      const { challenge, mfaToken } = result.stepUp
      expect(challenge.map((option) => option.type)).not.toContain('EMAIL')
      const option = challenge.find((each) => each.type === type)
      const headers = { authorization: `Bearer ${result.pendingToken ?? ''}` }
      const pending = createClient(gateway.url, { headers })
      const asked = await challenged(pending, option?.factorId ?? '', mfaToken)
      const { tokens, session, reEnrollmentAdvised, factor } = await ANSWERS[type](pending, asked)
      const claims = decodeJwt(tokens?.accessToken ?? '')
      expect([claims['acr'], claims['amr']]).toEqual([`urn:stepgate:acr:${acr}`, amr])
      expect(session.assurance).toBe(acr === 'phr' ? 'PHISHING_RESISTANT' : 'MFA')
      expect([reEnrollmentAdvised, factor.codesLeft]).toEqual(type === 'RECOVERY_CODE' ? [true, 9] : [false, null])
      const signedIn = createClient(gateway.url, { headers: { authorization: `Bearer ${tokens?.accessToken ?? ''}` } })
      expect(codeOf(await signedIn.send(MyProfileDocument))).toBeNull()
    },
  )

  it('signs in with the passkey and nothing else', async () => {
    const visitor = gateway.client()
    const { signInWithPasskey } = dataOf(await presentPasskey(visitor, passkey.get(await passkeyOptions(visitor))))
    expect(signInWithPasskey).toMatchObject({
      __typename: 'SignedIn',
      session: { assurance: 'PHISHING_RESISTANT', pending: false },
    })
    expect(codeOf(await visitor.send(MyProfileDocument))).toBeNull()
  })

  it('proves the mailbox too, which opens nothing that requires MFA', async () => {
    gateway.clock.advance(3601)
    const browser = (await signIn(gateway, email)).client
    const aboutApp = await challenged(browser, authenticator.factorId)
    passed(await sendCode(browser, aboutApp.id, authenticator.code()))
    gateway.clock.advance(301)
    const refused = await browser.send(MyProfileDocument)
    const { challenge } = refused.errors[0]?.extensions['stepUp'] as { challenge: { type: string }[] }
    expect(challenge.map(({ type }) => type)).toEqual(['WEBAUTHN', 'TOTP', 'PUSH', 'SMS', 'RECOVERY_CODE'])
    const aboutMailbox = await challenged(browser, mailbox.factorId)
    passed(await sendCode(browser, aboutMailbox.id, await mailbox.code()))
    expect(codeOf(await browser.send(MyProfileDocument))).toBe('STEP_UP_REQUIRED')
  })
})
