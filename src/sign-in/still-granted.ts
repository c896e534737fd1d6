import type { Clock } from '../kernel/clock.js'
import { grantsAfter, isInUse, type Person } from '../sessions/index.js'
import type { BeginningFactor } from './beginning-factor.js'
import type { SignInRules } from './rules.js'

/**
 * The first factor was checked against the account as it was read: if the password has changed or the account is
 * disabled since, the sign-in fails. A link or a sign-in under way was granted earlier and ends with its grant (R123).
 * Changes the sign-in itself made, by an alarm or a role, do not end it.
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
