import { createBudgets, giveBack, spendAll } from '../../src/limits/index.js'
import { limitsWorld, STORES, type LimitsWorld } from './support/limits-world.js'

const { messagePerDestination: budget } = createBudgets({ messagePerDestination: { count: 3, withinSeconds: 900 } })
const spending = [{ budget, key: 'mira@example.com' }]

describe.each(STORES)('a budget that is given back, on the %s store', (store) => {
  let world: LimitsWorld
  beforeAll(async () => {
    world = await limitsWorld(store)
  })
  afterAll(() => world.close())

  const spend = async (): Promise<string> => (await spendAll(world.deps, spending)).kind

  it('can be spent again, but no more than that', async () => {
    for (let nth = 0; nth < 3; nth++) await spend()
    expect(await spend()).toBe('refused')
    world.clock.advance(900)
    for (let nth = 0; nth < 3; nth++) await spend()
    await giveBack(world.deps, spending)
    expect([await spend(), await spend()]).toEqual(['allowed', 'refused'])
  })

  it('is unchanged when nothing was spent: the next window has no more than its own', async () => {
    world.clock.advance(900)
    for (let nth = 0; nth < 5; nth++) await giveBack(world.deps, spending)
    expect([await spend(), await spend(), await spend(), await spend()]).toEqual([
      'allowed',
      'allowed',
      'allowed',
      'refused',
    ])
    await Promise.all(Array.from({ length: 20 }, () => giveBack(world.deps, spending)))
    const counts = (await world.counters.find({})).map(({ count }) => count)
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(0)
  })
})
