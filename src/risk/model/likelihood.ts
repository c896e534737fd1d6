import type { Finding } from '../contribution.js'
import type { Suspect } from './attackers.js'

/** How likely it is to see one thing: of this person, and of each attacker. */
export interface Likelihood {
  readonly finding: Finding
  /**
   * Set for what the client says about itself: what is familiar never speaks against the person, and what is not never
   * speaks for them.
   */
  readonly isFamiliar?: boolean
  /** Between 0 and 1, never 0. */
  readonly person: number
  /** Between 0 and 1, for each suspect. */
  readonly attacker: (suspect: Suspect) => number
}
