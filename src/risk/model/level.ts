import type { Key } from '../observation.js'
import { populationShare, type Base, type Population } from '../population/population.js'
import { countOf, type Counted } from '../profile/profile.js'
import { shareOf, type LevelShare } from './chain.js'

/** How usual a value is: for this person, smoothed and bare, and in the population. */
export type Shares = LevelShare & { readonly population: number }

export interface LevelQuestion {
  readonly counted: readonly Counted[]
  readonly key: Key
  /** Null at the top of a chain. */
  readonly parent: Key | null
  readonly parentCount: number
  /** Sightings of the value; those in `counted` when left out. */
  readonly count?: number
  readonly mass: number
  /** How likely a value of this level is before any account has shown it. */
  readonly base: Base
}

/** Shares of one value at one level of a chain. */
export function sharesAt(population: Population, question: LevelQuestion): Shares {
  const { counted, key, parent, parentCount, mass, base } = question
  const count = question.count ?? countOf(counted, key)
  const inPopulation = populationShare(population, { key, parent, own: count, ownOfParent: parentCount, base })
  const { person, own } = shareOf({
    counted,
    count,
    parent: parent ?? 0,
    parentCount,
    mass,
    populationShare: inPopulation,
  })
  return { person, own, population: inPopulation }
}
