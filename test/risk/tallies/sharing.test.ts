import { movableClock } from '../../../src/kernel/clock.js'
import { silentLogger } from '../../../src/kernel/logger.js'
import { shareCounts, type Observation, type TallyStore } from '../../../src/risk/index.js'
import { openRepositories, openStore } from '../../../src/store/index.js'
import { NOW } from '../facts.js'
import { OPEN_RULES } from '../../support/mfa-rules.js'

const DAY_SECONDS = 86_400
const THRESHOLDS = { low: 0, medium: 4, high: 8 }

const observation = (over: Partial<Observation> = {}): Observation => ({
  country: 11,
  network: 12,
  prefix: 13,
  subnet: 14,
  host: 15,
  networkClass: null,
  place: null,
  agent: { system: 16, browser: 17, major: 130 },
  language: 18,
  timeZone: 19,
  device: 20,
  ...over,
})

/** An installation whose processes share one store and one clock. */
async function installation() {
  const clock = movableClock(NOW)
  const store = await openStore({ dataDirectory: null, patienceMilliseconds: 1_000 }, { clock, logger: silentLogger })
  const { tallyStore } = openRepositories(store, async () => OPEN_RULES)
  await store.prepare()
  return {
    clock,
    tallyStore,
    start: (more: Partial<TallyStore> = {}) =>
      shareCounts(
        { tallyStore: { ...tallyStore, ...more }, clock, logger: silentLogger },
        { promptBudget: { thresholds: THRESHOLDS, share: 0.5 }, everySeconds: 3600 },
      ),
  }
}

describe('counts that processes share', () => {
  it('are learned by the others with the next exchange, once', async () => {
    const { start, clock } = await installation()
    const [one, other] = [await start(), await start()]
    for (let n = 0; n < 4; n += 1) one.population.add(observation(), clock.now().getTime())
    other.population.add(observation({ subnet: 99 }), clock.now().getTime())
    expect(other.population.total()).toBe(1)
    for (let n = 0; n < 3; n += 1) {
      await one.exchange()
      await other.exchange()
      await one.exchange()
    }
    for (const { population } of [one, other]) {
      expect([population.total(), population.count(14), population.count(99), population.count(11)]).toEqual([
        5, 4, 1, 5,
      ])
    }
  })

  it('hold no host, which would be one household', async () => {
    const { start, tallyStore, clock } = await installation()
    const one = await start()
    one.population.add(observation(), clock.now().getTime())
    await one.close()
    const tallies = await tallyStore.changed('population', { period: 0, at: new Date(0) })
    const keys = tallies.flatMap(({ counts }) => Object.keys(counts)).sort()
    expect(keys).toEqual(['all', ...[11, 12, 14, 16, 17, 18, 19].map((key) => `k${key.toString(36)}`)].sort())
  })

  it('outlive every process, and weigh less the older they are', async () => {
    const { start, clock } = await installation()
    const first = await start()
    for (let n = 0; n < 100; n += 1) first.population.add(observation(), clock.now().getTime())
    await first.close()
    clock.advance(90 * DAY_SECONDS)
    const second = await start()
    // e^-1 of them at 90 days; the month is all that is known of when, so half of one is the mistake.
    expect(second.population.count(14)).toBeGreaterThan(100 * Math.exp(-105 / 90))
    expect(second.population.count(14)).toBeLessThan(100 * Math.exp(-75 / 90))
    clock.advance(150 * DAY_SECONDS)
    expect((await start()).population.count(14)).toBe(0)
  })

  it('move one threshold for all of them', async () => {
    const { start, clock } = await installation()
    const [one, other] = [await start(), await start()]
    for (let n = 0; n < 1_000; n += 1) (n % 2 ? one : other).promptBudget.proved(1 + n / 1_000, clock.now().getTime())
    for (const process of [one, other, one]) await process.exchange()
    clock.advance(3_600)
    const [low, otherLow] = [one, other].map(({ promptBudget }) => promptBudget.thresholds(clock.now().getTime()).low)
    // A thousand scores: two thirds of the way to their median.
    expect(low).toBeCloseTo(1, 1)
    expect(otherLow).toBe(low)
    expect((await start()).promptBudget.thresholds(clock.now().getTime()).low).toBe(low)
    clock.advance(8 * DAY_SECONDS)
    expect((await start()).promptBudget.thresholds(clock.now().getTime()).low).toBe(0)
  })

  it('count the prompts of hard rules for all of them', async () => {
    const { start, clock } = await installation()
    const [one, other] = [await start(), await start()]
    const at = clock.now().getTime()
    for (let n = 0; n < 1_000; n += 1) one.promptBudget.proved(1 + n / 1_000, at)
    for (let n = 0; n < 300; n += 1) other.promptBudget.ruled(at)
    for (const process of [other, one, other]) await process.exchange()
    clock.advance(3_600)
    const [low, otherLow] = [one, other].map(({ promptBudget }) => promptBudget.thresholds(clock.now().getTime()).low)
    // Half of 1,300 may be prompted, so that 350 are left for scores: two thirds of the way to 1.65.
    expect(low).toBeCloseTo(1.1, 1)
    expect(otherLow).toBe(low)
  })

  it('freeze the threshold of all when failures seen by others say that there is an attack', async () => {
    const { start, clock } = await installation()
    const [one, other] = [await start(), await start()]
    for (let n = 0; n < 1_000; n += 1) one.promptBudget.proved(1 + n / 1_000, clock.now().getTime())
    for (let n = 0; n < 200; n += 1) other.promptBudget.failed(clock.now().getTime())
    for (const process of [other, one]) await process.exchange()
    clock.advance(3_600)
    expect(one.promptBudget.thresholds(clock.now().getTime())).toEqual(THRESHOLDS)
  })

  it('wait for a store that does not answer, and no process loses them', async () => {
    const { start, clock, tallyStore } = await installation()
    let isDown = false
    const refuseWhenDown =
      <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
      (...args: A) =>
        isDown ? Promise.reject(new Error('the store does not answer')) : call(...args)
    const shared: TallyStore = {
      add: refuseWhenDown((...args: Parameters<TallyStore['add']>) => tallyStore.add(...args)),
      changed: refuseWhenDown((...args: Parameters<TallyStore['changed']>) => tallyStore.changed(...args)),
    }
    const [one, other] = [await start(shared), await start(shared)]
    isDown = true
    one.population.add(observation(), clock.now().getTime())
    await one.exchange()
    one.population.add(observation(), clock.now().getTime())
    expect(one.population.count(14)).toBe(2)
    isDown = false
    for (const process of [one, other]) await process.exchange()
    expect(other.population.count(14)).toBe(2)
    expect(one.population.count(14)).toBe(2)
  })

  it('counts for itself what fails half way, and sends the rest again', async () => {
    const { start, tallyStore, clock } = await installation()
    let left = 3
    const other = await start()
    const one = await start({
      add: async (...args) => {
        if (left-- === 0) throw new Error('the store does not answer')
        await tallyStore.add(...args)
      },
    })
    one.population.add(observation(), clock.now().getTime())
    for (const process of [one, one, other]) await process.exchange()
    for (const key of [11, 12, 14, 16, 17, 18, 19]) expect(other.population.count(key)).toBe(1)
    expect(other.population.total()).toBe(1)
  })

  it('are bounded: what does not fit is counted where it was seen and not shared', async () => {
    const { start, clock } = await installation()
    const [one, other] = [await start(), await start()]
    // All in one shard of 64.
    for (let n = 1; n <= 6_000; n += 1)
      one.population.add(observation({ subnet: 64_000 + n * 64 }), clock.now().getTime())
    await one.exchange()
    await other.exchange()
    const shared = Array.from({ length: 6_000 }, (_, n) => other.population.count(64_000 + (n + 1) * 64)).filter(
      Boolean,
    )
    expect(shared.length).toBeGreaterThan(3_900)
    expect(shared.length).toBeLessThanOrEqual(4_000)
    expect(one.population.count(64_000 + 6_000 * 64)).toBe(1)
    expect(other.population.total()).toBe(6_000)
  })
})
