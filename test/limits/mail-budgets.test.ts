import { newId, type AccountId } from '../../src/kernel/ids.js'
import { createBudgets, mailSpendings, type MailStanding } from '../../src/limits/index.js'

const spent = (standing: MailStanding, mailbox = 'owner@example.com') =>
  mailSpendings(createBudgets(), { mailbox, kind: 'sign-in-link', address: '192.0.2.1', standing })
const keysOf = (standing: MailStanding) => spent(standing).map(({ budget, key }) => `${budget.name} ${key}`)

const STANDINGS: readonly MailStanding[] = [
  { kind: 'stranger' },
  { kind: 'familiar-network' },
  { kind: 'own', device: 'd' },
  { kind: 'account', accountId: newId<AccountId>() },
]

describe('the budgets of a mail (R127)', () => {
  it.each(STANDINGS)('have a narrow part and a total: $kind', (standing) => {
    const counts = spent(standing).map(({ budget }) => budget.count)
    expect(counts.length).toBeGreaterThan(1)
    expect(counts[0]).toBeLessThan(counts.at(-1) ?? 0)
  })

  it('are counted separately for each standing', () => {
    const keys = STANDINGS.flatMap(keysOf)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('of one account leave a part for others', () => {
    const [one, another] = [newId<AccountId>(), newId<AccountId>()].map((accountId) =>
      keysOf({ kind: 'account', accountId }),
    )
    expect(one?.[0]).not.toBe(another?.[0])
    expect(one?.at(-1)).toBe(another?.at(-1))
  })

  it('are the mailbox’s, whatever tag the address has', () => {
    expect(spent({ kind: 'stranger' }, 'owner+shop@example.com')).toEqual(spent({ kind: 'stranger' }))
  })
})
