import type { Contribution } from './contribution.js'
import type { EvidenceGroup } from './model/fold-evidence.js'
import type { Observation } from './observation.js'
import type { PlaceGap } from './place-gap.js'
import type { Population } from './population/population.js'
import type { Listed, RiskFacts } from './ports.js'
import type { RiskProfile } from './profile/profile.js'

/** An observation as just made, with what has to be explained but not kept. */
export interface Sighting {
  readonly observation: Observation
  /** Why the country is unknown; null when it is known. */
  readonly countryGap: PlaceGap | null
  /** Why the ASN is unknown; null when it is known. */
  readonly networkGap: PlaceGap | null
}

/** Everything signals and hard rules look at. */
export interface Evidence {
  readonly facts: RiskFacts
  readonly seen: Sighting
  /** Profile and session together, as of now; empty when neither says anything. */
  readonly history: RiskProfile
  readonly population: Population
  readonly listed: Listed
  /** Whether a session that was proved before vouches for the caller. */
  readonly inSession: boolean
  /** Milliseconds since 1970. */
  readonly now: number
}

/** One group of observations, held against the person's history and the attackers; null when there is nothing to see. Pure. */
export type Signal = (evidence: Evidence) => EvidenceGroup | null

/** What makes an attack more likely whatever this sign-in looks like; empty when there is nothing to say. Pure. */
export type Adjustment = (evidence: Evidence) => readonly Contribution[]
