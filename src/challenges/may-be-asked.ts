import type { Factor } from '../factors/index.js'
import { allowsMethod } from '../kernel/mfa-rule.js'
import type { ChallengedPerson } from './ports.js'

/**
 * Whether a factor of this kind may be challenged now. A live factor proves things to the person's own account, so the
 * installation decides; each organization decides for itself whether the proof counts. A new factor must be of a kind
 * that may be enrolled.
 */
export function mayBeAsked({ mfaRules }: ChallengedPerson, { type, status }: Factor): boolean {
  return status === 'PENDING' ? mfaRules.everywhere.enrollable.includes(type) : allowsMethod(mfaRules.account, type)
}
