import type { Key } from '../observation.js'
import { distinctUnder, type Counted } from '../profile/profile.js'

/** One level of a chain from coarse to fine, such as country → network → /24 → /32. */
export interface Level {
  /** What the person was seen with. */
  readonly counted: readonly Counted[]
  /** Decayed sightings of the value. */
  readonly count: number
  readonly parent: Key
  /** Decayed sightings of the parent. */
  readonly parentCount: number
  /** How many sightings the population weighs as much as: `m` of risk.md. */
  readonly mass: number
  /** P_G: how usual the value is in the population. */
  readonly populationShare: number
}

export interface LevelShare {
  /** P_u: what is to be expected of the person, smoothed toward the population. */
  readonly person: number
  /**
   * How likely somebody is to show it who copies the person: as likely as the person, and 0 where there is nothing to
   * copy. Were it the bare share of the sightings, what is familiar would speak against a person with few of them.
   */
  readonly own: number
}

/** What each different value gives away to values not seen yet: who changes often is expected to change again. */
const DISCOUNT = 0.5

/**
 * P_u(v | parent), a Pitman–Yor estimate: (c − d + (m + d·k)·P_G) / (n + m) for n sightings of k different values. With
 * d = 0 it would be the Dirichlet smoothing of risk.md; see docs/decisions/0039.
 */
export function shareOf({ counted, count, parent, parentCount, mass, populationShare }: Level): LevelShare {
  // Entries that made room for others leave the parent with more sightings than its children add up to, never with less.
  const total = Math.max(parentCount, count)
  const kept = count - DISCOUNT * Math.min(1, count)
  const novelty = mass + DISCOUNT * distinctUnder(counted, parent)
  const person = Math.min(1, (kept + novelty * populationShare) / (total + mass))
  return { person, own: count === 0 ? 0 : person }
}
