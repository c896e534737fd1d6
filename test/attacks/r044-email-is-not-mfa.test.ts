import { decodeJwt } from 'jose'
import {
  EnrollFactorDocument,
  MeDocument,
  MyDevicesDocument,
  MyFactorsDocument,
  MyProfileDocument,
  SignInDocument,
} from '../../schema/generated/graphql.js'
import { ask, bearer, challenged, guess, pendingSignIn, ROOMY, wrongCode } from '../support/answers.js'
import { codeOf, dataOf, type Answer, type Client } from '../support/client.js'
import { codesMailedTo, enrollEmail, withMailbox, type PersonWithMailbox } from '../support/factors.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { gatewayForAll } from '../support/lent-gateway.js'
import { answer, enrollTotp, PASSWORD, passedOf, registered, signIn, stepUp, withTotp } from '../support/person.js'

interface AskedFor {
  readonly assurance: string
  readonly reason: string
  readonly challenge: readonly { readonly type: string }[]
  readonly enroll: readonly string[]
}

const stepUpIn = (refused: Answer<unknown>): AskedFor => refused.errors[0]?.extensions['stepUp'] as AskedFor
const typesOf = ({ challenge }: Pick<AskedFor, 'challenge'>): string[] => challenge.map(({ type }) => type)
const enrollApp = (client: Client) => client.send(EnrollFactorDocument, { input: { type: 'TOTP' } })

/** Signs in an app with password and mailed code, and returns the claims of its access token. */
async function claimsAfterMailedCode(gateway: TestGateway, { email, mailbox }: PersonWithMailbox) {
  const input = { email, password: PASSWORD, transport: 'BEARER' } as const
  const { signIn: begun } = dataOf(await gateway.client().send(SignInDocument, { input }))
  if (begun.__typename !== 'MfaRequired') throw new Error('no second factor was asked for')
  const app = bearer(gateway, begun.pendingToken ?? '')
  const { id } = await challenged(app, mailbox.factorId, begun.stepUp.mfaToken)
  const { tokens } = passedOf(await answer(app, id, await mailbox.code()))
  const { acr, amr } = decodeJwt(tokens?.accessToken ?? '')
  return { acr, amr }
}

/** Signs in a browser with password and mailed code. */
async function signedInByMail(gateway: TestGateway, { email, mailbox }: PersonWithMailbox, rememberDevice = false) {
  const { client, stepUp: asked } = await pendingSignIn(gateway, email)
  const { id } = await challenged(client, mailbox.factorId, asked.mfaToken)
  return { client, asked, passed: passedOf(await answer(client, id, await mailbox.code(), rememberDevice)) }
}

describe.each(STORES)('R044 a mailbox, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: { ...ROOMY, STEPGATE_FACTOR_FAILURE_LIMIT: '5' } })

  it('finishes the sign-in of an account with nothing better, which is still one factor', async () => {
    const person = await withMailbox(gateway)
    const { client, asked, passed } = await signedInByMail(gateway, person)
    expect({ assurance: asked.assurance, types: typesOf(asked) }).toEqual({
      assurance: 'ONE_FACTOR',
      types: ['EMAIL', 'RECOVERY_CODE'],
    })
    expect(passed.session.assurance).toBe('ONE_FACTOR')
    expect(dataOf(await client.send(MeDocument)).me.email).toBe(person.email)
  })

  it('keeps every field closed until then', async () => {
    const { email } = await withMailbox(gateway)
    const { client } = await pendingSignIn(gateway, email)
    for (const refused of [await client.send(MeDocument), await client.send(MyProfileDocument)]) {
      expect(codeOf(refused)).toBe('MFA_REQUIRED')
      expect(stepUpIn(refused)).toMatchObject({ assurance: 'ONE_FACTOR' })
      expect(typesOf(stepUpIn(refused))).toContain('EMAIL')
    }
  })

  it('does not open a field that requires MFA, and is not offered for it', async () => {
    const { client } = await signedInByMail(gateway, await withMailbox(gateway))
    const refused = await client.send(MyProfileDocument)
    expect(codeOf(refused)).toBe('STEP_UP_REQUIRED')
    expect(stepUpIn(refused)).toMatchObject({ assurance: 'MFA', reason: 'MFA_MISSING' })
    expect(typesOf(stepUpIn(refused))).toEqual(['RECOVERY_CODE'])

    const { client: bare } = await signIn(gateway, await registered(gateway))
    const { enroll } = stepUpIn(await bare.send(MyProfileDocument))
    expect(enroll).toContain('TOTP')
    expect(enroll).not.toContain('EMAIL')
  })

  it('is reported in tokens as one factor', async () => {
    const claims = await claimsAfterMailedCode(gateway, await withMailbox(gateway))
    expect(claims).toEqual({ acr: 'urn:stepgate:acr:1fa', amr: ['pwd', 'otp'] })
  })

  it('does not let a device be remembered', async () => {
    const person = await withMailbox(gateway)
    const { client, passed } = await signedInByMail(gateway, person, true)
    expect(passed.deviceRemembered).toBe(false)
    const { myDevices } = dataOf(await client.send(MyDevicesDocument))
    expect(myDevices.map(({ rememberedUntil }) => rememberedUntil)).toEqual(myDevices.map(() => null))
  })

  it('warns its owner about its limits', async () => {
    const { client } = await withMailbox(gateway)
    const { myFactors } = dataOf(await client.send(MyFactorsDocument))
    const mailbox = myFactors.find(({ type }) => type === 'EMAIL')
    expect(mailbox?.warnings.map(({ code }) => code)).toEqual(['MAILBOX_ONLY'])
    expect(mailbox?.hint).toMatch(/^c•••@example\.com$/)
  })

  it('must be proved recently before a factor is managed, and then is enough', async () => {
    const email = await registered(gateway)
    const { client: passwordOnly } = await signIn(gateway, email)
    const { client } = await signIn(gateway, email)
    const { mailbox } = await enrollEmail(gateway, client, `codes.${email}`)
    const refused = await enrollApp(passwordOnly)
    expect(codeOf(refused)).toBe('STEP_UP_REQUIRED')
    expect(typesOf(stepUpIn(refused))).toEqual(['EMAIL', 'RECOVERY_CODE'])

    gateway.clock.advance(31)
    const { id } = await challenged(passwordOnly, mailbox.factorId)
    expect(await guess(passwordOnly, id, await mailbox.code())).toBe('PASSED')
    gateway.clock.advance(301)
    expect(stepUpIn(await enrollApp(passwordOnly))).toMatchObject({ reason: 'MFA_STALE' })
    const again = await challenged(passwordOnly, mailbox.factorId)
    expect(await guess(passwordOnly, again.id, await mailbox.code())).toBe('PASSED')
    await enrollTotp(gateway, passwordOnly)
    expect(codeOf(await passwordOnly.send(MyProfileDocument))).toBeNull()
  })

  it('does not finish the sign-in of an account with an authenticator app, with or without a challenge', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const { mailbox } = await enrollEmail(gateway, client, `codes.${email}`)
    const sent = await codesMailedTo(gateway, mailbox.address)
    const { client: pending, stepUp: asked } = await pendingSignIn(gateway, email)
    expect(asked.assurance).toBe('MFA')
    expect(typesOf(asked)).toEqual(['TOTP', 'RECOVERY_CODE'])
    for (const mfaToken of [null, asked.mfaToken]) {
      const refused = await ask(pending, mailbox.factorId, mfaToken)
      expect([codeOf(refused), refused.errors[0]?.extensions['fields']]).toEqual(['BAD_USER_INPUT', ['factorId']])
    }
    expect(await codesMailedTo(gateway, mailbox.address)).toEqual(sent)
    expect((await stepUp(gateway, pending, authenticator)).session.assurance).toBe('MFA')
  })

  it('raises nothing in a session of such an account', async () => {
    const { client, email } = await withTotp(gateway)
    const { mailbox } = await enrollEmail(gateway, client, `codes.${email}`)
    gateway.clock.advance(301)
    const { id } = await challenged(client, mailbox.factorId)
    expect(await guess(client, id, await mailbox.code())).toBe('PASSED')
    for (const refused of [await client.send(MyProfileDocument), await enrollApp(client)]) {
      expect(codeOf(refused)).toBe('STEP_UP_REQUIRED')
      expect(typesOf(stepUpIn(refused))).toEqual(['TOTP', 'RECOVERY_CODE'])
    }
  })

  it('does not replace an authenticator app that wrong answers have disabled', async () => {
    const { client, email, authenticator } = await withTotp(gateway)
    const { mailbox } = await enrollEmail(gateway, client, `codes.${email}`)
    const { id } = await challenged(client, authenticator.factorId)
    for (let nth = 0; nth < 5; nth++) await guess(client, id, wrongCode(authenticator, gateway, nth))
    const { myFactors } = dataOf(await client.send(MyFactorsDocument))
    expect(myFactors.find(({ type }) => type === 'TOTP')?.status).toBe('DISABLED')

    const proof = await challenged(client, mailbox.factorId)
    expect(await guess(client, proof.id, await mailbox.code())).toBe('PASSED')
    const refused = await enrollApp(client)
    expect(codeOf(refused)).toBe('STEP_UP_REQUIRED')
    expect(typesOf(stepUpIn(refused))).toEqual(['RECOVERY_CODE'])
    const { client: pending, stepUp: asked } = await pendingSignIn(gateway, email)
    expect(typesOf(asked)).toEqual(['RECOVERY_CODE'])
    expect(codeOf(await ask(pending, mailbox.factorId))).toBe('BAD_USER_INPUT')
  })
})

describe.each(STORES)('R044 a mailbox where every account needs a second factor, on the %s store', (store) => {
  const gateway = gatewayForAll({ store, env: { ...ROOMY, STEPGATE_MFA_POLICY: 'REQUIRED' } })

  it('does not count as one: it is challenged at sign-in, and then a better factor is demanded', async () => {
    const email = await registered(gateway)
    const { client: fresh, result } = await signIn(gateway, email)
    if (result.__typename !== 'MfaEnrollmentRequired') throw new Error('no factor was asked for')
    expect(result.stepUp.enroll).toContain('TOTP')
    expect(result.stepUp.enroll).not.toContain('EMAIL')
    const { mailbox } = await enrollEmail(gateway, fresh, `codes.${email}`)
    expect(codeOf(await fresh.send(MeDocument))).toBe('MFA_ENROLLMENT_REQUIRED')

    const { client } = await pendingSignIn(gateway, email)
    expect(codeOf(await client.send(MeDocument))).toBe('MFA_REQUIRED')
    expect(codeOf(await enrollApp(client))).toBe('MFA_REQUIRED')
    const { id } = await challenged(client, mailbox.factorId)
    expect(await guess(client, id, await mailbox.code())).toBe('PASSED')
    expect(codeOf(await client.send(MeDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
    await enrollTotp(gateway, client)
    expect(codeOf(await client.send(MeDocument))).toBeNull()
  })
})

describe.each(STORES)('R044 a mailbox that the installation counts as MFA, on the %s store', (store) => {
  let gateway: TestGateway
  beforeAll(async () => {
    const env = { ...ROOMY, STEPGATE_EMAIL_CODE_IS_MFA: 'on', STEPGATE_MFA_POLICY: 'REQUIRED' }
    gateway = await startGateway({ store, env })
  })
  afterAll(() => gateway.close())

  it('satisfies policy, guards and tokens, and lets a device be remembered', async () => {
    const email = await registered(gateway)
    const { client, result } = await signIn(gateway, email)
    if (result.__typename !== 'MfaEnrollmentRequired') throw new Error('no factor was asked for')
    expect(result.stepUp.enroll).toContain('EMAIL')
    const { mailbox, recoveryCodes } = await enrollEmail(gateway, client, `codes.${email}`)
    expect(codeOf(await client.send(MyProfileDocument))).toBeNull()

    const person = { email, client, mailbox, recoveryCodes }
    const { asked, passed } = await signedInByMail(gateway, person, true)
    expect(asked.assurance).toBe('MFA')
    expect({ ...passed.session, remembered: passed.deviceRemembered }).toMatchObject({
      assurance: 'MFA',
      remembered: true,
    })
    expect(await claimsAfterMailedCode(gateway, person)).toEqual({
      acr: 'urn:stepgate:acr:mfa',
      amr: ['pwd', 'otp', 'mfa'],
    })
  })
})
