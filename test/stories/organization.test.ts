import {
  AcceptInvitationDocument,
  InvitationsDocument,
  InviteMemberDocument,
  LeaveOrganizationDocument,
  MembersDocument,
  MembersNotEnrolledDocument,
  ReadOrganizationDocument,
  RemoveMemberDocument,
  RenameOrganizationDocument,
  RevokeInvitationDocument,
  SetMemberRoleDocument,
  SetMfaOptInDocument,
} from '../../schema/generated/graphql.js'
import { createAuditRepository } from '../../src/store/audit-repository.js'
import { ROOMY, storedPerson } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import {
  bringIn,
  invitationTokenFor,
  mine,
  REQUIRED,
  setPolicy,
  tenant,
  type Tenant,
} from '../support/organizations.js'
import { enrollTotp, registered, signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'

describe.each(STORES)('an organization, on the %s store', (store) => {
  let gateway: TestGateway
  let acme: Tenant
  let member: PersonWithFactor
  let newcomer: { readonly email: string; readonly client: Client }

  beforeAll(async () => {
    gateway = await startGateway({ store, env: ROOMY })
    acme = await tenant(gateway)
    member = await withTotp(gateway)
    const email = await registered(gateway)
    newcomer = { email, client: (await signIn(gateway, email)).client }
  })
  beforeEach(() => stepUp(gateway, acme.admin.client, acme.admin.authenticator))
  afterAll(() => gateway.close())

  const idOf = async (email: string) => (await storedPerson(gateway, email))._id
  const actionsOf = async () => {
    const events = await createAuditRepository(gateway.store).find({ filter: {}, order: 'OLDEST_FIRST', limit: 10_000 })
    return events.filter(({ organizationId }) => organizationId === acme.id)
  }

  it('has its creator as its administrator, and the session is for it', async () => {
    expect(await mine(acme.admin.client)).toMatchObject([{ id: acme.id, name: 'Acme', role: 'ADMIN', current: true }])
    const { organization } = dataOf(await acme.admin.client.send(ReadOrganizationDocument))
    expect(organization).toMatchObject({ id: acme.id, mfaPolicy: { policy: 'OPTIONAL', methods: null, roles: [] } })
  })

  it('is closed to all other accounts', async () => {
    for (const document of [ReadOrganizationDocument, MembersDocument, InvitationsDocument]) {
      expect(codeOf(await member.client.send(document.toString()))).toBe('FORBIDDEN')
    }
  })

  it('can be renamed by its administrator', async () => {
    const renamed = await acme.admin.client.send(RenameOrganizationDocument, { input: { name: 'Acme International' } })
    expect(dataOf(renamed).renameOrganization.name).toBe('Acme International')
  })

  it('admits a person by the link in their mail, and no one else', async () => {
    dataOf(await acme.admin.client.send(InviteMemberDocument, { input: { email: member.email, role: 'MEMBER' } }))
    const token = await invitationTokenFor(gateway, member.email)
    const [mail] = (await gateway.mailTo(member.email)).filter(({ text }) => text.includes('/invitation#'))
    expect(mail?.text).toContain('Acme International')
    const input = { token }
    expect(codeOf(await newcomer.client.send(AcceptInvitationDocument, { input }))).toBe('BAD_USER_INPUT')
    expect(dataOf(await member.client.send(AcceptInvitationDocument, { input })).acceptInvitation.organizationId).toBe(
      acme.id,
    )
    expect(codeOf(await member.client.send(AcceptInvitationDocument, { input }))).toBe('BAD_USER_INPUT')
    expect(dataOf(await member.client.send(ReadOrganizationDocument)).organization.id).toBe(acme.id)
    expect(codeOf(await member.client.send(MembersDocument))).toBe('FORBIDDEN')
  })

  it('shows its members, by address and by its beginning', async () => {
    await bringIn(gateway, acme, newcomer)
    const page = dataOf(await acme.admin.client.send(MembersDocument, { first: 2 })).members
    expect(page.edges).toHaveLength(2)
    expect(page.pageInfo.hasNextPage).toBe(true)
    const after = page.pageInfo.endCursor
    const rest = dataOf(await acme.admin.client.send(MembersDocument, { first: 2, after })).members
    const everybody = [...page.edges, ...rest.edges].map(({ node }) => [node.email, node.role, node.enrolled])
    expect(everybody.toSorted()).toEqual(
      [
        [acme.admin.email, 'ADMIN', true],
        [member.email, 'MEMBER', true],
        [newcomer.email, 'MEMBER', false],
      ].toSorted(),
    )
    const search = newcomer.email.toUpperCase()
    const found = dataOf(await acme.admin.client.send(MembersDocument, { search })).members
    expect(found.edges.map(({ node }) => node.email)).toEqual([newcomer.email])
  })

  it('tells its members what is coming, and shows its administrators who is not ready', async () => {
    const enrollmentGraceUntil = new Date(gateway.clock.now().getTime() + 1_200_000).toISOString()
    dataOf(await setPolicy(gateway, acme, { ...REQUIRED, enrollmentGraceUntil }))
    expect(codeOf(await newcomer.client.send(ReadOrganizationDocument))).toBeNull()
    expect(await mine(newcomer.client)).toMatchObject([
      { mfaRequired: true, enrolled: false, enrollBy: enrollmentGraceUntil },
    ])
    const { membersNotEnrolled } = dataOf(await acme.admin.client.send(MembersNotEnrolledDocument))
    expect(membersNotEnrolled.edges.map(({ node }) => [node.email, node.enrollBy])).toEqual([
      [newcomer.email, enrollmentGraceUntil],
    ])
  })

  it('requires it when the date has passed, from the next operation of every session', async () => {
    gateway.clock.advance(1_201)
    const late = await signIn(gateway, newcomer.email)
    expect(late.result).toMatchObject({ __typename: 'MfaEnrollmentRequired', stepUp: { reason: 'POLICY' } })
    await enrollTotp(gateway, late.client)
    expect(codeOf(await late.client.send(ReadOrganizationDocument))).toBeNull()
    newcomer = { email: newcomer.email, client: late.client }
  })

  it('revokes invitations', async () => {
    const { client } = acme.admin
    const stranger = await registered(gateway)
    const input = { email: stranger, role: 'ADMIN' } as const
    const { id } = dataOf(await client.send(InviteMemberDocument, { input })).inviteMember
    expect(dataOf(await client.send(InvitationsDocument)).invitations.map((each) => each.email)).toEqual([stranger])
    dataOf(await client.send(RevokeInvitationDocument, { invitationId: id }))
    expect(dataOf(await client.send(InvitationsDocument)).invitations).toEqual([])
    const { client: theirs } = await signIn(gateway, stranger)
    const token = await invitationTokenFor(gateway, stranger)
    expect(codeOf(await theirs.send(AcceptInvitationDocument, { input: { token } }))).toBe('BAD_USER_INPUT')
  })

  it('has another administrator before the first one leaves', async () => {
    const { client } = acme.admin
    const organizationId = acme.id
    expect(codeOf(await client.send(LeaveOrganizationDocument, { organizationId }))).toBe('FORBIDDEN')
    const accountId = await idOf(newcomer.email)
    dataOf(await client.send(SetMemberRoleDocument, { input: { accountId, role: 'ADMIN' } }))
    dataOf(await client.send(LeaveOrganizationDocument, { organizationId }))
    expect(await mine(client)).toEqual([])
    expect(codeOf(await client.send(MembersDocument))).toBe('FORBIDDEN')
  })

  it('removes a member, with effect from their very next request', async () => {
    const accountId = await idOf(member.email)
    dataOf(await newcomer.client.send(RemoveMemberDocument, { accountId }))
    const { client } = member
    await stepUp(gateway, client, member.authenticator)
    expect(codeOf(await client.send(ReadOrganizationDocument))).toBe('FORBIDDEN')
    expect(codeOf(await newcomer.client.send(RemoveMemberDocument, { accountId }))).toBe('BAD_USER_INPUT')
    const input = { organizationId: acme.id, optIn: true }
    expect(codeOf(await client.send(SetMfaOptInDocument, { input }))).toBe('FORBIDDEN')
  })

  it('has all of it in the audit log', async () => {
    const actions = (await actionsOf()).map(({ action }) => action)
    expect(actions).toEqual([
      'organization.created',
      'organization.renamed',
      'member.invited',
      'member.joined',
      'member.invited',
      'member.joined',
      'organization.policy_changed',
      'member.invited',
      'member.invitation_revoked',
      'member.role_changed',
      'member.left',
      'member.removed',
    ])
    const changed = (await actionsOf()).find(({ action }) => action === 'organization.policy_changed')
    expect(changed?.metadata).toMatchObject({
      before: expect.arrayContaining(['mode=OPTIONAL', 'methods=all']),
      after: expect.arrayContaining(['mode=REQUIRED_FOR_ALL']),
    })
  })
})
