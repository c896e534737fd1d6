import { contribution } from '../contribution.js'
import type { Adjustment, Evidence } from '../evidence.js'

const NATS = 2
const RECENT_MS = 24 * 3_600_000

/** Who takes an account over changes the password or the recovery address first. */
export const credentialChange: Adjustment = (evidence) => {
  if (evidence.inSession || !isCredentialFresh(evidence)) return []
  return [contribution('CREDENTIAL_CHANGED', NATS, 'password or recovery address changed less than 24 h ago')]
}

/** Also when the clock went back or the date cannot be read: it cannot be shown to be old. */
export function isCredentialFresh({ facts, now }: Evidence): boolean {
  if (facts.credentialChangedAt === null) return false
  return !(now - facts.credentialChangedAt.getTime() >= RECENT_MS)
}
