import type { Key } from '../observation.js'
import type { MergedPopulation, PopulationCounts } from '../population/count-population.js'
import { keysOf } from '../population/population.js'
import { KEPT_DAYS } from '../profile/profile.js'
import { createTallies, type Tallies, type TalliesDeps } from './tallies.js'

/** Counts decay over three months, so that half of one is near enough to when something was seen. */
const PERIOD_DAYS = 30
const SHARDS = 64
/** Twenty bytes each: what a document of MongoDB may hold is two hundred times as much. */
const MOST_KEYS_A_TALLY = 4_000
/** The key of the sign-ins themselves; a value's begins with a `k`. */
const SIGN_INS = 'all'

/** A population that all processes of an installation add to. */
export function sharePopulation(deps: TalliesDeps, population: MergedPopulation) {
  const tallies: Tallies = createTallies(deps, {
    kind: 'population',
    periodMs: PERIOD_DAYS * 86_400_000,
    keptPeriods: KEPT_DAYS / PERIOD_DAYS,
    mostKeys: MOST_KEYS_A_TALLY,
    take: ({ key, count, at }) => {
      const value = key === SIGN_INS ? null : valueOf(key)
      if (value !== undefined) population.merge(value, count, at)
    },
  })
  const shared: PopulationCounts = {
    total: () => population.total(),
    count: (key) => population.count(key),
    add: (observation, at) => {
      population.add(observation, at)
      tallies.count(SIGN_INS, 0, at)
      for (const key of keysOf(observation)) tallies.count(`k${key.toString(36)}`, key % SHARDS, at)
    },
  }
  return { population: shared, tallies }
}

/** Undefined for what is no key of ours. */
function valueOf(text: string): Key | undefined {
  const value = text.startsWith('k') ? Number.parseInt(text.slice(1), 36) : Number.NaN
  return Number.isSafeInteger(value) ? value : undefined
}
