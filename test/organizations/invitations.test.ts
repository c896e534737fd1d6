import { createHash } from 'node:crypto'
import {
  AcceptInvitationDocument,
  DiscoverOrganizationsDocument,
  InviteMemberDocument,
  MeDocument,
  RemoveMemberDocument,
  RevokeInvitationDocument,
  SelectOrganizationDocument,
  SetMemberRoleDocument,
  ReadOrganizationDocument,
} from '../../schema/generated/graphql.js'
import { ROOMY, storedPerson } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import {
  bringIn,
  invitationTokenFor,
  mine,
  OPTIONAL,
  REQUIRED,
  setPolicy,
  tenant,
  type Tenant,
} from '../support/organizations.js'
import { registered, signIn, stepUp, withTotp } from '../support/person.js'

describe.each(STORES)('an invitation, on the %s store', (store) => {
  let gateway: TestGateway
  let acme: Tenant
  let email: string

  beforeAll(async () => {
    gateway = await startGateway({ store, env: ROOMY })
    acme = await tenant(gateway, 'Acme')
  })
  beforeEach(async () => {
    email = await registered(gateway)
    gateway.clock.advance(31)
    dataOf(await acme.admin.client.send(SelectOrganizationDocument, { input: { organizationId: acme.id } }))
    await stepUp(gateway, acme.admin.client, acme.admin.authenticator)
    dataOf(await setPolicy(gateway, acme, OPTIONAL))
  })
  afterAll(() => gateway.close())

  const invite = async () =>
    dataOf(await acme.admin.client.send(InviteMemberDocument, { input: { email, role: 'MEMBER' } })).inviteMember
  const accept = (client: Client, input: { token?: string; organizationId?: string }) =>
    client.send(AcceptInvitationDocument, { input })
  const found = async (client: Client) =>
    dataOf(await client.send(DiscoverOrganizationsDocument)).discoverOrganizations.map(
      ({ id, relation, mfaRequired }) => [id, relation, mfaRequired],
    )
  const entered = async () => (await signIn(gateway, email)).client

  it('is found by an account that has proved its address, and accepted without the mail', async () => {
    await invite()
    const client = await entered()
    expect(await found(client)).toEqual([[acme.id, 'INVITED', false]])
    dataOf(await accept(client, { organizationId: acme.id }))
    expect(await found(client)).toEqual([[acme.id, 'MEMBER', false]])
    expect(await mine(client)).toMatchObject([{ id: acme.id, role: 'MEMBER', current: true }])
  })

  it("ends with its sender's role, even if the same account is given the role again", async () => {
    const other = await withTotp(gateway)
    await bringIn(gateway, acme, other, 'ADMIN')
    const { _id: accountId } = await storedPerson(gateway, other.email)
    dataOf(await other.client.send(InviteMemberDocument, { input: { email, role: 'ADMIN' } }))
    const token = await invitationTokenFor(gateway, email)
    for (const role of ['MEMBER', 'ADMIN'] as const) {
      dataOf(await acme.admin.client.send(SetMemberRoleDocument, { input: { accountId, role } }))
    }
    const client = await entered()
    expect(codeOf(await accept(client, { token }))).toBe('BAD_USER_INPUT')
    expect(codeOf(await accept(client, { organizationId: acme.id }))).toBe('BAD_USER_INPUT')
    dataOf(await other.client.send(InviteMemberDocument, { input: { email, role: 'MEMBER' } }))
    dataOf(await accept(client, { organizationId: acme.id }))
    dataOf(await acme.admin.client.send(RemoveMemberDocument, { accountId }))
  })

  it('says what the organization will require', async () => {
    dataOf(await setPolicy(gateway, acme, REQUIRED))
    await invite()
    const client = await entered()
    expect(await found(client)).toEqual([[acme.id, 'INVITED', true]])
    dataOf(await accept(client, { organizationId: acme.id }))
    expect(codeOf(await client.send(ReadOrganizationDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
    expect(codeOf(await client.send(MeDocument))).toBeNull()
  })

  it('is accepted once, by the mail and by the organization at the same moment', async () => {
    await invite()
    const [client, token] = await Promise.all([entered(), invitationTokenFor(gateway, email)])
    const ways = Array.from({ length: 16 }, (_, index) => (index % 2 ? { token } : { organizationId: acme.id }))
    const codes = (await Promise.all(ways.map((way) => accept(client, way)))).map(codeOf)
    expect(codes.filter((code) => code === null)).toHaveLength(1)
    expect(new Set(codes)).toEqual(new Set([null, 'BAD_USER_INPUT']))
    expect(await mine(client)).toHaveLength(1)
  })

  it('belongs to no other account, and is gone once it is revoked', async () => {
    const { id } = await invite()
    const stranger = (await signIn(gateway, await registered(gateway))).client
    const seen = async (organizationId: string) => {
      const { status, text } = await accept(stranger, { organizationId })
      return { status, text }
    }
    expect(await seen(acme.id)).toEqual(await seen('O'.repeat(22)))
    expect(await found(stranger)).toEqual([])
    dataOf(await acme.admin.client.send(RevokeInvitationDocument, { invitationId: id }))
    const client = await entered()
    expect(await found(client)).toEqual([])
    expect(codeOf(await accept(client, { organizationId: acme.id }))).toBe('BAD_USER_INPUT')
  })

  it('is found by the id in its token, which is worth nothing without the secret', async () => {
    const { id } = await invite()
    const token = await invitationTokenFor(gateway, email)
    expect(token.slice(0, 22)).toBe(id)
    const client = await entered()
    const [other, secret] = ['O'.repeat(22), token.slice(22)]
    for (const forged of [`${id}${'s'.repeat(43)}`, `${other}${secret}`, secret, id]) {
      expect(codeOf(await accept(client, { token: forged }))).toBe('BAD_USER_INPUT')
    }
    expect(codeOf(await accept(client, { token }))).toBeNull()
  })

  it('of an earlier version, whose token has no id, works once', async () => {
    const { id } = await invite()
    const token = 't'.repeat(43)
    const tokenHash = createHash('sha256').update(token).digest('base64url')
    const stored = gateway.store.collection<{ readonly _id: string }>({ name: 'invitations', indexes: [] })
    const client = await entered()
    expect(codeOf(await accept(client, { token }))).toBe('BAD_USER_INPUT')
    await stored.updateOne({ _id: id }, { $set: { tokenHash } })
    expect(codeOf(await accept(client, { token }))).toBeNull()
    expect(codeOf(await accept(client, { token }))).toBe('BAD_USER_INPUT')
  })

  it('has exactly one way to be named', async () => {
    const client = await entered()
    for (const input of [{}, { token: 'T'.repeat(43), organizationId: acme.id }, { organizationId: 'no id' }]) {
      expect(codeOf(await accept(client, input))).toBe('BAD_USER_INPUT')
    }
  })
})
