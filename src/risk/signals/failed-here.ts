import { contribution } from '../contribution.js'
import type { Adjustment } from '../evidence.js'

const NATS_EACH = 0.5
const MOST_NATS = 2

/**
 * Wrong passwords for this account from the part of the network that this sign-in comes from. Failures from elsewhere
 * are an attacker's and must not count against the person; a hard rule handles large numbers of them.
 */
export const failedHere: Adjustment = ({ facts, inSession }) => {
  const failures = atLeastNone(facts.failedHere)
  if (inSession || failures === 0) return []
  const nats = Math.min(MOST_NATS, failures * NATS_EACH)
  return [contribution({ code: 'FAILED_ATTEMPTS', facts: { failures } }, nats)]
}

/** NaN counts as the largest number. */
export function atLeastNone(failures: number): number {
  if (Number.isNaN(failures)) return Number.MAX_SAFE_INTEGER
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.floor(failures)))
}
