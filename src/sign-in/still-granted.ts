import type { Clock } from '../kernel/clock.js'
import { grantsAfter, isInUse, type Person } from '../sessions/index.js'
import type { BeginningFactor } from './beginning-factor.js'
import type { SignInRules } from './rules.js'

/**
 * The first factor was checked against this account as it was: with another password, or disabled, nobody comes in on it.
 * A link and a sign-in under way were granted before, and end with what they were granted on (R123). What the sign-in itself
 * changed, an alarm or a role, does not end it.
 */
export function isStillGranted(
  { clock, rules }: { readonly clock: Clock; readonly rules: SignInRules },
  { account, sessions, factors, grantRevision }: Person,
  asFound: Person,
  { first, ownChanges }: { readonly first: BeginningFactor; readonly ownChanges: number },
): boolean {
  if (account.status !== 'ACTIVE') return false
  switch (first.method) {
    case 'PASSWORD':
      return account.passwordHash === first.passwordHash
    case 'PASSKEY':
      return factors.some(({ id, status }) => id === first.proof.factorId && status === 'ACTIVE')
    case 'MAGIC_LINK':
      return grantRevision === grantsAfter(asFound.grantRevision, ownChanges)
    case 'CONTINUED': {
      if (grantRevision !== grantsAfter(first.session.grantRevision ?? null, ownChanges)) return false
      const waiting = sessions[first.session.id]
      const { lifetimes, secretTimes: times } = rules.sessions
      return waiting?.state === 'pending' && isInUse(sessions, waiting, { lifetimes, times, now: clock.now() })
    }
    default:
      return true
  }
}
