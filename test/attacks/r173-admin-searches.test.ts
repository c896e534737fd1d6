import {
  AUDIT_ACTIONS,
  AUDIT_OUTCOMES,
  type AuditAction,
  type AuditFilter,
  type AuditMoment,
  type AuditSlice,
} from '../../src/audit/index.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import type { AccountId, OrganizationId, ServiceKeyId } from '../../src/kernel/ids.js'
import { LIST_KINDS, LIST_VERDICTS } from '../../src/risk/index.js'
import { openRepositories } from '../../src/store/index.js'
import { countingStore, type CountedFind } from '../support/counting-store.js'
import { boundedFind } from '../support/index-rules.js'
import { OPEN_RULES } from '../support/mfa-rules.js'

const NOW = new Date('2026-03-01T12:00:00Z')
const EVENTS = 1_800
const ACCOUNTS = 2_000
const PAGE = 21
const ACTIONS = Object.keys(AUDIT_ACTIONS) as AuditAction[]

const account = (n: number): string => `account-${n % 7}`
const momentAt = (n: number): AuditMoment => ({
  // Ten events share each moment.
  occurredAt: secondsAfter(NOW, Math.floor(n / 10)),
  id: `event-${String(n).padStart(6, '0')}`,
})

/** Many accounts and actions that never meet: an account has only the actions and outcomes of its own third. */
function storedEvent(n: number) {
  const { occurredAt, id: _id } = momentAt(n)
  const third = n % 3
  return {
    ...{ _id, occurredAt, sequence: `stream.${String(n + 1).padStart(12, '0')}`, hash: '', metadata: {}, version: 2 },
    action: ['session.created', 'challenge.failed', 'risk.assessed'][third],
    outcome: AUDIT_OUTCOMES[third],
    actor: { id: third === 0 ? 'busy' : account(n), type: 'ACCOUNT' },
    targets: [
      { id: account(n + 1), type: 'ACCOUNT' },
      { id: `session-${n}`, type: 'SESSION' },
    ],
  }
}

const storedPerson = (n: number) => ({
  _id: `person-${String(n).padStart(6, '0')}`,
  email: `user${n}@example.com`,
  emailKey: `user${String(n).padStart(5, '0')}@example.com`,
  // Every account of an import was created at the same moment.
  createdAt: secondsAfter(NOW, Math.floor(n / 1_000)),
  organizationIds: n % 2 === 0 ? ['org-even', 'org-all'] : ['org-all'],
  memberships: {},
  factors: {},
})

const storedEntry = (n: number) => ({
  ...{ _id: `entry-${String(n).padStart(16, '0')}`, note: null, createdBy: 'operator', expiresAt: null },
  kind: n === 0 ? 'COUNTRY' : 'ASN',
  verdict: n % 50 === 0 ? 'ALLOW' : 'BLOCK',
  value: n === 0 ? 'FR' : `AS${String(n).padStart(6, '0')}`,
  createdAt: secondsAfter(NOW, Math.floor(n / 500)),
})

const counting = countingStore()
const repositories = openRepositories(counting.store, async () => OPEN_RULES)
const numbers = (count: number): number[] => Array.from({ length: count }, (_, n) => n)
counting.fill('auditEvents', numbers(EVENTS).map(storedEvent))
counting.fill('accounts', numbers(ACCOUNTS).map(storedPerson))
counting.fill('listEntries', numbers(2_000).map(storedEntry))
counting.fill(
  'serviceKeys',
  numbers(500).map((n) => ({ _id: `key-${String(n).padStart(4, '0')}`, createdAt: secondsAfter(NOW, n % 3) })),
)

/** What a search sent, how much it looked at, and how much it answered. */
async function counted(search: () => Promise<readonly unknown[]>) {
  counting.finds.length = 0
  const answered = (await search()).length
  const sent = [...counting.finds]
  return { sent, answered, looked: sent.reduce((sum, { looked }) => sum + looked, 0) }
}

const withoutIndex = (sent: readonly CountedFind[], unless: readonly string[] = []) =>
  sent.filter((find) => boundedFind(find.collection.indexes, find, unless) === null)

type Choices<T> = { readonly [K in keyof T]: readonly T[K][] }

/** Every combination of the choices. */
function combinations<T extends object>(choices: Choices<T>): readonly T[] {
  return Object.entries<readonly unknown[]>(choices).reduce<readonly object[]>(
    (begun, [name, values]) => begun.flatMap((each) => values.map((value) => ({ ...each, [name]: value }))),
    [{}],
  ) as readonly T[]
}

type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> }

const given = <T extends object>(fields: T): Given<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>

const slices: readonly AuditSlice[] = combinations<{
  from: Date | undefined
  until: Date | undefined
  actions: readonly AuditAction[] | undefined
  outcome: AuditFilter['outcome']
  accountId: string | undefined
  below: AuditMoment | undefined
  above: AuditMoment | undefined
  order: AuditSlice['order']
}>({
  from: [undefined, momentAt(360).occurredAt],
  until: [undefined, momentAt(1_440).occurredAt],
  actions: [undefined, ['challenge.failed', 'factor.removed'], ACTIONS],
  outcome: [undefined, 'DENIED'],
  accountId: [undefined, 'busy', 'account-1'],
  below: [undefined, momentAt(1_205)],
  above: [undefined, momentAt(604)],
  order: ['NEWEST_FIRST', 'OLDEST_FIRST'],
}).map(({ below, above, order, ...filter }) => ({
  ...{ filter: given(filter), order, limit: PAGE },
  ...given({ below, above }),
}))

describe('a search of the audit log', () => {
  it('has an index for each of its commands, whatever is asked for', async () => {
    expect(slices).toHaveLength(576)
    for (const slice of slices) {
      const { sent } = await counted(() => repositories.auditStore.find(slice))
      expect([slice, withoutIndex(sent)]).toEqual([slice, []])
    }
  })

  it('looks at no more than a few times what it answers', async () => {
    let answers = 0
    for (const slice of slices) {
      const { looked, answered } = await counted(() => repositories.auditStore.find(slice))
      // An account is looked up as actor and as target, and all actions in two parts.
      if (looked > 4 * answered) throw new Error(`${looked} for ${answered}: ${JSON.stringify(slice)}`)
      answers += answered
    }
    expect(answers).toBeGreaterThan(3_000)
  })

  it('answers what a look at every event answers', async () => {
    const every = numbers(EVENTS).map(storedEvent)
    const isOlder = (event: (typeof every)[number], { occurredAt, id }: AuditMoment): boolean =>
      event.occurredAt < occurredAt || (event.occurredAt.getTime() === occurredAt.getTime() && event._id < id)
    for (const slice of slices) {
      const { filter, below, above, order } = slice
      const { from, until, actions, outcome, accountId } = filter
      const expected = every.filter(
        (event) =>
          (!from || event.occurredAt >= from) &&
          (!until || event.occurredAt < until) &&
          (!actions || (actions as readonly (string | undefined)[]).includes(event.action)) &&
          (!outcome || event.outcome === outcome) &&
          (!accountId || event.actor.id === accountId || event.targets.some(({ id }) => id === accountId)) &&
          (!below || isOlder(event, below)) &&
          (!above || !(isOlder(event, above) || event._id === above.id)),
      )
      if (order === 'NEWEST_FIRST') expected.reverse()
      const found = await repositories.auditStore.find(slice)
      expect([slice, found.map(({ id }) => id)]).toEqual([slice, expected.slice(0, PAGE).map(({ _id }) => _id)])
    }
  })

  it('finds nothing at once where an action and an outcome, or an account and an action, never meet', async () => {
    for (const filter of [
      { actions: ['session.created'], outcome: 'DENIED' },
      { accountId: 'busy', actions: ['challenge.failed'] },
      { accountId: 'busy', outcome: 'DENIED' },
      { from: momentAt(10).occurredAt, until: momentAt(1_500).occurredAt, actions: ['admin.factors_reset'] },
    ] satisfies AuditFilter[]) {
      const { looked, answered } = await counted(() =>
        repositories.auditStore.find({ filter, order: 'NEWEST_FIRST', limit: PAGE }),
      )
      expect([filter, looked, answered]).toEqual([filter, 0, 0])
    }
  })
})

describe('a list for operators', () => {
  const person = storedPerson(1_500)
  const entry = storedEntry(700)
  const newest = combinations<{ id: string | null }>({ id: [null, person._id] })

  it.each(newest)('of accounts, after %j, looks at what it shows', async ({ id }) => {
    const after = id === null ? null : { id: id as AccountId, createdAt: person.createdAt }
    const { sent, looked, answered } = await counted(() => repositories.accounts.list({ first: PAGE, after }))
    expect([withoutIndex(sent), looked, answered]).toEqual([[], PAGE, PAGE])
  })

  it.each([null, person.emailKey])('of accounts whose address begins alike, after %j', async (after) => {
    const { sent, looked, answered } = await counted(() => repositories.accounts.search('user', { first: PAGE, after }))
    expect([withoutIndex(sent), looked, answered]).toEqual([[], PAGE, PAGE])
  })

  it.each(combinations({ search: [null, 'user'], after: [null, person.emailKey] }))(
    'of members, with %j',
    async ({ search, after }) => {
      const { sent, looked, answered } = await counted(() =>
        repositories.members.page('org-even' as OrganizationId, { search, after, first: PAGE }),
      )
      expect([withoutIndex(sent), looked, answered]).toEqual([[], PAGE, PAGE])
    },
  )

  it.each(
    combinations({
      kind: [null, ...LIST_KINDS],
      verdict: [null, ...LIST_VERDICTS],
      beginsWith: [null, ['as', 'AS'], ['F', 'f']],
      after: [null, { id: entry._id, createdAt: entry.createdAt, value: entry.value }],
    }),
  )('of allowed and blocked networks, with %j', async (query) => {
    const { sent, looked, answered } = await counted(() =>
      repositories.listStore.page({ ...query, values: null, first: PAGE }, NOW),
    )
    // Expired entries are swept after an hour, so few are looked at for nothing.
    expect(withoutIndex(sent, ['$or'])).toEqual([])
    expect(looked).toBe(answered)
  })

  it.each([null, { id: 'key-0100' as ServiceKeyId, createdAt: secondsAfter(NOW, 1) }])(
    'of service keys, after %j',
    async (after) => {
      const { sent, looked, answered } = await counted(() => repositories.serviceKeys.list({ first: PAGE, after }))
      expect([withoutIndex(sent), looked, answered]).toEqual([[], PAGE, PAGE])
    },
  )

  it('of operators looks at operators only', async () => {
    const { looked } = await counted(() => repositories.operators.list())
    expect(looked).toBe(0)
  })
})
