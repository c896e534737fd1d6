import { createBudgets, spend } from '../../src/limits/index.js'
import { limitsWorld, STORES, type LimitsWorld } from './support/limits-world.js'

const budget = createBudgets({ signUpPerAddress: { count: 30, withinSeconds: 900 } }).signUpPerAddress

describe.each(STORES)('spending a budget on the %s store', (kind) => {
  let world: LimitsWorld
  beforeEach(async () => {
    world = await limitsWorld(kind)
  })
  afterEach(() => world.close())

  it('allows its count and says when to come back after that', async () => {
    for (let call = 0; call < 30; call += 1)
      expect(await spend(world.deps, budget, 'a')).toMatchObject({ kind: 'allowed' })
    // 12:35 in a window that ends at 12:45.
    expect(await spend(world.deps, budget, 'a')).toEqual({ kind: 'refused', retryAfterSeconds: 600, first: true })
    expect(await spend(world.deps, budget, 'a')).toMatchObject({ kind: 'refused', first: false })
    expect(await spend(world.deps, budget, 'b')).toMatchObject({ kind: 'allowed' })
  })

  it('starts again with the next window', async () => {
    for (let call = 0; call < 31; call += 1) await spend(world.deps, budget, 'a')
    world.clock.advance(600)
    expect(await spend(world.deps, budget, 'a')).toMatchObject({ kind: 'allowed' })
  })

  it('is exact for 200 parallel callers', async () => {
    const outcomes = await Promise.all(Array.from({ length: 200 }, () => spend(world.deps, budget, 'a')))
    expect(outcomes.filter(({ kind: outcome }) => outcome === 'allowed').length).toBe(30)
    expect(outcomes.filter((outcome) => outcome.kind === 'refused' && outcome.first).length).toBe(1)
  })

  it('costs one command and stores no address or name in plain text', async () => {
    const before = world.store.roundTrips
    await spend(world.deps, budget, 'alice@example.com')
    expect(world.store.roundTrips - before).toBe(1)
    const [counter] = await world.counters.find({})
    expect(counter?._id).toMatch(/^signUpPerAddress:k1\.[\w-]{43}:\d+$/)
    expect(counter?.expiresAt.getTime()).toBe(world.clock.now().getTime() + 600_000)
  })
})
