import { countSuccesses } from '../../src/limits/index.js'

const BUDGET = { name: 'signInsPerAccountAndAddress', count: 20, withinSeconds: 900 } as const
const NOON = new Date('2030-01-01T12:00:00.000Z')
const later = (seconds: number) => new Date(NOON.getTime() + seconds * 1000)

function counting(increment: () => Promise<number> = () => new Promise(() => undefined)) {
  const secrets = { keyedHash: (_: string, text: string) => text }
  return countSuccesses({ limits: { increment }, secrets } as never, BUDGET)
}

describe('successes counted in memory', () => {
  it('count before they are written', async () => {
    const successes = counting()
    const counter = successes.counterFor('account', NOON)
    for (let nth = 0; nth < BUDGET.count; nth += 1) {
      expect(successes.isFull(counter, 0)).toBe(false)
      successes.begin(counter, 0)
      // The store never answers, so due counts stay unwritten.
      void successes.endAsSuccess(counter)
    }
    expect(successes.isFull(counter, 0)).toBe(true)
  })

  it('count while they are under way, and no longer when they fail', () => {
    const successes = counting()
    const counter = successes.counterFor('account', NOON)
    for (let nth = 0; nth < BUDGET.count; nth += 1) successes.begin(counter, 0)
    expect(successes.isFull(counter, 0)).toBe(true)
    successes.endWithoutSuccess(counter)
    expect(successes.isFull(counter, 0)).toBe(false)
  })

  it('are forgotten when their window ends', () => {
    const successes = counting()
    for (const who of ['a', 'b', 'c']) successes.begin(successes.counterFor(who, NOON), 0)
    expect(successes.size()).toBe(3)
    successes.begin(successes.counterFor('d', later(2 * BUDGET.withinSeconds)), 0)
    expect(successes.size()).toBe(1)
  })
})
