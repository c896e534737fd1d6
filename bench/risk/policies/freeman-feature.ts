import { valueCounts, type ValueCounts } from './value-counts.js'

/** One feature of the Freeman model: values from fine to coarse, and how much each level weighs. */
export interface FreemanFeature {
  /** ln p(x) − ln p(x | u): how much rarer the value is for this person than in the population. */
  logRatio(userId: string, values: readonly string[]): number
  learn(userId: string, values: readonly string[]): void
  /** Bytes of the person's values and counts. */
  bytes(userId: string): number
}

// If nothing matches the person's history, Wiefling et al. take a quarter of the share in the population.
const NOTHING_MATCHES = 4
const BYTES_PER_COUNT = 4

export function freemanFeature(weights: readonly number[]): FreemanFeature {
  const everybody = valueCounts(weights.length)
  const people = new Map<string, ValueCounts>()
  return {
    logRatio: (userId, values) => {
      const global = globalLikelihood(everybody, values, weights)
      const person = people.get(userId)
      const local = person ? likelihood(person, values, weights) : 0
      return Math.log(local === 0 ? NOTHING_MATCHES : global / local)
    },
    learn: (userId, values) => {
      const person = people.get(userId) ?? valueCounts(weights.length)
      if (!people.has(userId)) people.set(userId, person)
      person.add(values)
      everybody.add(values)
    },
    bytes: (userId) => bytesOf(people.get(userId)),
  }
}

/** The weighted sum of how often each level's value was seen; not smoothed. */
function likelihood({ total, levels }: ValueCounts, values: readonly string[], weights: readonly number[]): number {
  let sum = 0
  for (let index = 0; index < weights.length; index += 1) {
    const count = levels[index]?.get(values[index] ?? '') ?? 0
    sum += ((weights[index] ?? 0) * count) / total
  }
  return sum
}

/** The same, but the finest level shares its mass with M values that were never seen; unseen is 1/(N + M). */
function globalLikelihood(counts: ValueCounts, values: readonly string[], weights: readonly number[]): number {
  const { levels } = counts
  let unseen = 1
  for (let index = 1; index < levels.length; index += 1) unseen += levels[index]?.size ?? 0
  const seen = levels[0]?.get(values[0] ?? '') ?? 0
  const smoothed = Math.max(seen, 1) / (counts.total + unseen)
  if (counts.total === 0) return (weights[0] ?? 0) * smoothed
  const unsmoothed = ((weights[0] ?? 0) * seen) / counts.total
  return likelihood(counts, values, weights) - unsmoothed + (weights[0] ?? 0) * smoothed
}

function bytesOf(counts: ValueCounts | undefined): number {
  if (!counts) return 0
  const bytes = (value: string): number => value.length + BYTES_PER_COUNT
  return counts.levels.reduce((sum, level) => [...level.keys()].reduce((all, value) => all + bytes(value), sum), 0)
}
