import {
  AcceptInvitationDocument,
  InvitationsDocument,
  InviteMemberDocument,
  MeDocument,
  MembersDocument,
  MembersNotEnrolledDocument,
  ReadOrganizationDocument,
  OrganizationDomainsDocument,
  RefreshSessionDocument,
  SelectOrganizationDocument,
  SignInDocument,
} from '../../schema/generated/graphql.js'
import { bearer, ROOMY } from '../support/answers.js'
import { signInAppWithFactor } from '../support/app.js'
import { codeOf, dataOf } from '../support/client.js'
import { faultyStore } from '../support/faulty-store.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import {
  bringIn,
  invitationTokenFor,
  OPTIONAL,
  REQUIRED,
  setPolicy,
  tenant,
  type Tenant,
} from '../support/organizations.js'
import { PASSWORD, registered, signIn, withTotp } from '../support/person.js'

describe.each(STORES)('R103 tenants, on the %s store', (store) => {
  const faults = faultyStore()
  let gateway: TestGateway
  let acme: Tenant
  let rival: Tenant

  beforeAll(async () => {
    gateway = await startGateway({ store, env: ROOMY, wrapStore: faults.wrap })
  })
  beforeEach(async () => {
    acme = await tenant(gateway, 'Acme')
    rival = await tenant(gateway, 'Rival')
  })
  afterEach(() => faults.heal())
  afterAll(() => gateway.close())

  it('see nothing of each other', async () => {
    const person = await withTotp(gateway)
    await bringIn(gateway, rival, person)
    dataOf(await rival.admin.client.send(InviteMemberDocument, { input: { email: 'x@rival.test', role: 'ADMIN' } }))
    const seen = []
    for (const document of [
      MembersDocument,
      MembersNotEnrolledDocument,
      InvitationsDocument,
      OrganizationDomainsDocument,
      ReadOrganizationDocument,
    ]) {
      seen.push((await acme.admin.client.send(document.toString())).text)
    }
    for (const secret of [rival.id, 'Rival', person.email, rival.admin.email, 'x@rival.test']) {
      expect(seen.join()).not.toContain(secret)
    }
  })

  it('apply their own rules to a member of both, and a session for the other one opens nothing', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    await bringIn(gateway, acme, { email, client })
    await bringIn(gateway, rival, { email, client })
    dataOf(await setPolicy(gateway, acme, REQUIRED))
    dataOf(await setPolicy(gateway, rival, OPTIONAL))
    for (const [organizationId, code, arrives] of [
      [rival.id, null, 'SignedIn'],
      [null, 'FORBIDDEN', 'SignedIn'],
      [acme.id, 'MFA_ENROLLMENT_REQUIRED', 'MfaEnrollmentRequired'],
    ] as const) {
      await client.send(SelectOrganizationDocument, { input: { organizationId } })
      const read = await client.send(ReadOrganizationDocument)
      expect([codeOf(read), read.data?.organization.id ?? null]).toEqual([code, code === null ? rival.id : null])
      const input = { email, password: PASSWORD, ...(organizationId ? { organizationId } : {}) }
      const { signIn: result } = dataOf(await gateway.client().send(SignInDocument, { input }))
      expect(result.__typename).toBe(arrives)
    }
  })

  it('admit only members to a session for them', async () => {
    const person = await withTotp(gateway)
    const select = (organizationId: string) =>
      person.client.send(SelectOrganizationDocument, { input: { organizationId } })
    const [foreign, unknown] = [await select(rival.id), await select('O'.repeat(22))]
    expect([foreign.status, foreign.text]).toEqual([unknown.status, unknown.text])
    expect(codeOf(await person.client.send(ReadOrganizationDocument))).toBe('FORBIDDEN')
  })

  it('trust their own records over the token, even after a refresh', async () => {
    const person = await withTotp(gateway)
    await bringIn(gateway, acme, person, 'ADMIN')
    const { accessToken, refreshToken } = await signInAppWithFactor(gateway, person)
    const app = bearer(gateway, accessToken)
    expect(dataOf(await app.send(ReadOrganizationDocument)).organization.id).toBe(acme.id)
    const { members } = dataOf(await acme.admin.client.send(MembersDocument, { search: person.email }))
    const accountId = members.edges[0]!.node.accountId
    dataOf(
      await acme.admin.client.send('mutation R($id: ID!) { removeMember(accountId: $id) { removed } }', {
        id: accountId,
      }),
    )
    expect(codeOf(await app.send(ReadOrganizationDocument))).toBe('FORBIDDEN')
    const { refreshSession } = dataOf(await gateway.client().send(RefreshSessionDocument, { input: { refreshToken } }))
    expect(codeOf(await bearer(gateway, refreshSession.accessToken).send(MembersDocument))).toBe('FORBIDDEN')
  })

  it('accept an invitation once, for one of several parallel callers', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    dataOf(await acme.admin.client.send(InviteMemberDocument, { input: { email, role: 'MEMBER' } }))
    const token = await invitationTokenFor(gateway, email)
    const accept = () => client.send(AcceptInvitationDocument, { input: { token } })
    const codes = (await Promise.all(Array.from({ length: 8 }, accept))).map(codeOf)
    expect(codes.filter((code) => code === null)).toHaveLength(1)
    expect(codes.filter((code) => code !== null && code !== 'BAD_USER_INPUT')).toEqual([])
  })

  it('honour an invitation only until it expires, and only for its address', async () => {
    const email = await registered(gateway)
    dataOf(await acme.admin.client.send(InviteMemberDocument, { input: { email, role: 'ADMIN' } }))
    const token = await invitationTokenFor(gateway, email)
    const stranger = await withTotp(gateway)
    const foreign = await stranger.client.send(AcceptInvitationDocument, { input: { token } })
    const unknown = await stranger.client.send(AcceptInvitationDocument, { input: { token: 'T'.repeat(43) } })
    expect([foreign.status, foreign.text]).toEqual([unknown.status, unknown.text])
    gateway.clock.advance(604_801)
    const { client } = await signIn(gateway, email)
    expect(codeOf(await client.send(AcceptInvitationDocument, { input: { token } }))).toBe('BAD_USER_INPUT')
  })

  it('close when their policy cannot be read, and only they do', async () => {
    const outsider = await withTotp(gateway)
    expect(codeOf(await acme.admin.client.send(MeDocument))).toBeNull()
    faults.failFrom('organizations', 'find')
    await new Promise((resolve) => setTimeout(resolve, 900))
    const refused = await acme.admin.client.send(MeDocument)
    expect([refused.status, codeOf(refused)]).toEqual([503, 'UNAVAILABLE'])
    expect(
      codeOf(await gateway.client().send(SignInDocument, { input: { email: acme.admin.email, password: PASSWORD } })),
    ).toBe('UNAVAILABLE')
    expect(codeOf(await outsider.client.send(MeDocument))).toBeNull()
    faults.heal()
    expect(codeOf(await acme.admin.client.send(MeDocument))).toBeNull()
  })
})
