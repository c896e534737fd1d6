import {
  AccessPolicyDocument,
  ReadAccountDocument,
  AccountsDocument,
  AuditEventsDocument,
  MeDocument,
  RevokeAccountSessionsDocument,
  VerifyAuditChainDocument,
  type AccountsQueryVariables,
} from '../../schema/generated/graphql.js'
import { bearer, ROOMY, storedPerson } from '../support/answers.js'
import { refresh, signInApp } from '../support/app.js'
import { codeOf, dataOf } from '../support/client.js'
import { ADMIN, startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { registered, signIn, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'

describe.each(STORES)('an operator, on the %s store', (store) => {
  let gateway: TestGateway
  let operator: PersonWithFactor
  /** Every address, newest account first; some accounts were created at the same moment. */
  const newestFirst: string[] = []

  beforeAll(async () => {
    gateway = await startGateway({ store, env: ROOMY })
    operator = await withTotp(gateway, ADMIN)
    newestFirst.unshift(ADMIN)
    for (const name of ['ada', 'adam', 'bea', 'carl', 'dora', 'emil']) {
      newestFirst.unshift(await registered(gateway, `${name}@example.com`))
      gateway.clock.advance(1)
    }
  })
  beforeEach(() => stepUp(gateway, operator.client, operator.authenticator))
  afterAll(() => gateway.close())

  const accounts = async (variables: AccountsQueryVariables = {}) =>
    dataOf(await operator.client.send(AccountsDocument, variables)).accounts
  const emailsOf = ({ edges }: Awaited<ReturnType<typeof accounts>>) => edges.map(({ node }) => node.email)
  const idOf = async (email: string) => (await storedPerson(gateway, email))._id

  it('sees the accounts, newest first, without personal data', async () => {
    const page = await accounts()
    expect(emailsOf(page)).toEqual(newestFirst)
    expect(page.pageInfo).toEqual({ hasNextPage: false, endCursor: page.edges.at(-1)?.cursor })
    const [newest] = page.edges
    expect(newest?.node).toEqual({
      id: await idOf('emil@example.com'),
      email: 'emil@example.com',
      enabled: true,
      createdAt: expect.stringMatching(/^2100-03-01T09:/),
      lastSignInAt: null,
      roles: [],
    })
    expect(page.edges.at(-1)?.node.lastSignInAt).toMatch(/^2100-03-01T09:/)
  })

  it('finds accounts by the beginning of the address, in any case and with spaces around', async () => {
    expect(emailsOf(await accounts({ search: 'ada' }))).toEqual(['ada@example.com', 'adam@example.com'])
    expect(emailsOf(await accounts({ search: ' ADA@ ' }))).toEqual(['ada@example.com'])
    expect(emailsOf(await accounts({ search: ' ' }))).toEqual(newestFirst)
    // Only at the beginning, and as plain text.
    for (const search of ['example.com', '.*', 'a%', '[a-z]']) expect(emailsOf(await accounts({ search }))).toEqual([])
  })

  it('is told clearly that there is no match', async () => {
    const page = await accounts({ search: 'nobody' })
    expect(page).toEqual({ edges: [], pageInfo: { hasNextPage: false, endCursor: null } })
  })

  it.each([1, 2, 3, 6, 7])('sees every account once in pages of %i', async (first) => {
    const seen: string[] = []
    let page = await accounts({ first })
    seen.push(...emailsOf(page))
    while (page.pageInfo.hasNextPage) {
      expect(page.edges).toHaveLength(first)
      page = await accounts({ first, after: page.pageInfo.endCursor })
      seen.push(...emailsOf(page))
    }
    expect(seen).toEqual(newestFirst)
  })

  it('continues where a page ended, despite new sign-ups, even at the same moment', async () => {
    const twins = [await registered(gateway, 'twin1@example.com'), await registered(gateway, 'twin2@example.com')]
    const first = await accounts({ first: 1 })
    gateway.clock.advance(1)
    newestFirst.unshift(await registered(gateway, 'late@example.com'))
    const rest = await accounts({ after: first.pageInfo.endCursor })
    expect(emailsOf(first).concat(emailsOf(rest)).slice(0, 2).toSorted()).toEqual(twins)
    expect(emailsOf(rest).slice(1)).toEqual(newestFirst.slice(1))
    expect(emailsOf(await accounts({ search: 'twin' }))).toHaveLength(2)
  })

  it.each([
    ['an empty page', { first: 0 }],
    ['a page of 101', { first: 101 }],
    ['a negative page', { first: -1 }],
    ['an invalid cursor', { after: 'not-ours' }],
    ['an empty cursor', { after: '' }],
    ['a cursor without a moment', { after: Buffer.from(`now ${'A'.repeat(22)}`).toString('base64url') }],
    ['a cursor of another connection', { after: Buffer.from('audit:1').toString('base64url') }],
    ['a search that is too long', { search: 'a'.repeat(255) }],
  ])('is refused %s', async (_, variables) => {
    expect(codeOf(await operator.client.send(AccountsDocument, variables))).toBe('BAD_USER_INPUT')
  })

  it("ends a person's sessions with the very next request, by cookie and by token", async () => {
    const email = await registered(gateway)
    const [{ client }, bystander] = [await signIn(gateway, email), await withTotp(gateway)]
    const { accessToken, refreshToken } = await signInApp(gateway, email)
    const accountId = await idOf(email)
    const input = { accountId, reason: ' Reported as stolen, ticket 4711 ' }
    const { revokeAccountSessions } = dataOf(await operator.client.send(RevokeAccountSessionsDocument, { input }))
    expect(revokeAccountSessions.revoked).toBe(2)
    expect(codeOf(await client.send(MeDocument))).toBe('UNAUTHENTICATED')
    expect(codeOf(await bearer(gateway, accessToken).send(MeDocument))).toBe('UNAUTHENTICATED')
    expect(codeOf(await refresh(gateway, refreshToken))).toBe('UNAUTHENTICATED')
    for (const other of [bystander, operator]) expect(codeOf(await other.client.send(MeDocument))).toBeNull()

    const filter = { accountId, actions: ['admin.sessions_revoked'] }
    const { auditEvents } = dataOf(await operator.client.send(AuditEventsDocument, { filter }))
    expect(auditEvents.edges.map(({ node }) => node)).toMatchObject([
      {
        outcome: 'SUCCESS',
        actor: { id: await idOf(ADMIN), type: 'ACCOUNT' },
        targets: [{ id: accountId, type: 'ACCOUNT' }],
        metadata: { note: 'Reported as stolen, ticket 4711' },
      },
    ])
    expect((await signIn(gateway, email)).result.__typename).toBe('SignedIn')
  })

  it('must say whose sessions to end, and why', async () => {
    const email = await registered(gateway)
    const { client } = await signIn(gateway, email)
    const accountId = await idOf(email)
    const refused = [
      { accountId, reason: '' },
      { accountId, reason: '  ' },
      { accountId, reason: 'a'.repeat(201) },
      { accountId, reason: 'two\nlines' },
      { accountId: 'A'.repeat(22), reason: 'nobody' },
      { accountId: '$gt', reason: 'nobody' },
    ]
    for (const input of refused) {
      expect(codeOf(await operator.client.send(RevokeAccountSessionsDocument, { input }))).toBe('BAD_USER_INPUT')
    }
    expect(codeOf(await client.send(MeDocument))).toBeNull()
    const filter = { accountId, actions: ['admin.sessions_revoked'] }
    expect(dataOf(await operator.client.send(AuditEventsDocument, { filter })).auditEvents.edges).toEqual([])
  })

  const input = { accountId: 'A'.repeat(22), reason: 'x' }
  const EVERYTHING = [
    ['accounts', AccountsDocument, {}],
    ['account', ReadAccountDocument, { id: input.accountId }],
    ['revokeAccountSessions', RevokeAccountSessionsDocument, { input }],
    ['auditEvents', AuditEventsDocument, {}],
    ['accessPolicy', AccessPolicyDocument, {}],
    ['verifyAuditChain', VerifyAuditChainDocument, {}],
  ] as const

  it.each(EVERYTHING)('must prove a factor again after 15 minutes before %s', async (_, document, variables) => {
    // The proof was made 30 seconds ago.
    gateway.clock.advance(870)
    expect(codeOf(await operator.client.send(document, variables))).not.toBe('STEP_UP_REQUIRED')
    gateway.clock.advance(1)
    const refused = await operator.client.send(document, variables)
    expect([refused.status, codeOf(refused)]).toEqual([401, 'STEP_UP_REQUIRED'])
    expect(refused.errors[0]?.extensions['stepUp']).toMatchObject({ reason: 'MFA_STALE', maxAge: 900 })
  })

  it.each(EVERYTHING)('is required: %s is closed to a person whose factor was proved just now', async (...call) => {
    const [, document, variables] = call
    const person = await withTotp(gateway)
    const refused = await person.client.send(document, variables)
    expect([refused.status, codeOf(refused)]).toEqual([403, 'FORBIDDEN'])
  })
})
