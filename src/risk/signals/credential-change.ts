import { contribution } from '../contribution.js'
import type { Adjustment, Evidence } from '../evidence.js'

const NATS = 2
export const FRESH_CREDENTIAL_HOURS = 24

/** An attacker who takes over an account first changes the password or the recovery address. */
export const credentialChange: Adjustment = (evidence) => {
  if (evidence.inSession || !isCredentialFresh(evidence)) return []
  return [contribution({ code: 'CREDENTIAL_CHANGED', facts: { withinHours: FRESH_CREDENTIAL_HOURS } }, NATS)]
}

/** Also true if the clock went back or the date is not readable, because then the change may be recent. */
export function isCredentialFresh({ facts, now }: Evidence): boolean {
  if (facts.credentialChangedAt === null) return false
  return !(now - facts.credentialChangedAt.getTime() >= FRESH_CREDENTIAL_HOURS * 3_600_000)
}
