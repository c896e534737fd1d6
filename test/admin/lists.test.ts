import {
  AllowAddressDocument,
  AuditEventsDocument,
  BlockAddressDocument,
  ListEntriesDocument,
  MyDevicesDocument,
  RemoveListEntryDocument,
  type ListEntriesQueryVariables,
  type ListEntryInput,
} from '../../schema/generated/graphql.js'
import type { AsnLookup, GeoLookup } from '../../src/networks/index.js'
import { ROOMY } from '../support/answers.js'
import { codeOf, dataOf, type Client } from '../support/client.js'
import { faultyStore } from '../support/faulty-store.js'
import { ADMIN, startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { enrollTotp, registered, signIn, stepUp, withTotp, type Authenticator } from '../support/person.js'

const asn: AsnLookup = {
  lookup: () => ({ kind: 'found', asn: 64500, class: null }),
  warmUp: async () => undefined,
}
const place = { country: 'DE', latitude: 52, longitude: 13, radiusKm: 10 }
const geo: GeoLookup = { locate: () => ({ kind: 'place', place }), warmUp: async () => undefined }

describe.each(STORES)('an operator and the allow and block lists, on the %s store', (store) => {
  const fault = faultyStore()
  let gateway: TestGateway
  let operator: { readonly client: Client; readonly authenticator: Authenticator }

  beforeAll(async () => {
    const env = { ...ROOMY, STEPGATE_MAX_LIST_ENTRIES: '8', STEPGATE_TRUSTED_PROXIES: 'loopback' }
    gateway = await startGateway({ store, env, asn, geo, wrapStore: (each) => fault.wrap(each) })
    const headers = { 'x-forwarded-for': '198.51.100.7' }
    const { client } = await signIn(gateway, await registered(gateway, ADMIN), { headers })
    operator = { client, ...(await enrollTotp(gateway, client)) }
  })
  afterAll(() => gateway.close())
  afterEach(async () => {
    fault.heal()
    for (const { node } of (await entries()).edges) await remove(node.id)
  })

  const block = (input: ListEntryInput) => operator.client.send(BlockAddressDocument, { input })
  const allow = (input: ListEntryInput) => operator.client.send(AllowAddressDocument, { input })
  const remove = (id: string) => operator.client.send(RemoveListEntryDocument, { id })
  const entries = async (variables: ListEntriesQueryVariables = {}) =>
    dataOf(await operator.client.send(ListEntriesDocument, variables)).listEntries
  const valuesOf = async (variables: ListEntriesQueryVariables = {}) =>
    (await entries(variables)).edges.map(({ node }) => node.value)
  const newestEvent = async () =>
    dataOf(await operator.client.send(AuditEventsDocument, { first: 1 })).auditEvents.edges[0]?.node

  it.each<[ListEntryInput, string, string]>([
    [{ address: ' 203.0.113.7 ' }, 'ADDRESS', '203.0.113.7'],
    [{ address: '203.0.113.7/24' }, 'ADDRESS', '203.0.113.0/24'],
    [{ address: '::ffff:203.0.113.7' }, 'ADDRESS', '203.0.113.7'],
    [{ address: '2001:DB8:0::1/48' }, 'ADDRESS', '2001:db8::/48'],
    [{ asn: 4294967295 }, 'ASN', 'AS4294967295'],
    [{ country: 'fr' }, 'COUNTRY', 'FR'],
    [{ deviceId: 'D'.repeat(22) }, 'DEVICE', 'D'.repeat(22)],
  ])('blocks %j, sees it, and removes it again, all in the audit log', async (input, kind, value) => {
    const expiresAt = new Date(gateway.clock.now().getTime() + 60_000).toISOString()
    const { entry } = dataOf(await block({ ...input, note: 'scanner', expiresAt })).blockAddress
    expect(entry).toMatchObject({ kind, value, verdict: 'BLOCK', note: 'scanner', expiresAt })
    expect(entry.createdAt).toBe(gateway.clock.now().toISOString())
    const target = [{ id: entry.id, type: 'LIST_ENTRY' }]
    const metadata = { kind, value, verdict: 'BLOCK', note: 'scanner', expiresAt }
    expect(await newestEvent()).toMatchObject({
      action: 'list.entry_added',
      outcome: 'SUCCESS',
      targets: target,
      metadata,
    })
    expect((await entries()).edges.map(({ node }) => node)).toEqual([entry])
    expect(dataOf(await remove(entry.id)).removeListEntry.entry).toEqual(entry)
    expect(await newestEvent()).toMatchObject({ action: 'list.entry_removed', targets: target, metadata })
    expect((await entries()).edges).toEqual([])
  })

  it('renews an entry instead of adding a second, and keeps allow and block apart', async () => {
    const first = dataOf(await block({ address: '203.0.113.7' })).blockAddress.entry
    const again = dataOf(await block({ address: '203.0.113.7/32', note: 'again' })).blockAddress.entry
    expect(again.id).toBe(first.id)
    const allowed = dataOf(await allow({ address: '203.0.113.7' })).allowAddress.entry
    expect(allowed).toMatchObject({ verdict: 'ALLOW' })
    expect((await entries()).edges).toHaveLength(2)
    expect((await entries({ verdict: 'BLOCK' })).edges.map(({ node }) => node)).toEqual([again])
  })

  it('turns pages, and finds by kind, list, beginning, and by an address inside', async () => {
    const given: ListEntryInput[] = [
      { address: '203.0.113.0/24' },
      { address: '203.0.0.0/16' },
      { address: '2001:db8::/32' },
    ]
    for (const input of [...given, { asn: 64501 }, { country: 'FR' }]) {
      dataOf(await block(input))
      gateway.clock.advance(1)
    }
    const all = await valuesOf()
    expect(all).toEqual(['FR', 'AS64501', '2001:db8::/32', '203.0.0.0/16', '203.0.113.0/24'])
    const seen: string[] = []
    let page = await entries({ first: 2 })
    expect(page.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
    for (;;) {
      seen.push(...page.edges.map(({ node }) => node.value))
      if (!page.pageInfo.hasNextPage) break
      page = await entries({ first: 2, after: page.pageInfo.endCursor })
      expect(page.pageInfo.hasPreviousPage).toBe(true)
    }
    expect(seen).toEqual(all)
    expect(await valuesOf({ kind: 'COUNTRY' })).toEqual(['FR'])
    expect(await valuesOf({ search: ' as645 ' })).toEqual(['AS64501'])
    expect(await valuesOf({ search: '203.' })).toEqual(['203.0.0.0/16', '203.0.113.0/24'])
    expect(await valuesOf({ search: '203.0.113.9' })).toEqual(['203.0.0.0/16', '203.0.113.0/24'])
    expect(await valuesOf({ search: '::ffff:203.0.1.1' })).toEqual(['203.0.0.0/16'])
    expect(await valuesOf({ search: '2001:DB8:1::1' })).toEqual(['2001:db8::/32'])
    expect(await valuesOf({ search: '.*' })).toEqual([])
    expect(await valuesOf({ verdict: 'ALLOW' })).toEqual([])
  })

  it('sees no expired entry', async () => {
    const expiresAt = new Date(gateway.clock.now().getTime() + 1000).toISOString()
    const { entry } = dataOf(await block({ country: 'FR', expiresAt })).blockAddress
    gateway.clock.advance(1)
    expect(await valuesOf()).toEqual([])
    expect(codeOf(await remove(entry.id))).toBe('BAD_USER_INPUT')
  })

  it.each<[string, ListEntryInput]>([
    ['nothing', {}],
    ['two things', { address: '203.0.113.7', asn: 1 }],
    ['no address', { address: 'example.com' }],
    ['an empty address', { address: '' }],
    ['an address in a zone', { address: 'fe80::1%eth0' }],
    ['the whole internet', { address: '0.0.0.0/0' }],
    ['the whole of IPv6', { address: '::/0' }],
    ['the whole internet, mapped', { address: '::ffff:0:0/96' }],
    ['more than a /8', { address: '12.0.0.0/7' }],
    ['more than a /16 of IPv6', { address: '2001::/15' }],
    ['an AS number of 0', { asn: 0 }],
    ['half an AS number', { asn: 1.5 }],
    ['no country', { country: 'XX' }],
    ['no device id', { deviceId: '../x' }],
    ['a long note', { country: 'FR', note: 'x'.repeat(201) }],
    ['a note of two lines', { country: 'FR', note: 'a\nb' }],
    ['an entry of the past', { country: 'FR', expiresAt: '2020-01-01T00:00:00.000Z' }],
  ])('is refused %s, and nothing is listed', async (_, input) => {
    for (const answer of [await block(input), await allow(input)]) expect(codeOf(answer)).toBe('BAD_USER_INPUT')
    expect(await valuesOf()).toEqual([])
  })

  it.each<[string, ListEntryInput]>([
    ['address', { address: '198.51.100.7' }],
    ['network', { address: '198.0.0.0/8' }],
    ['autonomous system', { asn: 64500 }],
    ['country', { country: 'DE' }],
  ])('cannot block their own %s, but may allow it', async (_, input) => {
    const refused = await block(input)
    expect(codeOf(refused)).toBe('BAD_USER_INPUT')
    expect(refused.errors[0]?.extensions['messageId']).toBe('list.blocks-you')
    expect(await valuesOf()).toEqual([])
    expect(codeOf(await allow(input))).toBeNull()
  })

  it('cannot block their own device', async () => {
    const { myDevices } = dataOf(await operator.client.send(MyDevicesDocument))
    const current = myDevices.find((device) => device.current)
    if (!current) throw new Error('the operator has no device')
    expect(codeOf(await block({ deviceId: current.id }))).toBe('BAD_USER_INPUT')
  })

  it.each<ListEntriesQueryVariables>([{ first: 0 }, { first: 101 }, { after: 'not-ours' }, { search: 'x'.repeat(65) }])(
    'is refused the page %j',
    async (variables) => {
      expect(codeOf(await operator.client.send(ListEntriesDocument, variables))).toBe('BAD_USER_INPUT')
    },
  )

  it.each(['', 'A'.repeat(22), '{"$gt":""}'])('is told that there is no entry %j', async (id) => {
    expect(codeOf(await remove(id))).toBe('BAD_USER_INPUT')
  })

  it('is told when the lists are full, and may still renew', async () => {
    for (let asn = 1; asn <= 8; asn += 1) dataOf(await block({ asn }))
    expect(codeOf(await block({ asn: 9 }))).toBe('BAD_USER_INPUT')
    expect(codeOf(await block({ asn: 8, note: 'still' }))).toBeNull()
  })

  it('is told when the store does not answer', async () => {
    fault.failFrom('listEntries', 'updateOne')
    expect(codeOf(await block({ asn: 9 }))).toBe('UNAVAILABLE')
  })

  it('must be one, with a recent proof', async () => {
    const person = await withTotp(gateway)
    for (const { client } of [person, { client: gateway.client() }]) {
      for (const answer of [
        await client.send(BlockAddressDocument, { input: { asn: 9 } }),
        await client.send(AllowAddressDocument, { input: { asn: 9 } }),
        await client.send(RemoveListEntryDocument, { id: 'A'.repeat(22) }),
        await client.send(ListEntriesDocument, {}),
      ]) {
        expect(codeOf(answer)).toMatch(/^(?:FORBIDDEN|UNAUTHENTICATED)$/)
      }
    }
    gateway.clock.advance(901)
    const stale = await block({ asn: 9 })
    expect(codeOf(stale)).toBe('STEP_UP_REQUIRED')
    expect(stale.errors[0]?.message).toBe('Confirm it is you to change the allow and block lists.')
    await stepUp(gateway, operator.client, operator.authenticator)
    expect(codeOf(await block({ asn: 9 }))).toBeNull()
  })
})
