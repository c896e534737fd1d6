import {
  ChangeEmailDocument,
  MeDocument,
  MyProfileDocument,
  SignOutDocument,
  VerifyAuditChainDocument,
} from '../../schema/generated/graphql.js'
import { CHROME, codeOf, dataOf } from '../support/client.js'
import { ADMIN, startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { enrollTotp, passedOf, registered, signIn, stepUp, type Authenticator } from '../support/person.js'
import type { Client } from '../support/client.js'

describe.each(STORES)('the first step-up, on the %s store', (store) => {
  let gateway: TestGateway
  let email: string
  let client: Client
  let authenticator: Authenticator

  beforeAll(async () => {
    gateway = await startGateway({ store })
  })
  afterAll(() => gateway.close())

  it('signs a person in with the password once the address is confirmed', async () => {
    email = await registered(gateway, ADMIN)
    const arrived = await signIn(gateway, email)
    client = arrived.client
    expect(arrived.result).toMatchObject({ __typename: 'SignedIn', session: { assurance: 'ONE_FACTOR' } })
    expect(dataOf(await client.send(MeDocument)).me.email).toBe(email)
  })

  it('keeps personal data closed and says that a factor must be enrolled', async () => {
    const refused = await client.send(MyProfileDocument)
    expect(refused.status).toBe(401)
    expect(codeOf(refused)).toBe('STEP_UP_REQUIRED')
    expect(refused.errors[0]?.extensions['stepUp']).toMatchObject({
      reason: 'MFA_MISSING',
      purpose: 'profile.read',
      maxAge: 300,
      acrValues: ['urn:stepgate:acr:mfa'],
      challenge: [],
      enroll: ['WEBAUTHN', 'TOTP', 'PUSH', 'SMS'],
    })
    expect(refused.headers.get('www-authenticate')).toMatch(/^Bearer error="insufficient_user_authentication"/)
  })

  it('opens it once an authenticator app is enrolled and proved, and hands out ten recovery codes', async () => {
    const enrolled = await enrollTotp(gateway, client)
    authenticator = enrolled.authenticator
    expect(new Set(enrolled.recoveryCodes).size).toBe(10)
    expect(dataOf(await client.send(MyProfileDocument)).me.profile).toMatchObject({ taxId: null })
  })

  it('demands a new proof when the old one is older than the field allows', async () => {
    gateway.clock.advance(271)
    const refused = await client.send(MyProfileDocument)
    expect(refused.errors[0]?.extensions['stepUp']).toMatchObject({ reason: 'MFA_STALE' })
  })

  it('accepts a fresh proof and remembers the device', async () => {
    const passed = await stepUp(gateway, client, authenticator, { rememberDevice: true })
    expect(passed.deviceRemembered).toBe(true)
    expect(codeOf(await client.send(MyProfileDocument))).toBeNull()
  })

  it('spares the remembered device the prompt at sign-in, but not at a sensitive field', async () => {
    dataOf(await client.send(SignOutDocument))
    expect(codeOf(await client.send(MeDocument))).toBe('UNAUTHENTICATED')
    const { result } = await signIn(gateway, email, {}, client)
    expect(result.__typename).toBe('SignedIn')
    const refused = await client.send(ChangeEmailDocument, { input: { newEmail: 'new@example.com' } })
    expect(codeOf(refused)).toBe('STEP_UP_REQUIRED')
  })

  it('challenges another device for the second factor', async () => {
    const { client: elsewhere, result } = await signIn(gateway, email, { userAgent: CHROME })
    expect(result.__typename).toBe('MfaRequired')
    expect(codeOf(await elsewhere.send(MeDocument))).toBe('MFA_REQUIRED')
    const passed = await stepUp(gateway, elsewhere, authenticator)
    expect(passedOf({ ...passed, __typename: 'ChallengePassed' }).session.assurance).toBe('MFA')
    expect(dataOf(await elsewhere.send(MeDocument)).me.email).toBe(email)
  })

  it('leaves an audit log whose chain is intact', async () => {
    await stepUp(gateway, client, authenticator)
    const { verifyAuditChain } = dataOf(await client.send(VerifyAuditChainDocument))
    expect(verifyAuditChain.intact).toBe(true)
    expect(verifyAuditChain.checked).toBeGreaterThan(15)
  })
})
