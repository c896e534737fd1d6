import type { Key, Observation } from '../observation.js'

/** What is usual among everybody's proved sign-ins, as decayed counts by key. Plain numbers: no person is in it. */
export interface Population {
  /** Proved sign-ins, decayed. */
  total(): number
  count(key: Key): number
}

/** Before anybody has signed in: every value is as unusual as its base share says. */
export const emptyPopulation: Population = Object.freeze({ total: () => 0, count: () => 0 })

/** How many sign-ins the base share of a level weighs as much as, and what share a value has that nobody showed yet. */
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

/** P_G(v | parent), without the person it is asked about: in a small team everybody would be the population. */
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
