import {
  ReadOrganizationDocument,
  SetMemberRoleDocument,
  RenameOrganizationDocument,
  SetOrganizationMfaPolicyDocument,
  type OrganizationMfaPolicyInput,
} from '../../schema/generated/graphql.js'
import { bearer, ROOMY, storedPerson } from '../support/answers.js'
import { refresh, signInAppWithFactor, signInApp } from '../support/app.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { bringIn, OPTIONAL, REQUIRED, setPolicy, tenant, type Tenant } from '../support/organizations.js'
import { enrollPasskey, ORIGIN, PASSKEY_ENV } from '../support/passkeys.js'
import { registered, signIn, stepUp, withTotp } from '../support/person.js'
import { softPasskey } from '../support/soft-passkey.js'

const PASSKEYS: OrganizationMfaPolicyInput = { ...REQUIRED, methods: ['WEBAUTHN'] }

/** A member of the organization without a second factor. */
async function member(gateway: TestGateway, where: Tenant): Promise<{ email: string; client: Client }> {
  const email = await registered(gateway)
  const { client } = await signIn(gateway, email)
  await bringIn(gateway, where, { email, client })
  return { email, client }
}

describe.each(STORES)('R085 a changed policy, on the %s store', (store) => {
  let gateway: TestGateway
  let acme: Tenant

  beforeAll(async () => {
    gateway = await startGateway({ store, env: PASSKEY_ENV })
  })
  beforeEach(async () => {
    acme = await tenant(gateway)
  })
  afterAll(() => gateway.close())

  it('applies to the next operation of a session that was already open', async () => {
    const { client } = await member(gateway, acme)
    expect(codeOf(await client.send(ReadOrganizationDocument))).toBeNull()
    dataOf(await setPolicy(gateway, acme, REQUIRED))
    const refused = await client.send(ReadOrganizationDocument)
    expect([refused.status, codeOf(refused)]).toEqual([403, 'MFA_ENROLLMENT_REQUIRED'])
    expect(refused.errors[0]?.extensions['stepUp']).toMatchObject({ reason: 'POLICY', challenge: [] })
    dataOf(await setPolicy(gateway, acme, OPTIONAL))
    expect(codeOf(await client.send(ReadOrganizationDocument))).toBeNull()
  })

  it('challenges a person whose proof is older than the new maximum age, each time it gets that old', async () => {
    const person = await withTotp(gateway)
    await bringIn(gateway, acme, person)
    dataOf(await setPolicy(gateway, acme, { ...REQUIRED, maxAgeSeconds: 600 }))
    expect(codeOf(await person.client.send(ReadOrganizationDocument))).toBeNull()
    for (let round = 0; round < 2; round += 1) {
      gateway.clock.advance(601)
      const refused = await person.client.send(ReadOrganizationDocument)
      expect([refused.status, codeOf(refused)]).toEqual([401, 'STEP_UP_REQUIRED'])
      const asked = refused.errors[0]?.extensions['stepUp'] as { readonly mfaToken: string }
      expect(asked).toMatchObject({ reason: 'POLICY', maxAge: 600, challenge: expect.anything() })
      await stepUp(gateway, person.client, person.authenticator, { mfaToken: asked.mfaToken })
      expect(codeOf(await person.client.send(ReadOrganizationDocument))).toBeNull()
    }
  })

  it('demands a passkey where only passkeys count from now on, whatever a token claims', async () => {
    const person = await withTotp(gateway)
    await bringIn(gateway, acme, person)
    const { accessToken } = await signInAppWithFactor(gateway, person)
    await enrollPasskey(acme.admin.client, softPasskey({ origin: ORIGIN }))
    expect(codeOf(await bearer(gateway, accessToken).send(ReadOrganizationDocument))).toBeNull()
    dataOf(await acme.admin.client.send(SetOrganizationMfaPolicyDocument, { input: PASSKEYS }))
    for (const client of [person.client, bearer(gateway, accessToken)]) {
      const refused = await client.send(ReadOrganizationDocument)
      expect(codeOf(refused)).toBe('MFA_ENROLLMENT_REQUIRED')
      expect(refused.errors[0]?.extensions['stepUp']).toMatchObject({ enroll: ['WEBAUTHN'] })
    }
    expect(codeOf(await acme.admin.client.send(ReadOrganizationDocument))).toBeNull()
  })

  it('grants a new role, and revokes one, with the next operation', async () => {
    const person = await withTotp(gateway)
    await bringIn(gateway, acme, person)
    const accountId = (await storedPerson(gateway, person.email))._id
    const rename = () => person.client.send(RenameOrganizationDocument, { input: { name: 'Renamed' } })
    expect(codeOf(await rename())).toBe('FORBIDDEN')
    for (const [role, code] of [
      ['ADMIN', null],
      ['MEMBER', 'FORBIDDEN'],
    ] as const) {
      dataOf(await acme.admin.client.send(SetMemberRoleDocument, { input: { accountId, role } }))
      expect(codeOf(await rename())).toBe(code)
    }
  })
})

// Only one process can use the embedded store, so a second one needs MongoDB.
const describeWithMongo = STORES.includes('mongodb') ? describe : describe.skip

describeWithMongo('R085 a policy that was changed in one process', () => {
  let here: TestGateway
  let there: TestGateway
  let acme: Tenant

  beforeAll(async () => {
    here = await startGateway({ store: 'mongodb', env: ROOMY })
    there = await startGateway({ store: 'mongodb', beside: here, env: ROOMY })
  })
  beforeEach(async () => {
    acme = await tenant(here)
  })
  afterAll(async () => {
    await there.close()
    await here.close()
  })

  /** How long the other process still admits a caller, in milliseconds after the policy was changed here. */
  async function bites(call: () => Promise<string | null>, change: () => Promise<unknown>): Promise<number> {
    expect(await call()).toBeNull()
    await change()
    const changedAt = performance.now()
    let lastAsked: number
    do {
      lastAsked = performance.now()
      if (lastAsked - changedAt > 5000) throw new Error('it never bit')
    } while ((await call()) === null)
    return lastAsked - changedAt
  }

  it('applies in the other process within a second: for cookies, for access tokens, and after a refresh', async () => {
    const { email, client } = await member(here, acme)
    const tokens = await signInApp(here, email)
    const calls = [
      async () => codeOf(await client.at(there.url).send(ReadOrganizationDocument)),
      async () => codeOf(await bearer(there, tokens.accessToken).send(ReadOrganizationDocument)),
    ]
    for (const call of calls) {
      expect(await bites(call, () => setPolicy(here, acme, REQUIRED))).toBeLessThan(1000)
      expect(await call()).toBe('MFA_ENROLLMENT_REQUIRED')
      dataOf(await setPolicy(here, acme, OPTIONAL))
      await new Promise((resolve) => setTimeout(resolve, 1000))
      expect(await call()).toBeNull()
    }
    dataOf(await setPolicy(here, acme, REQUIRED))
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const { refreshSession } = dataOf(await refresh(there, tokens.refreshToken))
    expect(codeOf(await bearer(there, refreshSession.accessToken).send(ReadOrganizationDocument))).toBe(
      'MFA_ENROLLMENT_REQUIRED',
    )
  }, 20_000)

  it('applies in an idle process: its very first operation after a second is refused', async () => {
    const { client } = await member(here, acme)
    const beyond = client.at(there.url)
    expect(codeOf(await beyond.send(ReadOrganizationDocument))).toBeNull()
    dataOf(await setPolicy(here, acme, REQUIRED))
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(codeOf(await beyond.send(ReadOrganizationDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
  })
})
