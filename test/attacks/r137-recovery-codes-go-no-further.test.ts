import {
  EnrollFactorDocument,
  MeDocument,
  MembersDocument,
  ReadOrganizationDocument,
  RefreshSessionDocument,
  SelectOrganizationDocument,
  SetOrganizationMfaPolicyDocument,
  SignInDocument,
  type OrganizationMfaPolicyInput,
} from '../../schema/generated/graphql.js'
import { bearer, challenged, guess, recoveryOption, storedPerson } from '../support/answers.js'
import { codeOf, dataOf, type Answer, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import {
  bringIn,
  createOrganization,
  OPTIONAL,
  REQUIRED,
  setPolicy,
  tenant,
  type Tenant,
} from '../support/organizations.js'
import { ORIGIN, PASSKEY_ENV, enrollPasskey } from '../support/passkeys.js'
import { PASSWORD, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { softPasskey } from '../support/soft-passkey.js'

const POLICIES: readonly (readonly [string, OrganizationMfaPolicyInput])[] = [
  ['names kinds', { ...OPTIONAL, methods: ['TOTP', 'WEBAUTHN'] }],
  ['only allows passkeys', { ...REQUIRED, methods: ['WEBAUTHN'] }],
  ['asks roles', { ...OPTIONAL, roles: [{ role: 'ADMIN', assurance: 'PHISHING_RESISTANT' }] }],
  ['requires a second factor of its roles', { ...OPTIONAL, roles: [{ role: 'ADMIN', assurance: 'MFA' }] }],
]

describe.each(STORES)('R137 a recovery code, where the organization names kinds or roles, on the %s store', (store) => {
  let gateway: TestGateway
  let acme: Tenant
  let person: PersonWithFactor

  beforeAll(async () => {
    gateway = await startGateway({ store, env: PASSKEY_ENV })
  })
  beforeEach(async () => {
    acme = await tenant(gateway)
    person = await withTotp(gateway)
    await enrollPasskey(person.client, softPasskey({ origin: ORIGIN }))
    await bringIn(gateway, acme, person, 'ADMIN')
    await enrollPasskey(acme.admin.client, softPasskey({ origin: ORIGIN }))
    gateway.clock.advance(60)
  })
  afterAll(() => gateway.close())

  /** An attacker with the password and one recovery code. */
  async function arrive(transport: 'COOKIE' | 'BEARER' = 'COOKIE') {
    const input = { email: person.email, password: PASSWORD, transport }
    const fresh = gateway.client()
    const { signIn: result } = dataOf(await fresh.send(SignInDocument, { input }))
    if (result.__typename !== 'MfaRequired') throw new Error(`an unexpected sign-in: ${result.__typename}`)
    const client = result.pendingToken ? bearer(gateway, result.pendingToken) : fresh
    const { id } = await challenged(client, recoveryOption(result.stepUp), result.stepUp.mfaToken)
    return { client, id }
  }
  async function withCode(nth = 0): Promise<Client> {
    const { client, id } = await arrive()
    expect(await guess(client, id, person.recoveryCodes[nth]!)).toBe('PASSED')
    await client.send(SelectOrganizationDocument, { input: { organizationId: acme.id } })
    return client
  }
  const attacks = (client: Client): Promise<Answer<unknown>>[] => [
    client.send(ReadOrganizationDocument),
    client.send(MembersDocument),
    client.send(SetOrganizationMfaPolicyDocument, { input: OPTIONAL }),
  ]
  async function expectShut(client: Client): Promise<void> {
    const refused = await Promise.all(attacks(client))
    expect(refused.map(codeOf)).toEqual(refused.map(() => 'MFA_ENROLLMENT_REQUIRED'))
  }

  it.each(POLICIES)('reads and changes nothing of one that %s', async (_, policy) => {
    dataOf(await setPolicy(gateway, acme, policy))
    const client = await withCode()
    await expectShut(client)
    // The person's own account is open to it, and so is enrolling a new factor.
    expect(codeOf(await client.send(MeDocument))).toBeNull()
    expect(codeOf(await client.send(EnrollFactorDocument, { input: { type: 'WEBAUTHN' } }))).toBeNull()
  })

  it('is enough once the new factor is proved', async () => {
    dataOf(await setPolicy(gateway, acme, { ...REQUIRED, methods: ['WEBAUTHN'] }))
    const client = await withCode()
    await expectShut(client)
    await enrollPasskey(client, softPasskey({ origin: ORIGIN }))
    expect((await Promise.all(attacks(client))).map(codeOf)).toEqual([null, null, null])
  })

  it('opens no more through the step-up that an operation of the organization opened', async () => {
    dataOf(await setPolicy(gateway, acme, { ...OPTIONAL, methods: ['TOTP', 'WEBAUTHN'] }))
    gateway.clock.advance(1000)
    const refused = await person.client.send(MembersDocument)
    expect(codeOf(refused)).toBe('STEP_UP_REQUIRED')
    const asked = refused.errors[0]?.extensions['stepUp'] as {
      readonly mfaToken: string
      readonly challenge: { readonly type: string }[]
    }
    expect(asked.challenge.map(({ type }) => type)).not.toContain('RECOVERY_CODE')
    const { factors } = await storedPerson(gateway, person.email)
    const recovery = Object.values(factors).find(({ type }) => type === 'RECOVERY_CODE')!
    const direct = await challenged(person.client, recovery.id)
    expect(await guess(person.client, direct.id, person.recoveryCodes[1]!)).toBe('PASSED')
    expect(codeOf(await person.client.send(MembersDocument))).toBe('STEP_UP_REQUIRED')
  })

  it('opens no more through a session for another organization, or for none, that switches', async () => {
    dataOf(await setPolicy(gateway, acme, { ...REQUIRED, methods: ['WEBAUTHN'] }))
    const client = await withCode()
    const mine = await createOrganization(client, 'Mine')
    for (const organizationId of [mine, null, acme.id]) {
      dataOf(await client.send(SelectOrganizationDocument, { input: { organizationId } }))
    }
    await expectShut(client)
  })

  it('opens no more after a refresh, and its tokens claim no more than it proved there', async () => {
    dataOf(await setPolicy(gateway, acme, { ...REQUIRED, methods: ['WEBAUTHN'] }))
    const { client, id } = await arrive('BEARER')
    const sent = dataOf(
      await client.send(
        `mutation V($input: VerifyChallengeInput!) { verifyChallenge(input: $input) { __typename ... on ChallengePassed { tokens { accessToken refreshToken } } } }`,
        { input: { challengeId: id, recoveryCode: person.recoveryCodes[0] } },
      ),
    ) as unknown as { verifyChallenge: { tokens: { accessToken: string; refreshToken: string } } }
    const { accessToken, refreshToken } = sent.verifyChallenge.tokens
    const { refreshSession } = dataOf(await gateway.client().send(RefreshSessionDocument, { input: { refreshToken } }))
    for (const token of [accessToken, refreshSession.accessToken]) {
      const claims = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>
      expect([claims['org_id'], claims['acr']]).toEqual([acme.id, 'urn:stepgate:acr:1fa'])
      expect(claims['amr']).not.toContain('mfa')
      await expectShut(bearer(gateway, token))
    }
  })

  it('cannot have a device remembered that would open it', async () => {
    dataOf(await setPolicy(gateway, acme, { ...OPTIONAL, methods: ['TOTP', 'WEBAUTHN'] }))
    const { client, id } = await arrive()
    await client.send('mutation V($input: VerifyChallengeInput!) { verifyChallenge(input: $input) { __typename } }', {
      input: { challengeId: id, recoveryCode: person.recoveryCodes[0], rememberDevice: true },
    })
    await expectShut(client)
    const { devices } = await storedPerson(gateway, person.email)
    expect(Object.values(devices).filter(({ rememberedUntil }) => rememberedUntil !== null)).toEqual([])
  })

  it('works as usual where the organization names neither: it replaces the lost factor', async () => {
    dataOf(await setPolicy(gateway, acme, REQUIRED))
    const client = await withCode()
    expect(codeOf(await client.send(MembersDocument))).toBeNull()
    await stepUp(gateway, client, person.authenticator)
    expect(codeOf(await client.send(ReadOrganizationDocument))).toBeNull()
  })
})
