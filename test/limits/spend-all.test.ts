import { createBudgets, spendAll } from '../../src/limits/index.js'
import { limitsWorld, STORES, type LimitsWorld } from './support/limits-world.js'

const HOUR = 3600
const budgets = createBudgets({
  smsPerAccount: { count: 3, withinSeconds: 900 },
  smsPerNumber: { count: 5, withinSeconds: HOUR },
  smsOverall: { count: 20, withinSeconds: HOUR },
})

/** The budgets of a message, narrow ones first. */
const messageOf = (account: string, number: string) => [
  { budget: budgets.smsPerAccount, key: account },
  { budget: budgets.smsPerNumber, key: number },
  { budget: budgets.smsOverall, key: 'all' },
]

describe.each(STORES)('spending several budgets at once on the %s store', (kind) => {
  let world: LimitsWorld
  beforeEach(async () => {
    world = await limitsWorld(kind)
  })
  afterEach(() => world.close())

  const spent = async (name: string): Promise<number> => {
    const counters = await world.counters.find({})
    return counters.filter(({ _id }) => _id.startsWith(`${name}:`)).reduce((sum, { count }) => sum + count, 0)
  }

  it('allows as much as each of them does', async () => {
    for (const account of ['a', 'a', 'a', 'b', 'c'])
      expect(await spendAll(world.deps, messageOf(account, '1'))).toEqual({ kind: 'allowed' })
    expect([await spent('smsPerAccount'), await spent('smsPerNumber'), await spent('smsOverall')]).toEqual([5, 5, 5])
  })

  it('spends none when one is used up, and says when that one ends', async () => {
    for (let nth = 0; nth < 3; nth += 1) await spendAll(world.deps, messageOf('a', `${nth}`))
    // 12:35 in a window that ends at 12:45.
    const refused = { kind: 'refused', retryAfterSeconds: 600, firstRefusals: ['smsPerAccount'] }
    expect(await spendAll(world.deps, messageOf('a', '9'))).toEqual(refused)
    expect([await spent('smsPerNumber'), await spent('smsOverall')]).toEqual([3, 3])
    expect(await spendAll(world.deps, messageOf('b', '9'))).toEqual({ kind: 'allowed' })
  })

  it('reports every used-up budget once per window, then refuses without a write', async () => {
    for (let nth = 0; nth < 3; nth += 1) await spendAll(world.deps, messageOf('a', '1'))
    for (let nth = 0; nth < 2; nth += 1) await spendAll(world.deps, messageOf('b', '1'))
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => spendAll(world.deps, messageOf('a', '1'))))
    expect(outcomes.every((outcome) => outcome.kind === 'refused')).toBe(true)
    const named = outcomes.flatMap((outcome) => (outcome.kind === 'refused' ? outcome.firstRefusals : []))
    expect(named.toSorted()).toEqual(['smsPerAccount', 'smsPerNumber'])
    // The later of the two windows decides the wait.
    expect(outcomes[0]).toMatchObject({ retryAfterSeconds: 1500 })

    const before = world.store.roundTrips
    expect(await spendAll(world.deps, messageOf('a', '1'))).toMatchObject({ kind: 'refused', firstRefusals: [] })
    expect(world.store.roundTrips - before).toBe(1)
  })

  it('is exact for 100 parallel callers, who cannot use up a shared budget', async () => {
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => spendAll(world.deps, messageOf('a', '1'))))
    expect(outcomes.filter((outcome) => outcome.kind === 'allowed').length).toBe(3)
    expect([await spent('smsPerNumber'), await spent('smsOverall')]).toEqual([3, 3])
    const first = outcomes.flatMap((outcome) => (outcome.kind === 'refused' ? outcome.firstRefusals : []))
    expect(first).toEqual(['smsPerAccount'])
  })

  it('starts again with the next window', async () => {
    for (let nth = 0; nth < 4; nth += 1) await spendAll(world.deps, messageOf('a', '1'))
    world.clock.advance(600)
    expect(await spendAll(world.deps, messageOf('a', '1'))).toEqual({ kind: 'allowed' })
  })
})
