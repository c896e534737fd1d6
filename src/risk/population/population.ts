import type { Key, Observation } from '../observation.js'

/** What is usual in the verified sign-ins of all accounts, as decayed counts by key. It contains no account. */
export interface Population {
  /** Proved sign-ins, decayed. */
  total(): number
  count(key: Key): number
}

/** Before the first sign-in: every value is as unusual as its base share. */
export const emptyPopulation: Population = Object.freeze({ total: () => 0, count: () => 0 })

/**
 * The weight of a level's base share as a number of sign-ins, and the share of a value that no account has shown yet.
 */
export interface Base {
  readonly weight: number
  readonly share: number
}

export interface PopulationQuestion {
  readonly key: Key
  /** Null at the top of a chain. */
  readonly parent: Key | null
  /** What the person themself gave to both counts, which says nothing about the others. */
  readonly own: number
  readonly ownOfParent: number
  readonly base: Base
}

/** P_G(v | parent) without the person in question. In a small team, they would be much of the population. */
export function populationShare(population: Population, question: PopulationQuestion): number {
  const { key, parent, own, ownOfParent, base } = question
  const all = parent === null ? population.total() : population.count(parent)
  const others = Math.max(0, all - ownOfParent)
  const same = Math.min(others, Math.max(0, population.count(key) - own))
  return (same + base.weight * base.share) / (others + base.weight)
}

/** The keys that one proved sign-in counts for. */
export function keysOf({ country, network, subnet, agent, language, timeZone }: Observation): readonly Key[] {
  const keys = [country, network, subnet, agent.system, agent.browser, language, timeZone]
  return keys.filter((key) => key !== null)
}
