import { MeDocument, MyDevicesDocument, type OrganizationMfaPolicyInput } from '../../schema/generated/graphql.js'
import { ROOMY } from '../support/answers.js'
import { codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { bringIn, OPTIONAL, REQUIRED, setPolicy, tenant, type Tenant } from '../support/organizations.js'
import { registered, signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'

const NO_DEVICES = { ...REQUIRED, allowRememberedDevices: false } as const

describe.each(STORES)("signing in under an organization's policy, on the %s store", (store) => {
  let gateway: TestGateway
  let acme: Tenant
  let person: PersonWithFactor

  beforeAll(async () => {
    gateway = await startGateway({ store, env: ROOMY })
  })
  beforeEach(async () => {
    acme = await tenant(gateway)
    person = await withTotp(gateway)
    await bringIn(gateway, acme, person)
  })
  afterAll(() => gateway.close())

  const again = async () => (await signIn(gateway, person.email, {}, person.client)).result
  const prove = (options: { readonly rememberDevice?: boolean } = {}) =>
    stepUp(gateway, person.client, person.authenticator, options)

  /** Signs in from the same place until nothing about it is unusual. */
  async function becomesUsual(): Promise<void> {
    for (let times = 0; times < 12; times += 1) {
      if ((await again()).__typename === 'SignedIn') return
      await prove()
      gateway.clock.advance(1800)
    }
    throw new Error('it never became usual')
  }

  it('causes a challenge although nothing is unusual', async () => {
    await becomesUsual()
    await signInAdmin()
    dataOf(await setPolicy(gateway, acme, REQUIRED))
    expect(await again()).toMatchObject({ __typename: 'MfaRequired', stepUp: { reason: 'POLICY' } })
    await prove()
    expect(codeOf(await person.client.send(MeDocument))).toBeNull()
    dataOf(await setPolicy(gateway, acme, OPTIONAL))
    expect((await again()).__typename).toBe('SignedIn')
  })

  it('causes a challenge at the risk that the policy sets', async () => {
    await becomesUsual()
    // A person who has passed a challenge here is not challenged again for a day.
    gateway.clock.advance(86_400)
    const riskThresholds = { low: -20, medium: 4, high: 8 }
    await signInAdmin()
    dataOf(await setPolicy(gateway, acme, { ...OPTIONAL, riskThresholds }))
    expect(await again()).toMatchObject({ __typename: 'MfaRequired', stepUp: { reason: 'RISK_ELEVATED' } })
    dataOf(await setPolicy(gateway, acme, OPTIONAL))
    expect((await again()).__typename).toBe('SignedIn')
  })

  it.each<[string, OrganizationMfaPolicyInput, string]>([
    ['is spared by a remembered device where the policy allows it', REQUIRED, 'SignedIn'],
    ['is not spared where the policy allows none', NO_DEVICES, 'MfaRequired'],
    ['is not spared where the proof must be recent', { ...REQUIRED, maxAgeSeconds: 3600 }, 'MfaRequired'],
  ])('%s', async (_, policy, expected) => {
    await prove({ rememberDevice: true })
    expect((await again()).__typename).toBe('SignedIn')
    dataOf(await setPolicy(gateway, acme, policy))
    expect((await again()).__typename).toBe(expected)
    expect(codeOf(await person.client.send(MeDocument))).toBe(expected === 'SignedIn' ? null : 'MFA_REQUIRED')
  })

  it('remembers no device where none may be, whatever the client requests', async () => {
    dataOf(await setPolicy(gateway, acme, NO_DEVICES))
    await again()
    const { deviceRemembered } = await prove({ rememberDevice: true })
    expect(deviceRemembered).toBe(false)
    const { myDevices } = dataOf(await person.client.send(MyDevicesDocument))
    expect(myDevices.map(({ rememberedUntil }) => rememberedUntil)).toEqual([null])
    dataOf(await setPolicy(gateway, acme, REQUIRED))
    expect((await again()).__typename).toBe('MfaRequired')
  })

  it('makes a person without a factor enrol one of the allowed kinds', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    await bringIn(gateway, acme, { email, client })
    dataOf(await setPolicy(gateway, acme, { ...REQUIRED, methods: ['TOTP', 'EMAIL'] }))
    expect((await signIn(gateway, email)).result).toMatchObject({
      __typename: 'MfaEnrollmentRequired',
      stepUp: { reason: 'POLICY', enroll: ['TOTP'], challenge: [] },
    })
  })

  /** The administrator's session has become idle meanwhile. */
  async function signInAdmin(): Promise<void> {
    const { admin } = acme
    await signIn(gateway, admin.email, {}, admin.client)
  }
})
