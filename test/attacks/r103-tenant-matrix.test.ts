import {
  AddOrganizationDomainDocument,
  MembersDocument,
  MembersNotEnrolledDocument,
  MeDocument,
  ReadOrganizationDocument,
  RemoveMemberDocument,
  RemoveOrganizationDomainDocument,
  SelectOrganizationDocument,
  SetBreakGlassDocument,
  SetMemberRoleDocument,
  SignInDocument,
  VerifyOrganizationDomainDocument,
  type SignInInput,
} from '../../schema/generated/graphql.js'
import { organizationRepository } from '../../src/store/index.js'
import { ROOMY } from '../support/answers.js'
import { CALLS, UNKNOWN, type Ids } from '../support/calls-with-ids.js'
import { codeOf, dataOf, type Answer, type Client } from '../support/client.js'
import { startGateway, STORES, type TestGateway } from '../support/gateway.js'
import { idsOf, personalIdsOf } from '../support/ids-of.js'
import { askForLink, askForReset, followLink, resetWith } from '../support/links.js'
import { bringIn, mine, OPTIONAL, setPolicy, tenant, type Tenant } from '../support/organizations.js'
import { PASSWORD, stepUp, withTotp, type PersonWithFactor } from '../support/person.js'
import { ROOT_FIELDS } from '../support/root-fields.js'
import { newOperator } from '../support/services.js'
import { storedAccount, storedIn } from '../support/stored.js'

const seenIn = ({ status, text }: Answer<unknown>) => ({ status, text })

/** The same id wherever a call takes one, for every kind. */
const everywhere = (id: string): Ids => {
  const slots = Object.keys(UNKNOWN).map((slot) => [slot, id])
  return Object.fromEntries(slots) as Record<keyof Ids, string>
}

/** The answers when there was nothing to act on: no permission, no such thing, or an empty one. */
const NOTHING = new Set<unknown>([
  'BAD_USER_INPUT',
  'CHALLENGE_NOT_AVAILABLE',
  'FORBIDDEN',
  'GONE',
  'UNAUTHENTICATED',
  0,
  false,
])
function outcomeOf(answer: Answer<unknown>): unknown {
  const payload: unknown = Object.values(answer.data ?? {})[0]
  if (payload === undefined || payload === null) return codeOf(answer)
  if (typeof payload === 'string') return payload
  const { __typename: _, code, ...rest } = payload as { readonly __typename?: string; readonly code?: string }
  return code ?? Object.values(rest)[0]
}

/** What only an administrator may call: it acts on the organization of the session. */
const ADMINISTERING = new Set(ROOT_FIELDS.filter(({ access }) => access === 'ORG_ADMIN').map(({ name }) => name))
/** Calls by an id's owner: not those of operators and backends, nor those that need more than one's own id. */
const NEEDS_MORE = ['acceptInvitation', 'joinOrganization', 'changePhone', 'approvePushRequest', 'denyPushRequest']
const OWN_AFFAIRS = ROOT_FIELDS.filter(
  ({ name, access }) => name in CALLS && access !== 'ADMIN' && access !== 'SERVICE' && !NEEDS_MORE.includes(name),
).map(({ name }) => name)
/** First the ones that others would replace the challenge of, last the ones that others need. */
const FIRST = ['challengeStatus', 'verifyChallenge', 'cancelChallenge']
const LAST = ['removeFactor', 'forgetDevice', 'revokeSession']
const turnOf = (name: string) => LAST.indexOf(name) - (FIRST.includes(name) ? FIRST.length - FIRST.indexOf(name) : 0)
const KINDS = [...Object.keys(UNKNOWN), 'memberAccount', 'memberSession', 'memberDevice', 'memberEvent', 'memberFactor']
const WRITTEN = ['accounts', 'organizations', 'invitations', 'serviceKeys', 'listEntries']

describe.each(STORES)('R103 everything of another tenant, on the %s store', (store) => {
  let gateway: TestGateway
  let operator: PersonWithFactor
  let acme: Tenant
  let rival: Tenant
  let member: PersonWithFactor
  /** Administers both, in a session for the first. */
  let both: PersonWithFactor
  let foreign: Readonly<Record<string, string>>
  let secrets: readonly string[]

  beforeAll(async () => {
    gateway = await startGateway({ store, env: ROOMY })
    operator = await newOperator(gateway)
    rival = await tenant(gateway, 'Rival')
    member = await withTotp(gateway)
    await bringIn(gateway, rival, member)
    dataOf(await rival.admin.client.send(AddOrganizationDomainDocument, { input: { domain: 'rival.test' } }))
    const theirs = await personalIdsOf(gateway, member)
    foreign = {
      ...(await idsOf(gateway, operator, rival)),
      memberAccount: theirs.account,
      memberSession: theirs.session,
      memberDevice: theirs.device,
      memberEvent: theirs.event,
      memberFactor: member.authenticator.factorId,
    }
    secrets = [...Object.values(foreign), 'Rival', rival.admin.email, member.email, 'rival.test']
    both = await withTotp(gateway)
    await bringIn(gateway, rival, both, 'ADMIN')
    acme = await tenant(gateway, 'Acme')
    await bringIn(gateway, acme, both, 'ADMIN')
    await stepUp(gateway, both.client, both.authenticator)
  })
  afterAll(() => gateway.close())

  /** Everything stored about the other tenant and its people, except the person who is a member of both. */
  async function keptOfRival(): Promise<unknown> {
    const ids = Object.values(foreign)
    const kept = await Promise.all(WRITTEN.map((collection) => storedIn(gateway, collection)))
    const documents = kept.flat().filter(({ emailKey, ...document }) => {
      const isTheirs = emailKey !== both.email && emailKey !== acme.admin.email
      return isTheirs && ids.some((id) => JSON.stringify(document).includes(id))
    })
    const events = await storedIn(gateway, 'auditEvents')
    return { documents, events: events.filter(({ organizationId }) => organizationId === rival.id) }
  }

  /** Sends an id of every kind in place of an unknown one, and expects the same answer and no change. */
  async function expectShut(client: Client, name: string): Promise<void> {
    const [document, variables] = CALLS[name]!
    const send = (id: string) => client.send(document.toString(), variables(everywhere(id)))
    const before = await keptOfRival()
    const unknown = await send('A'.repeat(22))
    expect(NOTHING).toContain(outcomeOf(unknown))
    for (const kind of KINDS) {
      const answer = await send(foreign[kind]!)
      expect({ kind, ...seenIn(answer) }).toEqual({ kind, ...seenIn(unknown) })
    }
    expect(await keptOfRival()).toEqual(before)
  }

  it('has an id of every kind, and each is its own', () => {
    expect(Object.keys(foreign).sort()).toEqual([...KINDS].sort())
    expect(new Set(Object.values(foreign)).size).toBe(KINDS.length)
  })

  it('is addressed by calls that are right except for the id: with one’s own they succeed', async () => {
    const mine = await tenant(gateway, 'Mine')
    const own = await idsOf(gateway, operator, mine)
    const alike = []
    for (const name of OWN_AFFAIRS.toSorted((a, b) => turnOf(a) - turnOf(b))) {
      const [document, variables] = CALLS[name]!
      const [owned, unknown] = [variables(own), variables(UNKNOWN)]
      const refused = await mine.admin.client.send(document.toString(), unknown)
      const answered = await mine.admin.client.send(document.toString(), owned)
      if (answered.text === refused.text) alike.push(name)
    }
    expect(alike).toEqual([])
  })

  it.each(Object.keys(CALLS))('looks unknown to the administrator of one: %s', async (name) => {
    await expectShut(acme.admin.client, name)
  })

  it.each(Object.keys(CALLS).filter((name) => ADMINISTERING.has(name)))(
    'looks unknown to an administrator of both, in a session for one: %s',
    async (name) => {
      await expectShut(both.client, name)
    },
  )

  it('is on no page, from any cursor', async () => {
    const pages = [MembersDocument, MembersNotEnrolledDocument]
    const cursors = await Promise.all(
      pages.map(async (page) => {
        const connection = Object.values(dataOf(await rival.admin.client.send(page.toString(), {})))[0] as unknown
        return (connection as { readonly pageInfo: { readonly endCursor: string | null } }).pageInfo.endCursor
      }),
    )
    const withCursors = ROOT_FIELDS.filter(({ args }) => args.some((arg) => arg.name === 'after'))
    expect(withCursors.length).toBeGreaterThan(5)
    for (const { document, sample, name } of withCursors) {
      for (const after of [...cursors, ...Object.values(foreign)]) {
        const variables = { ...sample(), search: null, filter: null, before: null, last: null, kind: null, after }
        const answer = await acme.admin.client.send(document, variables)
        for (const secret of secrets) expect([name, answer.text.includes(secret)]).toEqual([name, false])
      }
    }
  })

  it('is no domain that one can prove or remove', async () => {
    const before = await keptOfRival()
    for (const document of [VerifyOrganizationDomainDocument, RemoveOrganizationDomainDocument]) {
      const send = (domain: string) => acme.admin.client.send(document.toString(), { input: { domain } })
      const refused = await send('rival.test')
      expect([codeOf(refused), seenIn(refused)]).toEqual(['BAD_USER_INPUT', seenIn(await send('nobodys.test'))])
    }
    expect(await keptOfRival()).toEqual(before)
  })

  it('cannot be signed in to, and looks the same as an unknown one', async () => {
    const { email } = acme.admin
    const before = await keptOfRival()
    const ways: readonly ((to: Pick<SignInInput, 'organizationId'>) => Promise<Answer<unknown>>)[] = [
      (to) => gateway.client().send(SignInDocument, { input: { email, password: PASSWORD, ...to } }),
      async (to) => {
        const client = gateway.client()
        return followLink(client, (await askForLink(gateway, email, client)).token, to)
      },
      async (to) => resetWith(gateway.client(), await askForReset(gateway, email), PASSWORD, to),
    ]
    for (const arrive of ways) {
      const [there, nowhere] = [
        await arrive({ organizationId: rival.id }),
        await arrive({ organizationId: UNKNOWN.organization }),
      ]
      expect(seenIn(there)).toEqual(seenIn(nowhere))
      expect(there.text).toContain('OrganizationRequired')
      expect(there.text).not.toContain(rival.id)
    }
    expect(await keptOfRival()).toEqual(before)
  })

  it('continues unchanged: its sessions are live, and its administrator still administers it', async () => {
    for (const { client } of [rival.admin, member]) expect(codeOf(await client.send(MeDocument))).toBeNull()
    const { members } = dataOf(await rival.admin.client.send(MembersDocument))
    expect(members.edges.map(({ node }) => node.email).sort()).toEqual(
      [rival.admin.email, member.email, both.email].sort(),
    )
  })

  it('is not changed by what one does to a person who is a member of both', async () => {
    const accountId = (await storedAccount(gateway, both.email))._id
    const placeIn = async (id: string) => (await mine(both.client)).find((each) => each.id === id)?.role ?? null
    const [rivalBefore] = await organizationRepository(gateway.store).find([rival.id])
    const { admin } = acme
    // The password was reset above, which ended its sessions.
    dataOf(await admin.client.send(SignInDocument, { input: { email: admin.email, password: PASSWORD } }))
    await stepUp(gateway, admin.client, admin.authenticator)
    dataOf(await admin.client.send(SetMemberRoleDocument, { input: { accountId, role: 'MEMBER' } }))
    expect([await placeIn(acme.id), await placeIn(rival.id)]).toEqual(['MEMBER', 'ADMIN'])
    const breakGlass = { accountId, enabled: true, reason: 'drill' }
    dataOf(await admin.client.send(SetBreakGlassDocument, { input: breakGlass }))
    // The exemption is set here, so it applies there.
    dataOf(
      await setPolicy(gateway, rival, {
        ...OPTIONAL,
        maxAgeSeconds: 600,
        roles: [{ role: 'ADMIN', assurance: 'MFA' }],
      }),
    )
    gateway.clock.advance(700)
    dataOf(await both.client.send(SelectOrganizationDocument, { input: { organizationId: rival.id } }))
    expect(codeOf(await both.client.send(ReadOrganizationDocument))).toBe('STEP_UP_REQUIRED')
    await stepUp(gateway, both.client, both.authenticator)
    await stepUp(gateway, admin.client, admin.authenticator)
    dataOf(await admin.client.send(RemoveMemberDocument, { accountId }))
    expect([await placeIn(acme.id), await placeIn(rival.id)]).toEqual([null, 'ADMIN'])
    dataOf(await both.client.send(SelectOrganizationDocument, { input: { organizationId: rival.id } }))
    expect(dataOf(await both.client.send(ReadOrganizationDocument)).organization.id).toBe(rival.id)
    const [rivalAfter] = await organizationRepository(gateway.store).find([rival.id])
    expect(rivalAfter?.adminIds).toEqual(rivalBefore?.adminIds)
    expect(rivalAfter?.breakGlassIds).toEqual([])
  })
})
