import { decayOver } from '../profile/profile.js'
import type { Key, Observation } from '../observation.js'
import { keysOf, type Population } from './population.js'

/** A population that counts. */
export interface PopulationCounts extends Population {
  /** One more proved sign-in. */
  add(observation: Observation, at: number): void
}

/** One that also takes in what was counted elsewhere: how often a value was seen at about a time; null: sign-ins. */
export interface MergedPopulation extends PopulationCounts {
  merge(key: Key | null, count: number, at: number): void
}

/** The most values counted; the least usual tenth makes room for new ones. */
const MOST_VALUES = 200_000
// Counts are kept as of one day, so that decay is one multiplication at reading; begun anew before they grow too large.
const MOST_GROWTH = 1e6

/** Counts proved sign-ins in memory. `now` is the time to decay to. */
export function createPopulation(now: () => number, limit = MOST_VALUES): MergedPopulation {
  let origin = now()
  let sum = 0
  const counts = new Map<Key, number>()
  /** What a sighting at a time weighs, in units of the origin. */
  const weightAt = (at: number): number => 1 / decayOver(origin, at) || 1
  const merge = (key: Key | null, count: number, at: number): void => {
    if (weightAt(at) > MOST_GROWTH) rebase(at)
    const weight = count * weightAt(at) * decayOver(at, origin)
    if (key === null) sum += weight
    else counts.set(key, (counts.get(key) ?? 0) + weight)
    if (counts.size > limit) prune()
  }
  const rebase = (at: number): void => {
    const factor = decayOver(origin, at)
    origin = at
    sum *= factor
    for (const [key, count] of counts) counts.set(key, count * factor)
  }
  const prune = (): void => {
    const sorted = [...counts.values()].sort((a, b) => a - b)
    const least = sorted[Math.floor(sorted.length / 10)] ?? 0
    // Many may be as usual as the least of those that stay, so that the number of the ones that go is counted too.
    let going = Math.ceil(sorted.length / 10)
    for (const [key, count] of counts) {
      if (going === 0) return
      if (count > least) continue
      counts.delete(key)
      going -= 1
    }
  }
  return {
    total: () => sum * decayOver(origin, now()),
    count: (key) => (counts.get(key) ?? 0) * decayOver(origin, now()),
    add: (observation, at) => {
      merge(null, 1, at)
      for (const key of keysOf(observation)) merge(key, 1, at)
    },
    merge,
  }
}
