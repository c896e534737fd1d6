import type { Contribution } from './contribution.js'
import type { EvidenceGroup } from './model/fold-evidence.js'
import type { Observation } from './observation.js'
import type { PlaceGap } from './place-gap.js'
import type { Population } from './population/population.js'
import type { Listed, RiskFacts } from './ports.js'
import type { RiskProfile } from './profile/profile.js'

/** A new observation, with what explains it but is not stored. */
export interface Sighting {
  readonly observation: Observation
  /** Why the country is unknown; null if it is known. */
  readonly countryGap: PlaceGap | null
  /** Why the ASN is unknown; null if it is known. */
  readonly networkGap: PlaceGap | null
}

/** Everything signals and hard rules look at. */
export interface Evidence {
  readonly facts: RiskFacts
  readonly seen: Sighting
  /** Profile and session combined, aged to now; empty if neither has data. */
  readonly history: RiskProfile
  readonly population: Population
  readonly listed: Listed
  /** Whether an already verified session vouches for the caller. */
  readonly inSession: boolean
  /** Milliseconds since 1970. */
  readonly now: number
}

/**
 * Compares one group of observations with the account's history and with attackers. Null if there is nothing to
 * observe. Pure.
 */
export type Signal = (evidence: Evidence) => EvidenceGroup | null

/** What makes an attack more likely, regardless of what this sign-in looks like; empty if nothing does. Pure. */
export type Adjustment = (evidence: Evidence) => readonly Contribution[]
