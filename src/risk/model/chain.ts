import type { Key } from '../observation.js'
import { distinctUnder, type Counted } from '../profile/profile.js'

/** One level of a chain from coarse to fine, such as country → network → /24 → /32. */
export interface Level {
  /** The values that the account was seen with. */
  readonly counted: readonly Counted[]
  /** Decayed sightings of the value. */
  readonly count: number
  readonly parent: Key
  /** Decayed sightings of the parent. */
  readonly parentCount: number
  /** The weight of the population, as a number of sightings: `m` of the formula below. */
  readonly mass: number
  /** P_G: how usual the value is in the population. */
  readonly populationShare: number
}

export interface LevelShare {
  /** P_u: how likely the value is for the person, smoothed toward the population. */
  readonly person: number
  /**
   * How likely an attacker who copies the person is to show it: as likely as the person, and 0 if there is nothing to
   * copy. With the bare share of sightings, a familiar value would count against a person with few sightings.
   */
  readonly own: number
}

/** The discount of each different value in favour of unseen values: a person who changes often will change again. */
const DISCOUNT = 0.5

/**
 * P_u(v | parent), a Pitman–Yor estimate: (c − d + (m + d·k)·P_G) / (n + m) for n sightings of k different values. With
 * d = 0 it would be the Dirichlet smoothing of risk.md; see docs/decisions/0039.
 */
export function shareOf({ counted, count, parent, parentCount, mass, populationShare }: Level): LevelShare {
  // Dropped entries leave the parent with more sightings than its children have in total, never with fewer.
  const total = Math.max(parentCount, count)
  const kept = count - DISCOUNT * Math.min(1, count)
  const novelty = mass + DISCOUNT * distinctUnder(counted, parent)
  const person = Math.min(1, (kept + novelty * populationShare) / (total + mass))
  return { person, own: count === 0 ? 0 : person }
}
