import {
  AcceptInvitationDocument,
  ChangePasswordDocument,
  CloseAccountDocument,
  CreateOrganizationDocument,
  EndMembershipDocument,
  InviteMemberDocument,
  JoinOrganizationDocument,
  LeaveOrganizationDocument,
  MeDocument,
  MyDevicesDocument,
  MyFactorsDocument,
  MyOrganizationsDocument,
  MySessionsDocument,
  ReadOrganizationDocument,
  RevokeOtherSessionsDocument,
  SelectOrganizationDocument,
  SetBreakGlassDocument,
} from '../../schema/generated/graphql.js'
import { createAuditRepository } from '../../src/store/audit-repository.js'
import { storedPerson } from '../support/answers.js'
import { codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { noticesTo, noticeTo, notMeToken, reportNotMe, giveEmailFactor } from '../support/notices.js'
import {
  bringIn,
  invitationTokenFor,
  mine,
  REQUIRED,
  setPolicy,
  tenant,
  type Tenant,
} from '../support/organizations.js'
import { enrollPasskey, ORIGIN, PASSKEY_ENV } from '../support/passkeys.js'
import { PASSWORD, registered, signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { softPasskey } from '../support/soft-passkey.js'
import { isMessage, newestMail } from '../support/messages.js'

const OPERATOR = 'operator@example.com'
const PASSKEYS = { ...REQUIRED, methods: ['WEBAUTHN'] } as const
const NEW_ORGANIZATION = 'organization-entered'

describe.each(STORES)('R136 an organization that an attacker chose, on the %s store', (store) => {
  let gateway: TestGateway
  let hostile: Tenant
  let operator: PersonWithFactor

  beforeAll(async () => {
    gateway = await startGateway({ store, env: { ...PASSKEY_ENV, STEPGATE_ADMINISTRATORS: OPERATOR } })
    operator = await withTotp(gateway, OPERATOR)
  })
  beforeEach(async () => {
    hostile = await tenant(gateway, 'Hostile')
  })
  afterAll(() => gateway.close())

  const invite = async (email: string) => {
    await stepUp(gateway, hostile.admin.client, hostile.admin.authenticator)
    dataOf(await hostile.admin.client.send(InviteMemberDocument, { input: { email, role: 'MEMBER' } }))
    return invitationTokenFor(gateway, email)
  }
  /** A member whose organization switches to passkeys, which they do not have. */
  async function caught(): Promise<PersonWithFactor> {
    const person = await withTotp(gateway)
    await bringIn(gateway, hostile, person)
    await stepUp(gateway, hostile.admin.client, hostile.admin.authenticator)
    await enrollPasskey(hostile.admin.client, softPasskey({ origin: ORIGIN }))
    dataOf(await setPolicy(gateway, hostile, { ...PASSKEYS, maxAgeSeconds: 300 }))
    expect(codeOf(await person.client.send(ReadOrganizationDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
    return person
  }

  it('cannot be joined with a session that has only proved the password', async () => {
    const owner = await withTotp(gateway)
    const token = await invite(owner.email)
    gateway.clock.advance(301)
    const ways = [
      [AcceptInvitationDocument, { input: { token } }],
      [AcceptInvitationDocument, { input: { organizationId: hostile.id } }],
      [JoinOrganizationDocument, { organizationId: hostile.id }],
      [CreateOrganizationDocument, { input: { name: 'Trap' } }],
    ] as const
    for (const [document, variables] of ways) {
      const refused = await owner.client.send(document.toString(), variables)
      expect(codeOf(refused)).toBe('STEP_UP_REQUIRED')
      expect(refused.errors[0]?.extensions['stepUp']).toMatchObject({ purpose: 'organization.enter', maxAge: 300 })
    }
    expect(await mine(owner.client)).toEqual([])
    await stepUp(gateway, owner.client, owner.authenticator)
    dataOf(await owner.client.send(AcceptInvitationDocument, { input: { token } }))
  })

  it('is open to a new account without a factor: signing up, signing in and accepting is enough', async () => {
    const email = 'newcomer@example.com'
    const token = await invite(email)
    const { client } = await signIn(gateway, await registered(gateway, email))
    dataOf(await client.send(AcceptInvitationDocument, { input: { token } }))
    expect(codeOf(await client.send(ReadOrganizationDocument))).toBeNull()
  })

  it('is reported to every address of the account, once each time, and can be undone', async () => {
    const owner = await withTotp(gateway)
    await giveEmailFactor(gateway, owner.email, `second-${owner.email}`)
    const token = await invite(owner.email)
    dataOf(await owner.client.send(AcceptInvitationDocument, { input: { token } }))
    for (const address of [owner.email, `second-${owner.email}`]) {
      const notice = await noticeTo(gateway, address, NEW_ORGANIZATION)
      expect(notice.text).toContain('Hostile')
    }
    const made = await withTotp(gateway)
    dataOf(await made.client.send(CreateOrganizationDocument, { input: { name: 'Trap' } }))
    const notice = await noticeTo(gateway, made.email, NEW_ORGANIZATION)
    expect(notice.text).toContain('Trap')
    expect((await noticesTo(gateway, made.email)).filter(isMessage(NEW_ORGANIZATION))).toHaveLength(1)
    dataOf(await reportNotMe(gateway, notMeToken(notice)))
    expect(codeOf(await made.client.send(MeDocument))).toBe('UNAUTHENTICATED')
  })

  it("never blocks a person's own account, in a session for it", async () => {
    const person = await caught()
    for (const document of [
      MeDocument,
      MySessionsDocument,
      MyFactorsDocument,
      MyDevicesDocument,
      MyOrganizationsDocument,
    ]) {
      expect(codeOf(await person.client.send(document.toString()))).toBeNull()
    }
    gateway.clock.advance(600)
    await stepUp(gateway, person.client, person.authenticator)
    dataOf(await person.client.send(RevokeOtherSessionsDocument))
    const input = { currentPassword: PASSWORD, newPassword: 'another rather long passphrase' }
    dataOf(await person.client.send(ChangePasswordDocument, { input }))
    expect(codeOf(await person.client.send(ReadOrganizationDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
    dataOf(await person.client.send(LeaveOrganizationDocument, { organizationId: hostile.id }))
    expect(await mine(person.client)).toEqual([])
  })

  it('does not block a new sign-in: what the installation allows finishes it', async () => {
    const person = await caught()
    gateway.clock.advance(60)
    const { client, result } = await signIn(gateway, person.email)
    if (result.__typename !== 'MfaRequired') throw new Error(`an unexpected sign-in: ${result.__typename}`)
    expect(result.stepUp.challenge.map(({ type }) => type)).toContain('TOTP')
    await stepUp(gateway, client, person.authenticator)
    expect(codeOf(await client.send(MeDocument))).toBeNull()
    expect(codeOf(await client.send(ReadOrganizationDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
    expect((await client.send(CloseAccountDocument, { input: { password: PASSWORD } })).errors).toEqual([])
  })

  it('does not block an account without a factor: the sign-in continues without the organization', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    await bringIn(gateway, hostile, { email, client })
    await stepUp(gateway, hostile.admin.client, hostile.admin.authenticator)
    await enrollPasskey(hostile.admin.client, softPasskey({ origin: ORIGIN }))
    dataOf(await setPolicy(gateway, hostile, PASSKEYS))
    const fresh = await signIn(gateway, email)
    expect(fresh.result.__typename).toBe('MfaEnrollmentRequired')
    const elsewhere = await fresh.client.send(SelectOrganizationDocument, { input: { organizationId: hostile.id } })
    expect(codeOf(elsewhere)).toBe('MFA_ENROLLMENT_REQUIRED')
    const without = dataOf(await fresh.client.send(SelectOrganizationDocument, { input: {} }))
    expect(without.selectOrganization.__typename).toBe('SignedIn')
    expect(codeOf(await fresh.client.send(ReadOrganizationDocument))).toBe('FORBIDDEN')
    dataOf(await fresh.client.send(LeaveOrganizationDocument, { organizationId: hostile.id }))
  })

  it('does not let a person skip a pending second factor by choosing no organization', async () => {
    const person = await caught()
    const { client, result } = await signIn(gateway, person.email)
    expect(result.__typename).toBe('MfaRequired')
    expect(codeOf(await client.send(SelectOrganizationDocument, { input: {} }))).toBe('MFA_REQUIRED')
  })

  it('loses a member to an operator, who gives a reason', async () => {
    const person = await caught()
    const accountId = (await storedPerson(gateway, person.email))._id
    const end = (over: object = {}) =>
      operator.client.send(EndMembershipDocument, {
        input: { accountId, organizationId: hostile.id, reason: 'Ticket 4711', ...over },
      })
    gateway.clock.advance(901)
    expect(codeOf(await end())).toBe('STEP_UP_REQUIRED')
    await stepUp(gateway, operator.client, operator.authenticator)
    expect(codeOf(await end({ accountId: (await storedPerson(gateway, OPERATOR))._id }))).toBe('BAD_USER_INPUT')
    expect(codeOf(await end({ organizationId: 'O'.repeat(22) }))).toBe('BAD_USER_INPUT')
    expect(codeOf(await end({ reason: '' }))).toBe('BAD_USER_INPUT')
    dataOf(await end())
    expect(codeOf(await end())).toBe('BAD_USER_INPUT')
    expect(await mine(person.client)).toEqual([])
    const told = await newestMail(gateway, person.email, 'organization-membership-ended')
    expect(told.text).toContain('Hostile')
    const log = createAuditRepository(gateway.store)
    const events = await log.find({ filter: { actions: ['admin.membership_ended'] }, order: 'NEWEST_FIRST', limit: 1 })
    expect(events).toMatchObject([{ organizationId: hostile.id, metadata: { note: 'Ticket 4711' } }])
  })

  it('loses its last administrator to an operator only where it may be abandoned', async () => {
    await stepUp(gateway, operator.client, operator.authenticator)
    const accountId = (await storedPerson(gateway, hostile.admin.email))._id
    const input = { accountId, organizationId: hostile.id, reason: 'Ticket 4712' }
    const refused = await operator.client.send(EndMembershipDocument, { input })
    expect([codeOf(refused), refused.errors[0]?.extensions['because']]).toEqual(['FORBIDDEN', 'LAST_ADMIN'])
    dataOf(await operator.client.send(EndMembershipDocument, { input: { ...input, abandonsOrganization: true } }))
    expect(await mine(hostile.admin.client)).toEqual([])
  })

  it('does not keep a break-glass member from leaving', async () => {
    const person = await caught()
    const accountId = (await storedPerson(gateway, person.email))._id
    dataOf(
      await hostile.admin.client.send(SetBreakGlassDocument, { input: { accountId, enabled: true, reason: 'drill' } }),
    )
    dataOf(await person.client.send(LeaveOrganizationDocument, { organizationId: hostile.id }))
  })
})
