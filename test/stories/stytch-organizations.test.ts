import {
  AcceptInvitationDocument,
  CreateOrganizationDocument,
  DiscoverOrganizationsDocument,
  InviteMemberDocument,
  MySessionsDocument,
  MeDocument,
  RequestMagicLinkDocument,
  SelectOrganizationDocument,
  SetMfaOptInDocument,
  SetOrganizationMfaPolicyDocument,
  SignInWithMagicLinkDocument,
  UpdateProfileDocument,
  ReadOrganizationDocument,
} from '../../schema/generated/graphql.js'
import { ask, ROOMY } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { enrollSms, otherThan, type Telephone } from '../support/factors.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { mine } from '../support/organizations.js'
import { answer, passedOf } from '../support/person.js'

/*
 * Organizations and their members: discovery by magic link, a waiting session, and MFA where the organization requires
 * it.
 */
describe.each(STORES)('organizations, from the first link to the second factor, on the %s store', (store) => {
  const FOUNDER = 'founder@acme.example'
  const COLLEAGUE = 'colleague@acme.example'
  let gateway: TestGateway
  let founder: { client: Client; telephone: Telephone }
  let colleague: { client: Client; telephone: Telephone }
  let organizationId: string
  let teamId: string

  beforeAll(async () => {
    gateway = await startGateway({ store, env: { ...ROOMY, STEPGATE_FACTORS: 'TOTP,SMS' } })
  })
  afterAll(() => gateway.close())

  /** Requests a link, follows it in the same browser, and is shown the organizations to choose from. */
  async function discover(email: string) {
    const client = gateway.client()
    const known = await gateway.linksTo(email)
    dataOf(await client.send(RequestMagicLinkDocument, { input: { email } }))
    const input = { token: await gateway.linkTokenFor(email, known), discover: true }
    const { signInWithMagicLink: found } = dataOf(await client.send(SignInWithMagicLinkDocument, { input }))
    if (found.__typename !== 'OrganizationRequired') throw new Error(`nothing to choose: ${found.__typename}`)
    return { client, organizations: found.organizations }
  }
  const select = async (client: Client, to: string | null) =>
    dataOf(await client.send(SelectOrganizationDocument, { input: { organizationId: to } })).selectOrganization
  async function proveBySms(client: Client, { factorId, code }: Telephone) {
    const { challengeFactor } = dataOf(await ask(client, factorId))
    expect(challengeFactor.factorType).toBe('SMS')
    return passedOf(await answer(client, challengeFactor.id, await code()))
  }

  describe('1. discovery', () => {
    let waiting: Client

    it('starts with an unknown address, and a link', async () => {
      const found = await discover(FOUNDER)
      waiting = found.client
      expect(found.organizations).toEqual([])
    })

    it('leaves a session that waits: it shows the choices, and opens nothing else', async () => {
      expect(dataOf(await waiting.send(DiscoverOrganizationsDocument)).discoverOrganizations).toEqual([])
      const refusals = [
        await waiting.send(MeDocument),
        await waiting.send(CreateOrganizationDocument, { input: { name: 'Too early' } }),
        await waiting.send(UpdateProfileDocument, { input: {} }),
      ]
      for (const refused of refusals) {
        expect([refused.data, codeOf(refused)]).toEqual([null, 'ORGANIZATION_REQUIRED'])
      }
    })

    it('continues without an organization, in one session however often it is sent, and creates one with its creator as administrator', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, () => waiting.copy()).map(async (each) => ({
          client: each,
          answer: await each.send(SelectOrganizationDocument, { input: {} }),
        })),
      )
      const through = outcomes.filter(({ answer: { data } }) => data?.selectOrganization.__typename === 'SignedIn')
      // A choice that is repeated, because its answer was lost, gets the same session: nothing forks.
      expect(through).toHaveLength(outcomes.length)
      const { client } = through[0]!
      expect(dataOf(await client.send(MySessionsDocument)).mySessions).toHaveLength(1)
      const made = dataOf(await client.send(CreateOrganizationDocument, { input: { name: 'Acme' } })).createOrganization
      organizationId = made.id
      expect(made.mfaPolicy.policy).toBe('OPTIONAL')
      expect(await mine(client)).toMatchObject([{ id: organizationId, role: 'ADMIN', current: true }])
      founder = { client, ...(await enrollSms(gateway, client)) }
    })
  })

  describe('2. MFA required', () => {
    it('is a policy an administrator sets after a fresh proof', async () => {
      const input = { policy: 'REQUIRED_FOR_ALL', methods: ['SMS', 'TOTP'] } as const
      const set = await founder.client.send(SetOrganizationMfaPolicyDocument, {
        input: { ...input, methods: [...input.methods] },
      })
      expect(dataOf(set).setOrganizationMfaPolicy.mfaPolicy).toMatchObject(input)
    })

    it('lets a colleague find the invitation, and says that a second factor will be required', async () => {
      dataOf(await founder.client.send(InviteMemberDocument, { input: { email: COLLEAGUE, role: 'MEMBER' } }))
      const found = await discover(COLLEAGUE)
      expect(found.organizations).toMatchObject([{ id: organizationId, relation: 'INVITED', mfaRequired: true }])
      expect((await select(found.client, null)).__typename).toBe('SignedIn')
      dataOf(await found.client.send(AcceptInvitationDocument, { input: { organizationId } }))
      const refused = await found.client.send(ReadOrganizationDocument)
      expect(codeOf(refused)).toBe('MFA_ENROLLMENT_REQUIRED')
      expect(refused.errors[0]?.extensions['stepUp']).toMatchObject({ enroll: ['TOTP', 'SMS'] })
      colleague = { client: found.client, ...(await enrollSms(gateway, found.client)) }
      expect(codeOf(await colleague.client.send(ReadOrganizationDocument))).toBeNull()
    })

    it("requires the member's code by SMS between the choice and the session", async () => {
      const found = await discover(COLLEAGUE)
      expect(found.organizations).toMatchObject([{ id: organizationId, relation: 'MEMBER', mfaRequired: true }])
      const chosen = await select(found.client, organizationId)
      expect(chosen).toMatchObject({ __typename: 'MfaRequired' })
      expect(codeOf(await found.client.send(MeDocument))).toBe('MFA_REQUIRED')

      const { challengeFactor } = dataOf(await ask(found.client, colleague.telephone.factorId))
      const wrong = otherThan(await colleague.telephone.code())
      expect(await answer(found.client, challengeFactor.id, wrong)).toMatchObject({ code: 'CODE_INVALID' })
      const right = await colleague.telephone.code()
      const { session } = passedOf(await answer(found.client, challengeFactor.id, right))
      expect(session).toMatchObject({ pending: false, assurance: 'MFA', organizationId })
      expect(await answer(found.client, challengeFactor.id, right)).not.toMatchObject({ __typename: 'ChallengePassed' })
      colleague = { ...colleague, client: found.client }
    })

    it('leaves the member no way to opt out', async () => {
      const input = { organizationId, optIn: false }
      expect(codeOf(await colleague.client.send(SetMfaOptInDocument, { input }))).toBe('FORBIDDEN')
    })
  })

  describe('3. MFA optional', () => {
    const GUEST = 'guest@team.example'
    let guest: Client

    it('is left to the members of another organization', async () => {
      const { client } = colleague
      const made = dataOf(await client.send(CreateOrganizationDocument, { input: { name: 'Team' } }))
      teamId = made.createOrganization.id
      expect((await select(client, teamId)).__typename).toBe('SignedIn')
      for (const email of [GUEST, 'other@team.example']) {
        dataOf(await client.send(InviteMemberDocument, { input: { email, role: 'MEMBER' } }))
        guest = (await discover(email)).client
        await select(guest, null)
        dataOf(await guest.send(AcceptInvitationDocument, { input: { organizationId: teamId } }))
        expect(codeOf(await guest.send(MeDocument))).toBeNull()
        expect(await mine(guest)).toMatchObject([{ id: teamId, mfaRequired: false, mfaOptIn: false }])
      }
    })

    it('is chosen by one member, who is challenged from then on, and not by the other, who is not', async () => {
      const chooser = await discover(GUEST)
      await select(chooser.client, teamId)
      const { telephone } = await enrollSms(gateway, chooser.client)
      const input = { organizationId: teamId, optIn: true }
      dataOf(await chooser.client.send(SetMfaOptInDocument, { input }))
      const again = await discover(GUEST)
      expect(again.organizations).toMatchObject([{ id: teamId, mfaRequired: true }])
      expect((await select(again.client, teamId)).__typename).toBe('MfaRequired')
      expect((await proveBySms(again.client, telephone)).session.organizationId).toBe(teamId)
      const other = await discover('other@team.example')
      expect(other.organizations).toMatchObject([{ id: teamId, mfaRequired: false }])
      expect((await select(other.client, teamId)).__typename).toBe('SignedIn')
      guest = again.client
    })

    it('can be reverted, after a fresh proof', async () => {
      const input = { organizationId: teamId, optIn: false }
      dataOf(await guest.send(SetMfaOptInDocument, { input }))
      expect(await mine(guest)).toMatchObject([{ mfaRequired: false, mfaOptIn: false }])
    })

    it('follows its own rule: one proof serves both, where both count it', async () => {
      const found = await discover(COLLEAGUE)
      expect(found.organizations.map(({ name, mfaRequired }) => [name, mfaRequired])).toEqual([
        ['Acme', true],
        ['Team', false],
      ])
      // It comes from a new browser, so risk causes a challenge here.
      expect((await select(found.client, teamId)).__typename).toBe('MfaRequired')
      await proveBySms(found.client, colleague.telephone)
      for (const id of [teamId, organizationId]) {
        await select(found.client, id)
        expect(codeOf(await found.client.send(ReadOrganizationDocument))).toBeNull()
      }
    })
  })
})
