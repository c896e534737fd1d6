import {
  AcceptInvitationDocument,
  AddOrganizationDomainDocument,
  CreateOrganizationDocument,
  InviteMemberDocument,
  InvitationsDocument,
  JoinOrganizationDocument,
  ReadOrganizationDocument,
  RemoveOrganizationDomainDocument,
  RevokeInvitationDocument,
  SelectOrganizationDocument,
  SignInDocument,
  VerifyOrganizationDomainDocument,
  type OrganizationMfaPolicyInput,
} from '../../schema/generated/graphql.js'
import { eventsOf, ROOMY, storedPerson } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { dnsServer, type DnsServer } from '../support/dns-server.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { interruptedStore } from '../support/interrupted-store.js'
import { isMessage } from '../support/messages.js'
import { noticesTo, noticeTo } from '../support/notices.js'
import { bringIn, mine, OPTIONAL, REQUIRED, setPolicy, tenant, type Tenant } from '../support/organizations.js'
import { enrollTotp, PASSWORD, registered, signIn, stepUp, withTotp } from '../support/person.js'

const NOTICE = 'organization-entered'

describe.each(STORES)('choosing an organization to join, on the %s store', (store) => {
  const network = interruptedStore()
  let dns: DnsServer
  let gateway: TestGateway
  let acme: Tenant
  let nth = 0

  beforeAll(async () => {
    dns = await dnsServer()
    gateway = await startGateway({
      store,
      env: { ...ROOMY, STEPGATE_DNS_SERVERS: dns.address },
      wrapStore: network.wrap,
    })
  })
  beforeEach(async () => {
    acme = await tenant(gateway)
  })
  afterAll(async () => {
    await gateway.close()
    await dns.close()
  })

  /** A domain of the organization that no other test uses. */
  async function domain(): Promise<string> {
    const name = `d${(nth += 1)}.test`
    const { client } = acme.admin
    const added = dataOf(await client.send(AddOrganizationDomainDocument, { input: { domain: name } }))
    const { recordName, recordText } = added.addOrganizationDomain.find((each) => each.domain === name)!
    dns.texts.set(recordName ?? '', [recordText ?? ''])
    dataOf(await client.send(VerifyOrganizationDomainDocument, { input: { domain: name } }))
    return name
  }
  const invite = async (email: string) =>
    dataOf(await acme.admin.client.send(InviteMemberDocument, { input: { email, role: 'MEMBER' } }))
  /** An account that was invited, or whose domain lets it join. */
  async function admitted(by: 'an invitation' | 'the domain'): Promise<string> {
    if (by === 'the domain') return registered(gateway, `ada@${await domain()}`)
    const email = await registered(gateway)
    await invite(email)
    return email
  }
  async function waiting(email: string): Promise<Client> {
    const client = gateway.client()
    const { signIn: result } = dataOf(
      await client.send(SignInDocument, { input: { email, password: PASSWORD, discover: true } }),
    )
    expect(result.__typename).toBe('OrganizationRequired')
    return client
  }
  const select = (client: Client, organizationId: string | null, over: object = {}) =>
    client.send(SelectOrganizationDocument, { input: { organizationId, ...over } })
  const selected = async (client: Client, over: object = {}) =>
    dataOf(await select(client, acme.id, over)).selectOrganization
  const joinedEvents = (email: string) => eventsOf(gateway, email, 'member.joined')

  describe.each(['an invitation', 'the domain'] as const)('by %s', (by) => {
    it('signs an account without a factor in to it, in one call, with one event and one notice', async () => {
      const email = await admitted(by)
      const client = await waiting(email)
      expect(await selected(client)).toMatchObject({ __typename: 'SignedIn', session: { organizationId: acme.id } })
      expect(codeOf(await client.send(ReadOrganizationDocument))).toBeNull()
      expect(await mine(client)).toMatchObject([{ id: acme.id, role: 'MEMBER', current: true }])
      const reason = by === 'the domain' ? 'domain' : 'invitation'
      expect(await joinedEvents(email)).toMatchObject([{ reason, organizationId: acme.id }])
      await noticeTo(gateway, email, NOTICE)
      expect((await noticesTo(gateway, email)).filter(isMessage(NOTICE))).toHaveLength(1)
    })

    it('leads to the enrolment that the organization requires', async () => {
      dataOf(await setPolicy(gateway, acme, REQUIRED))
      const client = await waiting(await admitted(by))
      expect(await selected(client)).toMatchObject({
        __typename: 'MfaEnrollmentRequired',
        stepUp: { reason: 'POLICY' },
      })
      await enrollTotp(gateway, client)
      expect(codeOf(await client.send(ReadOrganizationDocument))).toBeNull()
    })

    it('asks an account with a factor to prove it first, and joins nothing before', async () => {
      const email = await admitted(by)
      const { authenticator } = await enrollTotp(gateway, (await signIn(gateway, email)).client)
      const client = await waiting(email)
      expect(await selected(client, { beginChallenge: {} })).toMatchObject({
        __typename: 'MfaRequired',
        challenge: { factorType: 'TOTP', purpose: 'SIGN_IN' },
      })
      expect(await joinedEvents(email)).toEqual([])
      await stepUp(gateway, client, authenticator)
      expect(await mine(client)).toEqual([])
      expect(await selected(client)).toMatchObject({ __typename: 'SignedIn', session: { organizationId: acme.id } })
      expect(await joinedEvents(email)).toHaveLength(1)
    })

    it('asks an active session for the proof that joining asks for', async () => {
      const email = await admitted(by)
      const { client } = await signIn(gateway, email)
      const { authenticator } = await enrollTotp(gateway, client)
      gateway.clock.advance(301)
      const refused = await select(client, acme.id)
      const same = await client.send(JoinOrganizationDocument, { organizationId: acme.id })
      for (const each of [refused, same]) {
        expect(codeOf(each)).toBe('STEP_UP_REQUIRED')
        expect(each.errors[0]?.extensions['stepUp']).toMatchObject({ purpose: 'organization.enter', maxAge: 300 })
      }
      expect(await joinedEvents(email)).toEqual([])
      await stepUp(gateway, client, authenticator)
      expect(await selected(client)).toMatchObject({ __typename: 'SignedIn', session: { organizationId: acme.id } })
      expect(await joinedEvents(email)).toHaveLength(1)
    })

    it('leads to one membership, however many tabs choose at the same moment', async () => {
      const email = await admitted(by)
      const client = await waiting(email)
      const tabs = Array.from({ length: 8 }, () => client.copy())
      const answers = await Promise.all(tabs.map((tab) => select(tab, acme.id)))
      const through = tabs.filter((_, each) => answers[each]?.data?.selectOrganization.__typename === 'SignedIn')
      expect(through).toHaveLength(tabs.length)
      expect(await joinedEvents(email)).toHaveLength(1)
      expect(await mine(through[0]!)).toMatchObject([{ id: acme.id }])
      await noticeTo(gateway, email, NOTICE)
      expect((await noticesTo(gateway, email)).filter(isMessage(NOTICE))).toHaveLength(1)
    })

    it('can be repeated when the answer was lost', async () => {
      const email = await admitted(by)
      const client = await waiting(email)
      const copy = client.copy()
      expect((await selected(client)).__typename).toBe('SignedIn')
      expect(await selected(copy)).toMatchObject({ __typename: 'SignedIn', session: { organizationId: acme.id } })
      expect(await joinedEvents(email)).toHaveLength(1)
    })

    it('joins once when another tab accepts or joins at the same moment', async () => {
      const email = await admitted(by)
      const first = (await signIn(gateway, email)).client
      const other = first.copy()
      const elsewhere = () =>
        by === 'the domain'
          ? other.send(JoinOrganizationDocument, { organizationId: acme.id })
          : other.send(AcceptInvitationDocument, { input: { organizationId: acme.id } })
      const [chosen] = await Promise.all([select(first, acme.id), elsewhere()])
      expect(codeOf(chosen)).toBeNull()
      expect(await joinedEvents(email)).toHaveLength(1)
      expect(await mine(first)).toMatchObject([{ id: acme.id, current: true }])
    })

    it('is refused if it was revoked after the list was shown, and between its check and its use', async () => {
      const revoke = async () => {
        const { client } = acme.admin
        if (by === 'the domain') {
          const name = `d${nth}.test`
          return dataOf(await client.send(RemoveOrganizationDomainDocument, { input: { domain: name } }))
        }
        const [invitation] = dataOf(await client.send(InvitationsDocument)).invitations
        return dataOf(await client.send(RevokeInvitationDocument, { invitationId: invitation!.id }))
      }
      const email = await admitted(by)
      const client = await waiting(email)
      await revoke()
      const late = await select(client, acme.id)
      expect([codeOf(late), late.text]).toEqual(['BAD_USER_INPUT', (await select(client, 'O'.repeat(22))).text])

      const another = await admitted(by)
      const meanwhile = await waiting(another)
      network.before('invitations', 'updateOne', revoke)
      expect(codeOf(await select(meanwhile, acme.id))).toBe('BAD_USER_INPUT')
      expect(network.isOver).toBe(true)
      for (const address of [email, another]) {
        expect((await storedPerson(gateway, address)).memberships).toEqual({})
        expect(await joinedEvents(address)).toEqual([])
      }
      // The sign-in still waits for a choice.
      expect(dataOf(await select(meanwhile, null)).selectOrganization.__typename).toBe('SignedIn')
    })
  })

  it('tells why the account cannot join, as joining does', async () => {
    const email = await admitted('an invitation')
    const { client } = await signIn(gateway, email)
    for (let made = 0; made < 20; made += 1) {
      const answer = await client.send(CreateOrganizationDocument, { input: { name: `Own ${made}` } })
      if (codeOf(answer) !== null) break
    }
    const refused = await select(client, acme.id)
    expect([codeOf(refused), refused.errors[0]?.extensions['because']]).toEqual(['FORBIDDEN', 'TOO_MANY'])
  })

  describe('an active session that switches', () => {
    it('is told what its next operation would be refused with: to enrol', async () => {
      const email = await registered(gateway)
      const { client } = await signIn(gateway, email)
      await bringIn(gateway, acme, { email, client })
      dataOf(await select(client, null))
      dataOf(await setPolicy(gateway, acme, REQUIRED))
      const told = await selected(client)
      expect(told).toMatchObject({ __typename: 'MfaEnrollmentRequired', stepUp: { reason: 'POLICY', challenge: [] } })
      expect(codeOf(await client.send(ReadOrganizationDocument))).toBe('MFA_ENROLLMENT_REQUIRED')
      expect(dataOf(await select(client, null)).selectOrganization.__typename).toBe('SignedIn')
    })

    it('is told what its next operation would be refused with: to verify, and can begin the challenge', async () => {
      const person = await withTotp(gateway)
      await bringIn(gateway, acme, person)
      dataOf(await select(person.client, null))
      dataOf(await setPolicy(gateway, acme, { ...REQUIRED, maxAgeSeconds: 300 }))
      gateway.clock.advance(301)
      const told = await selected(person.client, { beginChallenge: {} })
      if (told.__typename !== 'MfaRequired') throw new Error(told.__typename)
      expect(told).toMatchObject({ stepUp: { reason: 'POLICY', maxAge: 300 }, pendingToken: null })
      expect(told.challenge).toMatchObject({ factorType: 'TOTP', purpose: 'STEP_UP' })
      expect(codeOf(await person.client.send(ReadOrganizationDocument))).toBe('STEP_UP_REQUIRED')
      await stepUp(gateway, person.client, person.authenticator, { mfaToken: told.stepUp.mfaToken })
      expect(await selected(person.client)).toMatchObject({ __typename: 'SignedIn' })
      expect(codeOf(await person.client.send(ReadOrganizationDocument))).toBeNull()
    })
  })

  describe('a new organization with a policy', () => {
    const create = (client: Client, mfaPolicy: OrganizationMfaPolicyInput) =>
      client.send(CreateOrganizationDocument, { input: { name: 'Strict', mfaPolicy } })

    it('has it from the first moment, and tells the log', async () => {
      const person = await withTotp(gateway)
      const made = dataOf(await create(person.client, { ...REQUIRED, methods: ['TOTP'] })).createOrganization
      expect(made.mfaPolicy).toMatchObject({ policy: 'REQUIRED_FOR_ALL', methods: ['TOTP'] })
      expect(await mine(person.client)).toMatchObject([{ id: made.id, mfaRequired: true }])
      const events = await eventsOf(gateway, person.email, 'organization.policy_changed')
      expect(events).toMatchObject([{ organizationId: made.id }])
      expect(events[0]?.metadata['after']).toContain('methods=TOTP')
    })

    it.each<readonly [string, OrganizationMfaPolicyInput, string]>([
      ['is mistaken', { ...REQUIRED, methods: ['EMAIL'] }, 'BAD_USER_INPUT'],
      [
        'shuts its creator out',
        { ...OPTIONAL, methods: ['SMS'], roles: [{ role: 'ADMIN', assurance: 'MFA' }] },
        'FORBIDDEN',
      ],
    ])('is not created if the policy %s', async (_, policy, code) => {
      const person = await withTotp(gateway)
      const refused = await create(person.client, policy)
      expect(codeOf(refused)).toBe(code)
      if (code === 'BAD_USER_INPUT') expect(refused.errors[0]?.extensions['fields']).toEqual(['mfaPolicy.methods'])
      expect(await mine(person.client)).toEqual([])
    })

    it('needs the proof that setting a policy needs', async () => {
      const { client } = await signIn(gateway, await registered(gateway))
      const refused = await create(client, OPTIONAL)
      expect(codeOf(refused)).toBe('STEP_UP_REQUIRED')
      expect(refused.errors[0]?.extensions['stepUp']).toMatchObject({
        assurance: 'MFA',
        purpose: 'organization.manage',
      })
      expect(await mine(client)).toEqual([])
      dataOf(await client.send(CreateOrganizationDocument, { input: { name: 'Open' } }))
    })
  })
})
