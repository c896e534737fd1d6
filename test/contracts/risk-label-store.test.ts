import { NO_EVENTS } from '../../src/audit/index.js'
import { secondsAfter } from '../../src/kernel/clock.js'
import { newId, type AccountId, type SessionId } from '../../src/kernel/ids.js'
import type { LabelChange, RiskLabelStore } from '../../src/risk/index.js'
import { openRepositories } from '../../src/store/index.js'
import { OPEN_RULES } from '../support/mfa-rules.js'
import { ownStore, type OwnStore } from '../support/own-store.js'
import { STORES } from '../support/stores.js'

const NOW = new Date('2100-03-01T09:00:00.000Z')
const accountId = newId<AccountId>()
const LONG_AGO = secondsAfter(NOW, -180 * 86_400)

describe.each(STORES)('labels of risk decisions in the %s store', (kind) => {
  let own: OwnStore
  let labels: RiskLabelStore
  let accounts: ReturnType<typeof openRepositories>['accounts']

  beforeEach(async () => {
    own = await ownStore(kind)
    const repositories = openRepositories(own.store, async () => OPEN_RULES)
    labels = repositories.riskLabels
    accounts = repositories.accounts
    await own.store.prepare()
    const account = {
      id: accountId,
      email: 'ada@example.com',
      emailKey: 'ada@example.com',
      linkedTo: null,
      status: 'ACTIVE',
      createdAt: NOW,
      passwordHash: 'x',
      passwordChangedAt: NOW,
      emailChangedAt: null,
      lastSignInAt: null,
      language: 'en',
      languageIsChosen: false,
      sealedProfile: null,
      roles: {},
    } as const
    await accounts.create(account, () => NO_EVENTS)
  })
  afterEach(async () => {
    await own.discard()
  })

  const nth = (number: number): string => String(number).padStart(22, '0')
  const give = (decisionId: string, over: Partial<LabelChange> = {}) =>
    labels.label(
      {
        accountId,
        decisionId,
        label: 'LEGITIMATE',
        at: NOW,
        keptSince: LONG_AGO,
        raisesSuspicion: false,
        sessionId: null,
        relearn: (profile) => profile,
        ...over,
      },
      () => NO_EVENTS,
    )

  it('sets a label once, for one of any number of callers', async () => {
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => give(nth(1))))
    const kinds = outcomes.map((outcome) => outcome.kind)
    expect(kinds.filter((each) => each === 'labelled')).toHaveLength(1)
    expect(kinds.filter((each) => each === 'unchanged')).toHaveLength(19)
  })

  it('returns the previous label, and of two different ones the last one counts', async () => {
    await give(nth(1))
    const attack = { label: 'ATTACK', raisesSuspicion: true, sessionId: newId<SessionId>() } as const
    expect(await give(nth(1), attack)).toEqual({ kind: 'labelled', before: 'LEGITIMATE', endedSessions: [] })
    expect(await give(nth(1), attack)).toEqual({ kind: 'unchanged' })
  })

  it('keeps every label that could be set again, and refuses more than its maximum', async () => {
    for (let number = 0; number < 100; number += 1) await give(nth(number), { at: secondsAfter(LONG_AGO, number) })
    expect(await give(nth(100))).toEqual({ kind: 'full' })
    expect(await give(nth(0))).toEqual({ kind: 'unchanged' })
    expect(await give(nth(0), { label: 'ATTACK', at: secondsAfter(LONG_AGO, 0) })).toMatchObject({ kind: 'labelled' })
    // The first is too old to be set again.
    expect(await give(nth(100), { keptSince: secondsAfter(LONG_AGO, 1) })).toMatchObject({ kind: 'labelled' })
    expect(await give(nth(101))).toEqual({ kind: 'full' })
  })

  it('recognises a removed account', async () => {
    expect(await give(nth(1), { accountId: newId() })).toEqual({ kind: 'unknown-account' })
  })
})
