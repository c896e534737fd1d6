import {
  AddOrganizationDomainDocument,
  DiscoverOrganizationsDocument,
  JoinOrganizationDocument,
  OrganizationDomainsDocument,
  RemoveOrganizationDomainDocument,
  VerifyOrganizationDomainDocument,
} from '../../schema/generated/graphql.js'
import { parseDomain } from '../../src/organizations/domains.js'
import { publicMailDomains } from '../../src/organizations/public-mail.js'
import { eventsOf, ROOMY } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { dnsServer, type DnsServer } from '../support/dns-server.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { mine, tenant, type Tenant } from '../support/organizations.js'
import { registered, signIn } from '../support/person.js'

describe('a domain', () => {
  it.each([
    ['Example.COM', 'example.com'],
    [' example.com ', 'example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['ｅxample.com', 'example.com'],
  ])('has one spelling: %j', (text, domain) => {
    expect(parseDomain(text)).toBe(domain)
  })

  it.each(['', 'com', 'example', '.com', 'a..b', '-a.com', 'a_b.com', '127.0.0.1', 'a b.com', `${'a'.repeat(64)}.com`])(
    'is not %j',
    (text) => {
      expect(parseDomain(text)).toBeNull()
    },
  )

  it.each(['gmail.com', 'outlook.com', 'gmx.de', 'proton.me', 'icloud.com', 'qq.com', 'fastmail.com', 'tutanota.com'])(
    'of a public mail provider is recognised: %s',
    (domain) => {
      expect(publicMailDomains()(domain)).toBe(true)
    },
  )

  it('counts as public mail if the operator says so', () => {
    expect(publicMailDomains()('acme.test')).toBe(false)
    expect(publicMailDomains(['acme.test'])('acme.test')).toBe(true)
  })
})

describe.each(STORES)('joining by a domain, on the %s store', (store) => {
  let dns: DnsServer
  let gateway: TestGateway
  let acme: Tenant
  let rival: Tenant

  beforeAll(async () => {
    dns = await dnsServer()
    const env = {
      ...ROOMY,
      STEPGATE_DNS_SERVERS: dns.address,
      STEPGATE_PUBLIC_MAIL_DOMAINS: 'freemail.test',
      STEPGATE_ORGANIZATION_DOMAINS: '3',
    }
    gateway = await startGateway({ store, env })
    acme = await tenant(gateway, 'Acme')
    rival = await tenant(gateway, 'Rival')
  })
  afterAll(async () => {
    await gateway.close()
    await dns.close()
  })

  const add = ({ admin }: Tenant, domain: string) =>
    admin.client.send(AddOrganizationDomainDocument, { input: { domain } })
  const verify = ({ admin }: Tenant, domain: string) =>
    admin.client.send(VerifyOrganizationDomainDocument, { input: { domain } })
  const join = (client: Client, organizationId: string) => client.send(JoinOrganizationDocument, { organizationId })
  async function publish(owner: Tenant, domain: string): Promise<void> {
    const domains = dataOf(await owner.admin.client.send(OrganizationDomainsDocument)).organizationDomains
    const { recordName, recordText } = domains.find((each) => each.domain === domain) ?? {}
    dns.texts.set(recordName ?? '', ['something else', recordText ?? ''])
  }
  async function somebodyAt(domain: string) {
    const email = await registered(gateway, `somebody.${Math.random().toString(36).slice(2)}@${domain}`)
    return (await signIn(gateway, email)).client
  }

  it('needs a domain whose DNS proves its owner', async () => {
    const [added] = dataOf(await add(acme, 'Acme.test')).addOrganizationDomain
    expect(added).toMatchObject({
      domain: 'acme.test',
      verified: false,
      recordName: '_stepgate-challenge.acme.test',
      recordText: expect.stringMatching(/^stepgate-domain=[\w-]{27}$/),
    })
    expect(codeOf(await verify(acme, 'acme.test'))).toBe('BAD_USER_INPUT')
    expect(codeOf(await join(await somebodyAt('acme.test'), acme.id))).toBe('BAD_USER_INPUT')
    await publish(acme, 'acme.test')
    expect(dataOf(await verify(acme, 'acme.test')).verifyOrganizationDomain).toEqual([
      { domain: 'acme.test', verified: true, recordName: null, recordText: null },
    ])
    for (const action of ['organization.domain_added', 'organization.domain_verified'] as const) {
      expect((await eventsOf(gateway, acme.admin.email, action)).map(({ organizationId }) => organizationId)).toEqual([
        acme.id,
      ])
    }
  })

  it('admits an account whose proved address is in the domain, once', async () => {
    const client = await somebodyAt('acme.test')
    const { discoverOrganizations } = dataOf(await client.send(DiscoverOrganizationsDocument))
    expect(discoverOrganizations).toEqual([{ id: acme.id, name: 'Acme', relation: 'MAY_JOIN', mfaRequired: false }])
    dataOf(await join(client, acme.id))
    dataOf(await join(client, acme.id))
    expect(await mine(client)).toMatchObject([{ id: acme.id, role: 'MEMBER', current: true }])
  })

  it('admits no account by a part of the domain, or an extension', async () => {
    for (const domain of ['sub.acme.test', 'notacme.test', 'acme.test.evil.test']) {
      expect(codeOf(await join(await somebodyAt(domain), acme.id))).toBe('BAD_USER_INPUT')
    }
  })

  it('answers an organization one may not join like an unknown one', async () => {
    const client = await somebodyAt('elsewhere.test')
    const seen = async (id: string) => {
      const { status, text } = await join(client, id)
      return { status, text }
    }
    expect(await seen(acme.id)).toEqual(await seen('O'.repeat(22)))
  })

  it('is never possible with a public mail domain', async () => {
    for (const domain of ['gmail.com', 'GMAIL.com', 'freemail.test']) {
      expect(codeOf(await add(acme, domain))).toBe('BAD_USER_INPUT')
    }
  })

  it('is for one organization: if the DNS names both, the first one has it', async () => {
    dataOf(await add(rival, 'acme.test'))
    await publish(rival, 'acme.test')
    expect(codeOf(await verify(rival, 'acme.test'))).toBe('BAD_USER_INPUT')
    for (const owner of [acme, rival]) {
      dataOf(await add(owner, 'contested.test'))
      await publish(owner, 'contested.test')
    }
    const { recordName, recordText } = dataOf(
      await acme.admin.client.send(OrganizationDomainsDocument),
    ).organizationDomains.find(({ domain }) => domain === 'contested.test')!
    dns.texts.get(recordName ?? '')
    dns.texts.set(recordName ?? '', [...(dns.texts.get(recordName ?? '') ?? []), recordText ?? ''])
    const codes = (await Promise.all([verify(acme, 'contested.test'), verify(rival, 'contested.test')])).map(codeOf)
    expect(codes.toSorted()).toEqual(['BAD_USER_INPUT', null])
  })

  it('reports that the DNS did not answer, and admits no account meanwhile', async () => {
    dataOf(await add(acme, 'slow.test'))
    dns.isFailing = true
    expect(codeOf(await verify(acme, 'slow.test'))).toBe('UNAVAILABLE')
    dns.isFailing = false
    expect(codeOf(await verify(acme, 'slow.test'))).toBe('BAD_USER_INPUT')
  }, 20_000)

  it('allows an organization a limited number of domains', async () => {
    const refused = await add(acme, 'one-too-many.test')
    expect(codeOf(refused)).toBe('FORBIDDEN')
  })

  it('ends when the domain is removed, and members stay', async () => {
    const client = await somebodyAt('acme.test')
    const input = { domain: 'acme.test' }
    const { removeOrganizationDomain } = dataOf(
      await acme.admin.client.send(RemoveOrganizationDomainDocument, { input }),
    )
    expect(removeOrganizationDomain.map(({ domain }) => domain)).not.toContain('acme.test')
    const removed = await eventsOf(gateway, acme.admin.email, 'organization.domain_removed')
    expect(removed.map(({ organizationId }) => organizationId)).toEqual([acme.id])
    expect(codeOf(await join(client, acme.id))).toBe('BAD_USER_INPUT')
    expect(codeOf(await acme.admin.client.send(RemoveOrganizationDomainDocument, { input }))).toBe('BAD_USER_INPUT')
    dataOf(await verify(rival, 'acme.test'))
  })
})
