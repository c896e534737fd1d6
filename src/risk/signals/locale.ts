import type { Evidence, Signal } from '../evidence.js'
import { sharesAt } from '../model/level.js'
import type { Likelihood } from '../model/likelihood.js'
import type { Key } from '../observation.js'
import type { Counted } from '../profile/profile.js'

const MASS = 1
const BASE = { weight: 5, share: 1 / 20 } as const
const BOUNDS = [-1.5, 2] as const

/**
 * An attacker who copies the victim's browser mostly copies its language and time zone too: one kit contains them all.
 */
const COPIED = 0.7

/** Primary language and time zone. Leaving out a value that was reported before counts as a new value. */
export const locale: Signal = (evidence) => {
  const { observation } = evidence.seen
  const { languages, timeZones } = evidence.history
  const likelihoods = [
    likelihood(evidence, languages, observation.language, 'LANGUAGE'),
    likelihood(evidence, timeZones, observation.timeZone, 'TIME_ZONE'),
  ].filter((told) => told !== null)
  return likelihoods.length === 0 ? null : { likelihoods, bounds: BOUNDS, isClaim: true }
}

function likelihood(
  { population }: Evidence,
  counted: readonly Counted[],
  key: Key | null,
  what: 'LANGUAGE' | 'TIME_ZONE',
): Likelihood | null {
  // Without earlier values there is nothing to compare with.
  const parentCount = counted.reduce((sum, { count }) => sum + count, 0)
  if (key === null || parentCount === 0) return null
  const share = sharesAt(population, { counted, key, parent: null, parentCount, mass: MASS, base: BASE })
  const isKnown = share.own > 0
  return {
    finding: { code: isKnown ? `${what}_USUAL` : `${what}_NEW` },
    isFamiliar: isKnown,
    person: share.person,
    attacker: ({ agent }) =>
      agent === 'victim' ? COPIED * share.own + (1 - COPIED) * share.population : share.population,
  }
}
