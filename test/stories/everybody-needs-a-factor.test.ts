import {
  ChangeEmailDocument,
  EnrollFactorDocument,
  MeDocument,
  MyProfileDocument,
  RemoveFactorDocument,
  SignInDocument,
  SignUpDocument,
} from '../../schema/generated/graphql.js'
import { bearer } from '../support/answers.js'
import { signInApp } from '../support/app.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { keptDirectory, type KeptDirectory } from '../support/kept-directory.js'
import { enrollTotp, PASSWORD, registered, signIn, stepUp, type Authenticator } from '../support/person.js'
import { ROOT_FIELDS } from '../support/root-fields.js'

const REQUIRED = { STEPGATE_MFA_POLICY: 'REQUIRED' }

describe.each(STORES)('where every account needs a second factor, on the %s store', (store) => {
  let kept: KeptDirectory
  let gateway: TestGateway
  let email: string
  let client: Client
  let authenticator: Authenticator

  beforeAll(async () => {
    kept = await keptDirectory(store)
    gateway = await startGateway({ env: { ...kept.env, ...REQUIRED } })
  })
  afterAll(async () => {
    await gateway.close()
    await kept.remove()
  })

  it('accepts passwords of eight characters, because none of them signs in alone', async () => {
    const input = { email: 'short@example.com', password: 'plumquat' }
    expect(codeOf(await gateway.client().send(SignUpDocument, { input }))).toBeNull()
    const shorter = { ...input, password: 'plumqua' }
    expect(codeOf(await gateway.client().send(SignUpDocument, { input: shorter }))).toBe('BAD_USER_INPUT')
  })

  it('makes an account without a factor enrol one before the sign-in is finished', async () => {
    email = await registered(gateway)
    const arrived = await signIn(gateway, email)
    client = arrived.client
    expect(arrived.result).toMatchObject({
      __typename: 'MfaEnrollmentRequired',
      stepUp: { reason: 'POLICY', challenge: [], enroll: ['WEBAUTHN', 'TOTP', 'PUSH', 'SMS'], assurance: 'MFA' },
    })
  })

  it('closes every field to that pending session', async () => {
    for (const field of ROOT_FIELDS.filter(({ access }) => access !== 'PUBLIC' && access !== 'PENDING')) {
      const refused = await client.send(field.document, field.sample())
      expect([field.name, refused.status, codeOf(refused)]).toEqual([field.name, 403, 'MFA_ENROLLMENT_REQUIRED'])
    }
  })

  it('lets it enrol, and the first proof finishes the sign-in', async () => {
    const enrolled = await enrollTotp(gateway, client)
    authenticator = enrolled.authenticator
    expect(enrolled.recoveryCodes).toHaveLength(10)
    expect(dataOf(await client.send(MeDocument)).me.email).toBe(email)
    expect(codeOf(await client.send(MyProfileDocument))).toBeNull()
  })

  it('keeps the last factor', async () => {
    const refused = await client.send(RemoveFactorDocument, { factorId: authenticator.factorId })
    expect([refused.status, codeOf(refused)]).toEqual([403, 'FORBIDDEN'])
    expect((await signIn(gateway, email)).result.__typename).toBe('MfaRequired')
  })

  it('takes the same steps with tokens', async () => {
    const input = { email: await registered(gateway), password: PASSWORD, transport: 'BEARER' } as const
    const { signIn: result } = dataOf(await gateway.client().send(SignInDocument, { input }))
    if (result.__typename !== 'MfaEnrollmentRequired') throw new Error('no factor was asked for')
    const app = bearer(gateway, result.pendingToken ?? '')
    expect(codeOf(await app.send(MeDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
    expect(dataOf(await app.send(EnrollFactorDocument, { input: { type: 'TOTP' } })).enrollFactor.totp).not.toBeNull()
  })

  it('applies to sessions that were open before the policy changed, from their next request', async () => {
    await gateway.close()
    gateway = await startGateway({ env: kept.env, clock: gateway.clock })
    const early = await registered(gateway, 'early@example.com')
    const { client: browser } = await signIn(gateway, early)
    const { accessToken } = await signInApp(gateway, early)
    expect(codeOf(await browser.send(MeDocument))).toBeNull()
    await gateway.close()
    gateway = await startGateway({ env: { ...kept.env, ...REQUIRED }, clock: gateway.clock })
    for (const caller of [browser.at(gateway.url), bearer(gateway, accessToken)]) {
      expect(codeOf(await caller.send(MeDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
      expect(codeOf(await caller.send(ChangeEmailDocument, { input: { newEmail: 'x@example.com' } }))).toBe(
        'MFA_ENROLLMENT_REQUIRED',
      )
    }
    const enrolling = browser.at(gateway.url)
    const enrolled = await enrollTotp(gateway, enrolling)
    expect(codeOf(await enrolling.send(MeDocument))).toBeNull()
    expect((await stepUp(gateway, enrolling, enrolled.authenticator)).session.assurance).toBe('MFA')
  })
})
