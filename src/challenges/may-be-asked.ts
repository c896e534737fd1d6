import type { Factor } from '../factors/index.js'
import { allowsMethod } from '../kernel/mfa-rule.js'
import type { ChallengedPerson } from './ports.js'

/**
 * Whether this kind may be asked about, now. A live factor proves things to the person's own account, so the installation
 * decides; whether the proof counts in an organization is decided there. A new one has to be of a kind that may be enrolled.
 */
export function mayBeAsked({ mfaRules }: ChallengedPerson, { type, status }: Factor): boolean {
  return status === 'PENDING' ? mfaRules.everywhere.enrollable.includes(type) : allowsMethod(mfaRules.account, type)
}
