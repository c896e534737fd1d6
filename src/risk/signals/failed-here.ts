import { contribution } from '../contribution.js'
import type { Adjustment } from '../evidence.js'

const NATS_EACH = 0.5
const MOST_NATS = 2

/**
 * Wrong passwords for this account from where this sign-in comes from. Those from elsewhere are the attacker's, and must
 * not make the person pay for a campaign; hard rules see to many of them.
 */
export const failedHere: Adjustment = ({ facts, inSession }) => {
  const failures = atLeastNone(facts.failedHere)
  if (inSession || failures === 0) return []
  const nats = Math.min(MOST_NATS, failures * NATS_EACH)
  return [contribution({ code: 'FAILED_ATTEMPTS', facts: { failures } }, nats)]
}

/** A count that is not a number is taken to be the worst. */
export function atLeastNone(failures: number): number {
  if (Number.isNaN(failures)) return Number.MAX_SAFE_INTEGER
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.floor(failures)))
}
