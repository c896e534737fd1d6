import fc from 'fast-check'
import { createPopulation, emptyPopulation, observe } from '../../../src/risk/index.js'
import { SUSPECTS } from '../../../src/risk/model/attackers.js'
import { shareOf } from '../../../src/risk/model/chain.js'
import { foldEvidence } from '../../../src/risk/model/fold-evidence.js'
import type { Likelihood } from '../../../src/risk/model/likelihood.js'
import { populationShare } from '../../../src/risk/population/population.js'
import { ago, NOW, originOf, riskDeps } from '../facts.js'

const counted = (counts: readonly number[]) => counts.map((count, key) => ({ key: key + 1, parent: 0, count, day: 1 }))
const chance = fc.double({ min: 1e-6, max: 1, noNaN: true })

describe('the share of a value', () => {
  it('is 1 over all values together, seen and unseen', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.01, max: 50, noNaN: true }), { minLength: 1, maxLength: 8 }),
        (counts) => {
          const list = counted(counts)
          const parentCount = counts.reduce((sum, count) => sum + count, 0)
          const level = { counted: list, parent: 0, parentCount, mass: 1.5 }
          const inPopulation = 1 / (counts.length + 1)
          const shares = [...list.map(({ count }) => count), 0].map(
            (count) => shareOf({ ...level, count, populationShare: inPopulation }).person,
          )
          expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
        },
      ),
    )
  })

  it('expects more new values of a person who changes often', () => {
    const fresh = (counts: readonly number[]) =>
      shareOf({ counted: counted(counts), count: 0, parent: 0, parentCount: 12, mass: 3, populationShare: 0.01 }).person
    expect(fresh(Array.from({ length: 12 }, () => 1))).toBeGreaterThan(2 * fresh([12]))
  })
})

describe('evidence', () => {
  it('adds up to the ratio of the whole: log Σ π·P(x) of the attackers, less log P(x) of the person', () => {
    const told = fc.record({ person: chance, home: chance, population: chance })
    fc.assert(
      fc.property(fc.array(told, { minLength: 1, maxLength: 6 }), (observations) => {
        const likelihoods = observations.map(({ person, home, population }): Likelihood => ({
          finding: { code: 'NETWORK_NEW' },
          person,
          attacker: ({ country }) => (country === 'home' ? home : population),
        }))
        const folded = foldEvidence([{ likelihoods, bounds: [-Infinity, Infinity] }])
        const attackers = SUSPECTS.reduce(
          (sum, suspect) => sum + suspect.share * likelihoods.reduce((p, { attacker }) => p * attacker(suspect), 1),
          0,
        )
        const person = observations.reduce((product, each) => product * each.person, 1)
        const sum = folded.reduce((total, { nats }) => total + nats, 0)
        expect(sum).toBeCloseTo(Math.log(attackers) - Math.log(person), 1)
      }),
    )
  })

  it('keeps each group within its bounds', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(chance, chance), { minLength: 1, maxLength: 5 }), (pairs) => {
        const likelihoods = pairs.map(([person, attacker]): Likelihood => ({
          finding: { code: 'SUBNET_NEW' },
          person,
          attacker: () => attacker,
        }))
        const sum = foldEvidence([{ likelihoods, bounds: [-3.5, 1] }]).reduce((total, { nats }) => total + nats, 0)
        expect(sum).toBeGreaterThanOrEqual(-3.51)
        expect(sum).toBeLessThanOrEqual(1.01)
      }),
    )
  })

  it('comes from attackers whose shares add up to 1', () => {
    expect(SUSPECTS.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
  })
})

describe('the population', () => {
  const base = { weight: 10, share: 0.01 }

  it('leaves out the person it is asked about', () => {
    const population = { total: () => 100, count: () => 100 }
    const question = { key: 1, parent: null, base }
    expect(populationShare(population, { ...question, own: 100, ownOfParent: 100 })).toBeCloseTo(0.01, 10)
    expect(populationShare(population, { ...question, own: 0, ownOfParent: 0 })).toBeGreaterThan(0.9)
    expect(populationShare(emptyPopulation, { ...question, own: 0, ownOfParent: 0 })).toBeCloseTo(0.01, 10)
  })

  it('decays, stays finite over ten years, and lets the least usual go', () => {
    let now = ago(10 * 365 * 24).getTime()
    const population = createPopulation(() => now, 100)
    const seen = (n: number) =>
      observe(riskDeps(), { origin: originOf({ address: `20.${n % 200}.1.1` }), deviceId: null, timeZone: null })
    for (let day = 0; now < NOW.getTime(); day += 1) {
      population.add(seen(day), now)
      now += 86_400_000
    }
    expect(population.total()).toBeGreaterThan(80)
    expect(population.total()).toBeLessThan(100)
    const { system } = seen(0).agent
    expect(population.count(system)).toBeCloseTo(population.total(), 6)
  })
  it('decays to 1/e in 90 days, and counts late news by its own date', () => {
    let now = ago(90 * 24).getTime()
    const population = createPopulation(() => now)
    population.merge(1, 10, now)
    now = NOW.getTime()
    expect(population.count(1)).toBeCloseTo(10 / Math.E, 6)
    population.merge(2, 10, ago(90 * 24).getTime())
    expect(population.count(2)).toBeCloseTo(10 / Math.E, 6)
  })

  it('makes room by dropping the least usual', () => {
    const population = createPopulation(() => NOW.getTime(), 100)
    for (let key = 1; key <= 101; key += 1) population.merge(key, key, NOW.getTime())
    const kept = (key: number) => population.count(key) > 0
    expect([kept(1), kept(10), kept(12), kept(101)]).toEqual([false, false, true, true])
  })

  it('stays finite for any clock within ten years', () => {
    const day = fc.integer({ min: 0, max: 3650 })
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 60 }), (days) => {
        let now = ago(3650 * 24).getTime()
        const population = createPopulation(() => now, 20)
        for (const at of days) {
          now = ago((3650 - at) * 24).getTime()
          population.merge(null, 1, now)
          population.merge(at % 40, 1, now)
        }
        for (const value of [population.total(), ...days.map((at) => population.count(at % 40))]) {
          expect(Number.isFinite(value) && value >= 0).toBe(true)
        }
      }),
    )
  })
})
