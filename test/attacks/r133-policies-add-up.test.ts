import fc from 'fast-check'
import {
  LeaveOrganizationDocument,
  MembersDocument,
  ReadOrganizationDocument,
  RenameOrganizationDocument,
  SelectOrganizationDocument,
  SetMfaOptInDocument,
  SetOrganizationMfaPolicyDocument,
  type OrganizationMfaPolicyInput,
} from '../../schema/generated/graphql.js'
import { challenged, guess } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { enrollSms, withSms, type PersonWithTelephone } from '../support/factors.js'
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
import { enrollPasskey, ORIGIN, PASSKEY_ENV } from '../support/passkeys.js'
import { registered, signIn, stepUp, withTotp } from '../support/person.js'
import { softPasskey } from '../support/soft-passkey.js'

const NO_SMS = { ...REQUIRED, methods: ['TOTP', 'WEBAUTHN'] } as const
const OPERATIONS = [
  ['organization', ReadOrganizationDocument, undefined],
  ['members', MembersDocument, undefined],
  ['renameOrganization', RenameOrganizationDocument, { input: { name: 'Acme' } }],
] as const

/** A few policies, the same in every run. */
const POLICIES = fc.sample(
  fc.record({
    policy: fc.constantFrom<OrganizationMfaPolicyInput['policy']>('OPTIONAL', 'REQUIRED_FOR_ALL'),
    methods: fc.constantFrom<OrganizationMfaPolicyInput['methods']>(
      null,
      ['SMS'],
      ['SMS', 'TOTP'],
      ['WEBAUTHN', 'SMS'],
    ),
    allowRememberedDevices: fc.boolean(),
  }),
  { seed: 133, numRuns: 6 },
)

describe.each(STORES)("R133 an attacker's own organization, on the %s store", (store) => {
  let gateway: TestGateway
  let acme: Tenant

  beforeAll(async () => {
    gateway = await startGateway({ store, env: PASSKEY_ENV })
  })
  beforeEach(async () => {
    acme = await tenant(gateway)
  })
  afterAll(() => gateway.close())

  const select = async (client: Client, organizationId: string | null) =>
    dataOf(await client.send(SelectOrganizationDocument, { input: { organizationId } }))
  const told = async (client: Client) => {
    const codes: Record<string, string | null> = {}
    for (const [name, document, variables] of OPERATIONS)
      codes[name] = codeOf(await client.send(document.toString(), variables))
    return codes
  }
  /** An administrator of the organization who only has SMS, which it forbids. */
  async function adminWithSms(): Promise<PersonWithTelephone> {
    const person = await withSms(gateway)
    await bringIn(gateway, acme, person, 'ADMIN')
    dataOf(await setPolicy(gateway, acme, NO_SMS))
    return person
  }

  it.each(POLICIES)('weakens nothing of another organization’s policy: $policy $methods', async (own) => {
    const person = await adminWithSms()
    const before = await told(person.client)
    expect(Object.values(before)).toEqual(OPERATIONS.map(() => 'MFA_ENROLLMENT_REQUIRED'))
    await select(person.client, null)
    const { id: challengeId } = await challenged(person.client, person.telephone.factorId).catch(() => ({ id: '' }))
    if (challengeId) await guess(person.client, challengeId, await person.telephone.code())
    await createOrganization(person.client, 'Mine')
    // Where the policy is refused it changes nothing, and where it is set neither.
    await person.client.send(SetOrganizationMfaPolicyDocument, { input: { ...OPTIONAL, ...own } })
    await select(person.client, acme.id)
    expect(await told(person.client)).toEqual(before)
  })

  it('opens nothing there with a session that was for it before', async () => {
    const person = await adminWithSms()
    const mine = await createOrganization(person.client, 'Mine')
    await select(person.client, mine)
    expect(codeOf(await person.client.send(MembersDocument))).toBeNull()
    await select(person.client, acme.id)
    expect(codeOf(await person.client.send(MembersDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
    await select(person.client, null)
    expect(codeOf(await person.client.send(MembersDocument))).toBe('FORBIDDEN')
  })

  it('cannot be chosen in one field to act on the other in the next', async () => {
    const person = await adminWithSms()
    const mine = await createOrganization(person.client, 'Mine')
    await select(person.client, mine)
    await person.client.send(
      `mutation Both($input: SelectOrganizationInput!, $name: OrganizationNameInput!) {
        selectOrganization(input: $input) { __typename }
        renameOrganization(input: $name) { id name }
      }`,
      { input: { organizationId: acme.id }, name: { name: 'Taken' } },
    )
    const { organization } = dataOf(await acme.admin.client.send(ReadOrganizationDocument))
    expect(organization.name).toBe('Acme')
  })

  it('does not choose for the other one: a member opts out only in a session that meets it', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    await bringIn(gateway, acme, { email, client })
    const choose = (optIn: boolean) => client.send(SetMfaOptInDocument, { input: { organizationId: acme.id, optIn } })
    dataOf(await choose(true))
    expect(codeOf(await choose(false))).toBe('MFA_ENROLLMENT_REQUIRED')
    const mine = await createOrganization(client, 'Mine')
    for (const organizationId of [mine, null]) {
      await select(client, organizationId)
      expect(codeOf(await choose(false))).toBe('FORBIDDEN')
    }
  })

  it('gives nothing to a member who has left: neither role nor claim outlives the membership', async () => {
    const person = await withTotp(gateway)
    await bringIn(gateway, acme, person, 'ADMIN')
    dataOf(await person.client.send(LeaveOrganizationDocument, { organizationId: acme.id }))
    expect(codeOf(await person.client.send(ReadOrganizationDocument))).toBe('FORBIDDEN')
  })
})

describe.each(STORES)('R134 a kind that an organization forbids, on the %s store', (store) => {
  let gateway: TestGateway
  let acme: Tenant

  beforeAll(async () => {
    gateway = await startGateway({ store, env: PASSKEY_ENV })
  })
  beforeEach(async () => {
    acme = await tenant(gateway)
  })
  afterAll(() => gateway.close())

  const newSecret = 'mutation { enrollFactor(input: { type: WEBAUTHN }) { factor { id } } }'

  it('enrols no factor that counts there, and removes none, where the account has a better one', async () => {
    const person = await withTotp(gateway)
    const telephone = await enrollSms(gateway, person.client)
    await bringIn(gateway, acme, person)
    dataOf(await setPolicy(gateway, acme, { ...OPTIONAL, methods: ['TOTP', 'WEBAUTHN'] }))
    gateway.clock.advance(900)
    const { id } = await challenged(person.client, telephone.telephone.factorId)
    expect(await guess(person.client, id, await telephone.telephone.code())).toBe('PASSED')
    const remove = `mutation { removeFactor(factorId: "${person.authenticator.factorId}") { removed } }`
    const codes = 'mutation { regenerateRecoveryCodes { recoveryCodes } }'
    for (const attack of [newSecret, remove, codes]) {
      const refused = await person.client.send(attack)
      expect(codeOf(refused)).toBe('STEP_UP_REQUIRED')
      const { challenge } = refused.errors[0]?.extensions['stepUp'] as { challenge: { type: string }[] }
      expect(challenge.map(({ type }) => type)).toEqual(['TOTP', 'RECOVERY_CODE'])
    }
    await stepUp(gateway, person.client, person.authenticator)
    expect(codeOf(await person.client.send(newSecret))).toBeNull()
  })

  it('does not count where wrong answers disabled the better factor', async () => {
    const person = await withTotp(gateway)
    const { telephone } = await enrollSms(gateway, person.client)
    await bringIn(gateway, acme, person)
    dataOf(await setPolicy(gateway, acme, { ...OPTIONAL, methods: ['TOTP', 'WEBAUTHN'] }))
    await gateway.store
      .collection({ name: 'accounts', fields: ['_id', 'emailKey', 'factors'], indexes: [] })
      .updateOne(
        { emailKey: person.email },
        { $set: { [`factors.${person.authenticator.factorId}.status`]: 'DISABLED' } },
      )
    gateway.clock.advance(900)
    const { id } = await challenged(person.client, telephone.factorId)
    expect(await guess(person.client, id, await telephone.code())).toBe('PASSED')
    expect(codeOf(await person.client.send(newSecret))).toBe('STEP_UP_REQUIRED')
  })
})

describe.each(STORES)('R135 two organizations without a kind of factor in common, on the %s store', (store) => {
  let gateway: TestGateway
  let acme: Tenant
  let rival: Tenant

  beforeAll(async () => {
    gateway = await startGateway({ store, env: PASSKEY_ENV })
  })
  beforeEach(async () => {
    acme = await tenant(gateway, 'Acme')
    rival = await tenant(gateway, 'Rival')
    await enrollPasskey(rival.admin.client, softPasskey({ origin: ORIGIN }))
    dataOf(await setPolicy(gateway, acme, { ...REQUIRED, methods: ['TOTP'] }))
  })
  afterAll(() => gateway.close())

  it('cannot both be joined: the second is refused with its reason, and its invitation stays', async () => {
    dataOf(
      await rival.admin.client.send(SetOrganizationMfaPolicyDocument, {
        input: { ...REQUIRED, methods: ['WEBAUTHN'] },
      }),
    )
    const person = await withTotp(gateway)
    await bringIn(gateway, acme, person)
    dataOf(
      await rival.admin.client.send('mutation I($input: InviteMemberInput!) { inviteMember(input: $input) { id } }', {
        input: { email: person.email, role: 'MEMBER' },
      }),
    )
    const accept = () =>
      person.client.send(
        'mutation A($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { organizationId } }',
        { input: { organizationId: rival.id } },
      )
    const refused = await accept()
    expect([codeOf(refused), refused.errors[0]?.extensions['because']]).toEqual(['FORBIDDEN', 'NO_COMMON_FACTOR'])
    dataOf(await person.client.send(LeaveOrganizationDocument, { organizationId: acme.id }))
    expect(codeOf(await accept())).toBeNull()
  })

  it('made so by a later policy do not affect each other: the person waits in one, or leaves', async () => {
    const person = await withTotp(gateway)
    await bringIn(gateway, acme, person)
    await bringIn(gateway, rival, person)
    dataOf(
      await rival.admin.client.send(SetOrganizationMfaPolicyDocument, {
        input: { ...REQUIRED, methods: ['WEBAUTHN'] },
      }),
    )
    const refused = await person.client.send(ReadOrganizationDocument)
    expect(codeOf(refused)).toBe('MFA_ENROLLMENT_REQUIRED')
    expect(refused.errors[0]?.extensions['stepUp']).toMatchObject({ enroll: [] })
    dataOf(await person.client.send(SelectOrganizationDocument, { input: { organizationId: acme.id } }))
    expect(codeOf(await person.client.send(ReadOrganizationDocument))).toBeNull()
    expect(codeOf(await person.client.send('mutation { createOrganization(input: { name: "Third" }) { id } }'))).toBe(
      'FORBIDDEN',
    )
    dataOf(await person.client.send(LeaveOrganizationDocument, { organizationId: rival.id }))
  })
})
