import {
  MembersDocument,
  ReadOrganizationDocument,
  RefreshSessionDocument,
  SelectOrganizationDocument,
  SignInDocument,
} from '../../schema/generated/graphql.js'
import { bearer, challenged } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { enrollSms } from '../support/factors.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { bringIn, REQUIRED, setPolicy, tenant, type Tenant } from '../support/organizations.js'
import { enrollPasskey, ORIGIN, passkeyOptions, PASSKEY_ENV, presentPasskey } from '../support/passkeys.js'
import { answer, passedOf, PASSWORD, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { softPasskey } from '../support/soft-passkey.js'

const NO_SMS = { ...REQUIRED, methods: ['TOTP', 'WEBAUTHN'] } as const

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Readonly<Record<string, unknown>>

describe.each(STORES)('R138 trust from a lax organization, on the %s store', (store) => {
  let gateway: TestGateway
  let strict: Tenant
  let lax: Tenant

  beforeAll(async () => {
    gateway = await startGateway({ store, env: PASSKEY_ENV })
    lax = await tenant(gateway, 'Lax')
  })
  beforeEach(async () => {
    strict = await tenant(gateway, 'Strict')
  })
  afterAll(() => gateway.close())

  const select = (client: Client, organizationId: string | null) =>
    client.send(SelectOrganizationDocument, { input: { organizationId } })
  const signInTo = async (client: Client, email: string, organizationId: string | null) => {
    const input = { email, password: PASSWORD, ...(organizationId === null ? { discover: true } : { organizationId }) }
    const { signIn } = dataOf(await client.send(SignInDocument, { input }))
    return signIn.__typename
  }

  /** An account with an app and SMS whose device was remembered with one of them. */
  async function rememberedBy(kind: 'SMS' | 'TOTP'): Promise<PersonWithFactor> {
    const person = await withTotp(gateway)
    const { telephone } = await enrollSms(gateway, person.client)
    gateway.clock.advance(60)
    if (kind === 'TOTP') await stepUp(gateway, person.client, person.authenticator, { rememberDevice: true })
    else {
      const { id } = await challenged(person.client, telephone.factorId)
      const passed = passedOf(await answer(person.client, id, await telephone.code(), true))
      expect(passed.deviceRemembered).toBe(true)
    }
    for (const where of [lax, strict]) {
      await stepUp(gateway, person.client, person.authenticator)
      await bringIn(gateway, where, person)
    }
    return person
  }

  it('gives no remembered device to a strict one: it was remembered with a kind that is forbidden there', async () => {
    const bySms = await rememberedBy('SMS')
    const byApp = await rememberedBy('TOTP')
    dataOf(await setPolicy(gateway, strict, NO_SMS))
    expect(await signInTo(bySms.client, bySms.email, strict.id)).toBe('MfaRequired')
    expect(await signInTo(byApp.client, byApp.email, strict.id)).toBe('SignedIn')
    expect(codeOf(await byApp.client.send(ReadOrganizationDocument))).toBeNull()
    // Not through the other one either.
    expect(await signInTo(bySms.client, bySms.email, lax.id)).toBe('SignedIn')
    await select(bySms.client, strict.id)
    expect(codeOf(await bySms.client.send(ReadOrganizationDocument))).toBe('STEP_UP_REQUIRED')
  })

  it("spares no prompt at a sign-in to the lax one either, where another of the account's organizations allows no remembered device", async () => {
    const person = await rememberedBy('TOTP')
    dataOf(await setPolicy(gateway, lax, REQUIRED))
    expect(await signInTo(person.client, person.email, lax.id)).toBe('SignedIn')
    dataOf(await setPolicy(gateway, strict, { ...NO_SMS, allowRememberedDevices: false }))
    expect(await signInTo(person.client, person.email, lax.id)).toBe('MfaRequired')
    dataOf(await setPolicy(gateway, lax, { policy: 'OPTIONAL' }))
  })

  it('is claimed in no token of the strict one, even after the session has switched', async () => {
    const person = await withTotp(gateway)
    const passkey = softPasskey({ origin: ORIGIN })
    await enrollPasskey(person.client, passkey)
    for (const where of [lax, strict]) await bringIn(gateway, where, person)
    dataOf(await setPolicy(gateway, strict, { ...REQUIRED, methods: ['TOTP'] }))
    const client = gateway.client()
    const options = await passkeyOptions(client)
    const { signInWithPasskey } = dataOf(await presentPasskey(client, passkey.get(options), 'BEARER'))
    if (signInWithPasskey.__typename !== 'SignedIn') throw new Error('the passkey does not sign in')
    const { accessToken, refreshToken } = signInWithPasskey.tokens!
    expect(claimsOf(accessToken)).toMatchObject({ acr: 'urn:stepgate:acr:phr' })
    dataOf(await select(bearer(gateway, accessToken), strict.id))
    expect(codeOf(await bearer(gateway, accessToken).send(ReadOrganizationDocument))).toBe('STEP_UP_REQUIRED')
    const { refreshSession } = dataOf(await gateway.client().send(RefreshSessionDocument, { input: { refreshToken } }))
    expect(claimsOf(refreshSession.accessToken)).toMatchObject({ org_id: strict.id, acr: 'urn:stepgate:acr:1fa' })
    expect(claimsOf(refreshSession.accessToken)['amr']).not.toContain('mfa')
  })

  it('is claimed in no token of a removed member: the next token has no organization', async () => {
    const person = await withTotp(gateway)
    await bringIn(gateway, strict, person)
    const input = { email: person.email, password: PASSWORD, transport: 'BEARER', organizationId: strict.id } as const
    const { signIn } = dataOf(await gateway.client().send(SignInDocument, { input }))
    const pending = bearer(gateway, signIn.__typename === 'MfaRequired' ? (signIn.pendingToken ?? '') : '')
    const { tokens } = await stepUp(gateway, pending, person.authenticator)
    expect(claimsOf(tokens!.accessToken)).toMatchObject({ org_id: strict.id })
    dataOf(
      await person.client.send('mutation L($id: ID!) { leaveOrganization(organizationId: $id) { left } }', {
        id: strict.id,
      }),
    )
    const { refreshSession } = dataOf(
      await gateway.client().send(RefreshSessionDocument, { input: { refreshToken: tokens!.refreshToken } }),
    )
    expect(claimsOf(refreshSession.accessToken)).not.toHaveProperty('org_id')
    expect(codeOf(await bearer(gateway, refreshSession.accessToken).send(MembersDocument))).toBe('FORBIDDEN')
  })
})
