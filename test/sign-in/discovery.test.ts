import {
  AcceptInvitationDocument,
  AddOrganizationDomainDocument,
  ChallengeFactorDocument,
  ChangeEmailDocument,
  DiscoverOrganizationsDocument,
  EnrollFactorDocument,
  InviteMemberDocument,
  JoinOrganizationDocument,
  MeDocument,
  MySessionsDocument,
  RemoveMemberDocument,
  SelectOrganizationDocument,
  SignInDocument,
  SignInWithExternalTokenDocument,
  SignOutDocument,
  VerifyChallengeDocument,
  VerifyOrganizationDomainDocument,
  type SessionTransport,
} from '../../schema/generated/graphql.js'
import { NO_EVENTS } from '../../src/audit/index.js'
import { organizationRepository } from '../../src/store/index.js'
import { bearer } from '../support/answers.js'
import { refresh } from '../support/app.js'
import { codeOf, dataOf, type Answer, type Client } from '../support/client.js'
import { dnsServer, type DnsServer } from '../support/dns-server.js'
import { STORES, type TestGateway } from '../support/gateway.js'
import { AUDIENCE, signed, startIssuer, startTrusting, withRsa, type Issuer } from '../support/issuer.js'
import { bringIn, invitationTokenFor, mine, tenant, type Tenant } from '../support/organizations.js'
import { PASSWORD, registered, signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { ROOT_FIELDS } from '../support/root-fields.js'
import { enrollApp, newBackend, newOperator } from '../support/services.js'
import { storedAccount } from '../support/stored.js'

const NOBODYS = 'O'.repeat(22)
const PROTECTED = ROOT_FIELDS.filter(({ access }) => access !== 'PUBLIC' && access !== 'PENDING')
const seenIn = ({ status, text }: Answer<unknown>) => ({ status, text })

describe.each(STORES)('choosing an organization, on the %s store', (store) => {
  let dns: DnsServer
  let issuer: Issuer
  let gateway: TestGateway
  let operator: PersonWithFactor
  let acme: Tenant
  let rival: Tenant

  beforeAll(async () => {
    ;[dns, issuer] = await Promise.all([dnsServer(), startIssuer()])
    gateway = await startTrusting(store, [{ issuer: issuer.url, audience: AUDIENCE, algorithms: ['RS256'] }], {
      STEPGATE_DNS_SERVERS: dns.address,
    })
    operator = await newOperator(gateway)
    rival = await tenant(gateway, 'Rival')
    acme = await tenant(gateway, 'Acme')
    await prove('acme.test')
  })
  afterAll(async () => {
    await gateway.close()
    await Promise.all([dns.close(), issuer.close()])
  })

  async function prove(domain: string): Promise<void> {
    const { client } = acme.admin
    const added = dataOf(await client.send(AddOrganizationDomainDocument, { input: { domain } }))
    const { recordName, recordText } = added.addOrganizationDomain.find((each) => each.domain === domain)!
    dns.texts.set(recordName ?? '', [recordText ?? ''])
    dataOf(await client.send(VerifyOrganizationDomainDocument, { input: { domain } }))
  }

  /** A sign-in that stopped after the first factor, to choose an organization. */
  async function waitingFor(email: string, transport: SessionTransport = 'COOKIE') {
    const client = gateway.client()
    const input = { email, password: PASSWORD, discover: true, transport }
    const { signIn: result } = dataOf(await client.send(SignInDocument, { input }))
    if (result.__typename !== 'OrganizationRequired') throw new Error(`it does not wait: ${result.__typename}`)
    const token = result.pendingToken ?? client.cookies.get('stepgate-session') ?? ''
    const waiting = result.pendingToken ? bearer(gateway, result.pendingToken) : client
    return { client: waiting, token, organizations: result.organizations }
  }
  const select = (client: Client, organizationId: string | null) =>
    client.send(SelectOrganizationDocument, { input: { organizationId } })
  const found = async (client: Client) => dataOf(await client.send(DiscoverOrganizationsDocument)).discoverOrganizations
  const join = (client: Client, organizationId: string) => client.send(JoinOrganizationDocument, { organizationId })

  describe('a session that waits for the choice', () => {
    let person: PersonWithFactor

    beforeAll(async () => {
      person = await withTotp(gateway)
      await bringIn(gateway, acme, person)
    })

    it.each(['COOKIE', 'BEARER'] as const)('opens no protected field, and is not refreshed (%s)', async (transport) => {
      const { client, token } = await waitingFor(person.email, transport)
      for (const { name, document, sample } of PROTECTED) {
        const refused = await client.send(document, sample())
        expect([name, refused.status, refused.data, codeOf(refused)]).toEqual([
          name,
          401,
          null,
          'ORGANIZATION_REQUIRED',
        ])
      }
      expect(codeOf(await refresh(gateway, token))).toBe('UNAUTHENTICATED')
      for (const elsewhere of [bearer(gateway, token), withCookie(token)]) {
        expect(codeOf(await elsewhere.send(MeDocument))).toMatch(/^(ORGANIZATION_REQUIRED|UNAUTHENTICATED)$/)
      }
    })

    it('can neither enrol a factor nor be challenged, with or without a factor', async () => {
      for (const email of [person.email, await registered(gateway)]) {
        const { client } = await waitingFor(email)
        const { factorId } = person.authenticator
        for (const answer of [
          await client.send(EnrollFactorDocument, { input: { type: 'TOTP' } }),
          await client.send(ChallengeFactorDocument, { input: { factorId } }),
          await client.send(VerifyChallengeDocument, { input: { factorId, code: '123456' } }),
        ]) {
          expect([answer.data, codeOf(answer)]).toEqual([null, 'ORGANIZATION_REQUIRED'])
        }
        const preview = await client.send(
          '{ stepUpPreview(document: "{ me { id } }") { allowed code need { reason } } }',
        )
        expect(preview.data).toEqual({ stepUpPreview: { allowed: false, code: 'ORGANIZATION_REQUIRED', need: null } })
      }
    })

    it('leads to one session, however many choices come at the same moment', async () => {
      const email = await registered(gateway)
      const { client } = await waitingFor(email)
      const copies = Array.from({ length: 12 }, () => client.copy())
      const answers = await Promise.all(copies.map((each) => select(each, null)))
      const through = copies.filter((_, nth) => answers[nth]?.data?.selectOrganization.__typename === 'SignedIn')
      // The answered ones share one credential, as after a double click.
      expect(through.length).toBeGreaterThanOrEqual(1)
      expect(new Set(through.map((each) => each.cookies.get('stepgate-session'))).size).toBe(1)
      for (const code of answers.map(codeOf)) expect([null, 'UNAUTHENTICATED']).toContain(code)
      expect(dataOf(await through[0]!.send(MySessionsDocument)).mySessions).toHaveLength(1)
      expect(Object.keys((await storedAccount(gateway, email))['sessions'] as object)).toHaveLength(2)
      expect(codeOf(await select(client, null))).toBe('UNAUTHENTICATED')
    })

    it('is refused an organization the person is not a member of like an unknown one, and keeps waiting', async () => {
      const { client } = await waitingFor(person.email)
      const refused = await select(client, rival.id)
      expect([codeOf(refused), seenIn(refused)]).toEqual(['BAD_USER_INPUT', seenIn(await select(client, NOBODYS))])
      const chosen = dataOf(await select(client, acme.id)).selectOrganization
      expect(chosen.__typename).toBe('MfaRequired')
    })

    it('is all that a non-member gets from a sign-in to an organization, whether or not it exists', async () => {
      const arrive = (organizationId: string) =>
        gateway.client().send(SignInDocument, { input: { email: person.email, password: PASSWORD, organizationId } })
      const [there, nowhere] = [await arrive(rival.id), await arrive(NOBODYS)]
      expect(dataOf(there).signIn).toMatchObject({
        __typename: 'OrganizationRequired',
        organizations: [{ id: acme.id }],
      })
      expect(seenIn(there)).toEqual(seenIn(nowhere))
    })

    it('leads to no organization that removed the person meanwhile', async () => {
      const email = await registered(gateway)
      await bringIn(gateway, acme, { email, client: (await signIn(gateway, email)).client })
      const { client, organizations } = await waitingFor(email)
      expect(organizations).toMatchObject([{ id: acme.id, relation: 'MEMBER' }])
      const accountId = (await storedAccount(gateway, email))._id
      await stepUp(gateway, acme.admin.client, acme.admin.authenticator)
      dataOf(await acme.admin.client.send(RemoveMemberDocument, { accountId }))
      expect(await found(client)).toEqual([])
      expect(codeOf(await select(client, acme.id))).toBe('BAD_USER_INPUT')
    })

    it('can be cancelled', async () => {
      const { client } = await waitingFor(person.email)
      const copy = client.copy()
      dataOf(await client.send(SignOutDocument))
      expect(codeOf(await select(copy, null))).toBe('UNAUTHENTICATED')
    })
  })

  describe('joining by the domain of an address', () => {
    it('is open to an account that has proved the address here', async () => {
      const email = await registered(gateway, 'colleague@acme.test')
      const { client, organizations } = await waitingFor(email)
      expect(organizations).toEqual([{ id: acme.id, name: 'Acme', relation: 'MAY_JOIN', mfaRequired: false }])
      // Not before the sign-in is finished; choosing it joins it, too.
      expect(codeOf(await join(client, acme.id))).toBe('ORGANIZATION_REQUIRED')
      dataOf(await select(client, null))
      dataOf(await join(client, acme.id))
      expect(await mine(client)).toMatchObject([{ id: acme.id, role: 'MEMBER' }])
    })

    it('is not possible with a public mail domain, even if it is recorded as proved', async () => {
      const organizations = organizationRepository(gateway.store)
      const [as] = await organizations.find([acme.id])
      // As if it was proved before it was known to be public.
      await organizations.replace(
        { ...as!, domains: [...as!.domains, 'gmail.com', 'outlook.com'] },
        as!.revision,
        NO_EVENTS,
      )
      for (const email of ['somebody@gmail.com', 'Somebody@outlook.com']) {
        const { client, organizations: places } = await waitingFor(await registered(gateway, email))
        expect(places).toEqual([])
        dataOf(await select(client, null))
        expect(await found(client)).toEqual([])
        const refused = await join(client, acme.id)
        expect([codeOf(refused), seenIn(refused)]).toEqual(['BAD_USER_INPUT', seenIn(await join(client, NOBODYS))])
      }
    })

    describe.each(['a login that is trusted', 'a backend with a key'])(
      'is not possible when only %s vouches for the address',
      (by) => {
        const EMAIL = `${by.replaceAll(' ', '-')}@acme.test`
        let client: Client

        beforeAll(async () => {
          client = by === 'a backend with a key' ? await fromBackend() : await fromIssuer()
        })

        async function fromIssuer(): Promise<Client> {
          const iat = Math.floor(gateway.clock.now().getTime() / 1000)
          const claims = { iss: issuer.url, aud: AUDIENCE, sub: 'somebody', email: EMAIL, email_verified: true }
          const head = { alg: 'RS256', typ: 'JWT', kid: 'rsa' }
          const token = signed(head, { ...claims, iat, exp: iat + 300 }, withRsa(issuer.rsa.privateKey))
          const arriving = gateway.client()
          const input = { token, discover: true }
          const { signInWithExternalToken: result } = dataOf(
            await arriving.send(SignInWithExternalTokenDocument, { input }),
          )
          expect(result).toMatchObject({ __typename: 'OrganizationRequired', organizations: [] })
          dataOf(await select(arriving, null))
          return arriving
        }
        async function fromBackend(): Promise<Client> {
          const backend = await newBackend(gateway, operator)
          const { tokens } = await backend.begin('somebody', { email: EMAIL })
          return bearer(gateway, tokens?.accessToken ?? '')
        }

        it('the organization is neither shown nor joined', async () => {
          expect(dataOf(await client.send(MeDocument)).me.email).toBe(EMAIL)
          expect(await found(client)).toEqual([])
          const refused = await join(client, acme.id)
          expect([codeOf(refused), seenIn(refused)]).toEqual(['BAD_USER_INPUT', seenIn(await join(client, NOBODYS))])
          expect(await mine(client)).toEqual([])
        })

        it('an invitation to that address is not theirs either', async () => {
          await stepUp(gateway, acme.admin.client, acme.admin.authenticator)
          dataOf(await acme.admin.client.send(InviteMemberDocument, { input: { email: EMAIL, role: 'ADMIN' } }))
          const token = await invitationTokenFor(gateway, EMAIL)
          expect(await found(client)).toEqual([])
          for (const input of [{ token }, { organizationId: acme.id }]) {
            expect(codeOf(await client.send(AcceptInvitationDocument, { input }))).toBe('BAD_USER_INPUT')
          }
          expect(await mine(client)).toEqual([])
        })

        it('they cannot have it proved here, except by an account of its own', async () => {
          const { tokens } = (await enrollApp(gateway, client)).passed
          const proved = tokens ? bearer(gateway, tokens.accessToken) : client
          const input = { newEmail: `other-${EMAIL}` }
          expect(codeOf(await proved.send(ChangeEmailDocument, { input }))).toBe('FORBIDDEN')
          const own = (await signIn(gateway, await registered(gateway, EMAIL))).client
          expect((await found(own)).map(({ id }) => id)).toEqual([acme.id])
          expect(await found(proved)).toEqual([])
        })
      },
    )
  })

  function withCookie(token: string): Client {
    const client = gateway.client()
    client.cookies.set('stepgate-session', token)
    return client
  }
})
