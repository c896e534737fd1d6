import type { FirstFactor, GivenFirstFactor } from './first-factor.js'
import type { Session } from './session.js'

/** What a session begins with: a first factor that was just right, or that of a session which waited for a choice. */
export type BeginningFactor = GivenFirstFactor | { readonly method: 'CONTINUED'; readonly session: Session }

export const methodOf = (first: BeginningFactor): FirstFactor =>
  first.method === 'CONTINUED' ? first.session.firstFactor : first.method
