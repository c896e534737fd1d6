import type { Contribution } from './contribution.js'
import type { Observation } from './observation.js'
import type { GeoGap, RiskFacts } from './ports.js'
import type { RiskProfile } from './profile.js'

/** An observation as just made, with what has to be explained but not kept. */
export interface Sighting {
  readonly observation: Observation
  /** Why the country is unknown; null when it is known. */
  readonly gap: GeoGap | 'address-not-public' | 'address-unreadable' | null
}

/** Everything signals and hard rules look at. */
export interface Evidence {
  readonly facts: RiskFacts
  readonly seen: Sighting
  /** Profile and session together; null when neither says anything. */
  readonly history: RiskProfile | null
  /** Whether a session that was proved before vouches for the caller. */
  readonly inSession: boolean
  readonly now: Date
}

/** One observation's share of the score; empty when there is nothing to say. Pure. */
export type Signal = (evidence: Evidence) => readonly Contribution[]
