import { readFileSync } from 'node:fs'
import {
  AccessPolicyDocument,
  ReadAuditEventDocument,
  AuditEventsDocument,
  MyProfileDocument,
  SignInDocument,
  VerifyAuditChainDocument,
  type AuditEventsQuery,
  type AuditEventsQueryVariables,
} from '../../schema/generated/graphql.js'
import { ROOMY, storedPerson } from '../support/answers.js'
import { codeOf, dataOf } from '../support/client.js'
import { ADMIN, startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { registered, signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'

type Connection = AuditEventsQuery['auditEvents']
type Event = Connection['edges'][number]['node']

const sequencesOf = ({ edges }: Connection): readonly number[] => edges.map(({ node }) => node.sequence)

describe.each(STORES)('an operator who reads the audit log, on the %s store', (store) => {
  let gateway: TestGateway
  let operator: PersonWithFactor
  let person: PersonWithFactor
  let personId: string
  /** Every event there is, newest first. */
  let all: readonly Event[]

  beforeAll(async () => {
    gateway = await startGateway({ store, env: ROOMY })
    operator = await withTotp(gateway, ADMIN)
    person = await withTotp(gateway)
    personId = (await storedPerson(gateway, person.email))._id
    const input = { email: person.email, password: 'not at all the passphrase' }
    await gateway.client().send(SignInDocument, { input })
    gateway.clock.advance(300)
    await person.client.send(MyProfileDocument)
    await signIn(gateway, await registered(gateway))
    await stepUp(gateway, operator.client, operator.authenticator)
    all = await everyEvent()
  })
  afterAll(() => gateway.close())

  const events = async (variables: AuditEventsQueryVariables = {}) =>
    dataOf(await operator.client.send(AuditEventsDocument, variables)).auditEvents

  async function everyEvent(): Promise<Event[]> {
    const found: Event[] = []
    let page = await events({ first: 100 })
    found.push(...page.edges.map(({ node }) => node))
    while (page.pageInfo.hasNextPage) {
      page = await events({ first: 100, after: page.pageInfo.endCursor })
      found.push(...page.edges.map(({ node }) => node))
    }
    return found
  }

  it('sees every event, newest first, down to the first', () => {
    expect(all.map(({ sequence }) => sequence)).toEqual(Array.from(all, (_, index) => all.length - index))
    expect(all.at(-1)?.action).toBe('account.created')
    expect(all.length).toBeGreaterThan(20)
  })

  it('is shown twenty by default', async () => {
    const page = await events()
    expect(sequencesOf(page)).toEqual(all.slice(0, 20).map(({ sequence }) => sequence))
    expect(page.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
  })

  it.each([1, 7, 100])('sees every event once on the way back in time, in pages of %i', async (first) => {
    const seen: number[] = []
    for (let after: string | null = null, more = true; more;) {
      const page: Connection = await events({ first, after })
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null)
      seen.push(...sequencesOf(page))
      after = page.pageInfo.endCursor ?? null
      more = page.pageInfo.hasNextPage
    }
    expect(seen).toEqual(all.map(({ sequence }) => sequence))
  })

  it.each([1, 7, 100])('and once on the way forward, in pages of %i', async (last) => {
    const seen: number[] = []
    for (let before: string | null = null, more = true; more;) {
      const page: Connection = await events({ last, before })
      expect(page.pageInfo.hasNextPage).toBe(before !== null)
      // A page is newest first, in whichever direction it was turned to.
      seen.unshift(...sequencesOf(page))
      before = page.pageInfo.startCursor ?? null
      more = page.pageInfo.hasPreviousPage
    }
    expect(seen).toEqual(all.map(({ sequence }) => sequence))
  })

  it('may read between two cursors, and returns to the page it left', async () => {
    const there = await events({ first: 5, after: (await events({ first: 3 })).pageInfo.endCursor })
    const back = await events({ last: 3, before: there.pageInfo.startCursor })
    expect(sequencesOf(back)).toEqual(all.slice(0, 3).map(({ sequence }) => sequence))
    const { startCursor: after, endCursor: before } = there.pageInfo
    expect(sequencesOf(await events({ after, before }))).toEqual(sequencesOf(there).slice(1, -1))
  })

  it('finds by action, by outcome and by account, alone and together', async () => {
    const isAbout = ({ actor, targets }: Event) => [actor, ...targets].some(({ id }) => id === personId)
    const actions = ['session.created', 'challenge.passed']
    const narrowed: readonly (readonly [AuditEventsQueryVariables['filter'], (event: Event) => boolean])[] = [
      [{ actions }, ({ action }) => actions.includes(action)],
      [{ outcome: 'FAILURE' }, ({ outcome }) => outcome === 'FAILURE'],
      [{ outcome: 'DENIED' }, ({ outcome }) => outcome === 'DENIED'],
      [{ accountId: personId }, isAbout],
      [{ accountId: personId, actions }, (event) => isAbout(event) && actions.includes(event.action)],
      [{ accountId: personId, outcome: 'DENIED' }, (event) => isAbout(event) && event.outcome === 'DENIED'],
      [{}, () => true],
    ]
    for (const [filter, fits] of narrowed) {
      const expected = all.filter(fits)
      expect(expected.length).toBeGreaterThan(0)
      expect([filter, (await events({ filter, first: 100 })).edges.map(({ node }) => node)]).toEqual([filter, expected])
    }
    for (const filter of [{ actions: ['access.reported'] }, { accountId: 'A'.repeat(22) }, { actions: [] }]) {
      const { edges, pageInfo } = await events({ filter })
      expect(edges).toEqual([])
      expect(pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null })
    }
  })

  it('finds by time: after one moment, and before another', async () => {
    const moments = [...new Set(all.map(({ occurredAt }) => occurredAt))].toSorted()
    const [from, until] = [moments[1]!, moments.at(-1)!]
    const timesOf = async (filter: AuditEventsQueryVariables['filter']) =>
      (await events({ filter, first: 100 })).edges.map(({ node }) => node.occurredAt)
    const times = all.map(({ occurredAt }) => occurredAt)
    expect(await timesOf({ from })).toEqual(times.filter((time) => time >= from))
    expect(await timesOf({ until })).toEqual(times.filter((time) => time < until))
    expect(await timesOf({ from, until })).toEqual(times.filter((time) => time >= from && time < until))
  })

  it('turns pages of a filtered list', async () => {
    const filter = { accountId: personId }
    const whole = sequencesOf(await events({ filter, first: 100 }))
    const first = await events({ filter, first: 2 })
    const second = await events({ filter, first: 2, after: first.pageInfo.endCursor })
    expect([...sequencesOf(first), ...sequencesOf(second)]).toEqual(whole.slice(0, 4))
    const back = await events({ filter, last: 2, before: second.pageInfo.startCursor })
    expect(sequencesOf(back)).toEqual(whole.slice(0, 2))
    expect(back.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true })
  })

  it.each<[string, AuditEventsQueryVariables]>([
    ['a page of 101', { first: 101 }],
    ['a page of 101 the other way', { last: 101 }],
    ['an empty page', { first: 0 }],
    ['both ways at once', { first: 1, last: 1 }],
    ['an invalid cursor', { after: 'not-ours' }],
    ['an invalid cursor, the other way', { last: 1, before: 'not-ours' }],
    ['an empty cursor', { after: '' }],
    ['a time that ends before it begins', { filter: { from: '2026-03-03T00:00:00Z', until: '2026-03-02T00:00:00Z' } }],
    ['an unknown action', { filter: { actions: ['session.stolen'] } }],
  ])('is refused %s', async (_, variables) => {
    expect(codeOf(await operator.client.send(AuditEventsDocument, variables))).toBe('BAD_USER_INPUT')
  })

  it('opens one event with all its details', async () => {
    const listed = all.find(({ action }) => action === 'risk.assessed')!
    const { auditEvent } = dataOf(await operator.client.send(ReadAuditEventDocument, { id: listed.id }))
    expect(auditEvent).toMatchObject(listed)
    expect(auditEvent).toMatchObject({
      version: 3,
      organizationId: null,
      context: { ip: '127.0.0.1', operationName: 'SignIn', requestId: expect.any(String), country: null },
      risk: {
        contributions: expect.arrayContaining([
          { code: 'DEVICE_TOKEN_NONE', nats: expect.any(Number), detail: 'The client sent no device token.' },
        ]),
      },
    })
    const before = all.find(({ sequence }) => sequence === listed.sequence - 1)!
    const { auditEvent: previous } = dataOf(await operator.client.send(ReadAuditEventDocument, { id: before.id }))
    expect(auditEvent?.previousHash).toBe(previous?.hash)
  })

  it.each(['A'.repeat(22), '', '../../etc', '{"$gt":""}'])('is told that there is no event %j', async (id) => {
    expect(dataOf(await operator.client.send(ReadAuditEventDocument, { id })).auditEvent).toBeNull()
  })

  it('finds the whole chain intact', async () => {
    const { verifyAuditChain } = dataOf(await operator.client.send(VerifyAuditChainDocument))
    const [checked, nothing] = [all.length, { checkpointNumber: null, checkpointHash: null, firstBreak: null }]
    const whole = { intact: true, finished: true, endCursor: null, verified: checked, total: checked }
    expect(verifyAuditChain).toEqual({ ...whole, checked, erased: 0, uncovered: checked, ...nothing })
  })

  it('reads the access policy that the schema was printed with', async () => {
    const table = readFileSync(new URL('../../schema/access.md', import.meta.url), 'utf8')
    const printed = [...table.matchAll(/^\| `([A-Za-z.]+)` \| ([A-Z_]+) \|/gm)].map(([, field, access]) => [
      field,
      access,
    ])
    const { accessPolicy } = dataOf(await operator.client.send(AccessPolicyDocument))
    expect(accessPolicy.map(({ field, access }) => [field, access])).toEqual(printed)
    expect(printed.length).toBeGreaterThan(30)
  })
})
