import { contribution } from '../contribution.js'
import type { Adjustment } from '../evidence.js'

const NATS = 0.5
const DORMANT_MS = 90 * 86_400_000

/** Nobody misses an account that was not used for 90 days. One whose last sign-in is not known counts as such. */
export const dormantAccount: Adjustment = ({ facts, inSession, now }) => {
  if (inSession) return []
  const idleMs = facts.lastSignInAt === null ? Number.NaN : now - facts.lastSignInAt.getTime()
  if (idleMs <= DORMANT_MS) return []
  return [contribution('ACCOUNT_DORMANT', NATS, 'no sign-in known within 90 days')]
}
