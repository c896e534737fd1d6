import type { FirstFactor, GivenFirstFactor, Session } from '../sessions/index.js'

/**
 * What a session begins with: a first factor that was just verified, or the one of a session that waited for a choice.
 */
export type BeginningFactor = GivenFirstFactor | { readonly method: 'CONTINUED'; readonly session: Session }

/** What an external login vouched for, if the sign-in began with one. */
export function vouchedBy(first: BeginningFactor): Pick<Session, 'firstMethods' | 'authentication'> {
  if (first.method === 'CONTINUED') return first.session
  const isVouched = first.method === 'EXTERNAL' || first.method === 'EXTERNAL_MESSAGE'
  if (!isVouched) return { firstMethods: null, authentication: null }
  return { firstMethods: first.methods, authentication: first.authentication }
}

export const methodOf = (first: BeginningFactor): FirstFactor =>
  first.method === 'CONTINUED' ? first.session.firstFactor : first.method
