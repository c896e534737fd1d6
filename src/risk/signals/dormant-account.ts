import { contribution } from '../contribution.js'
import type { Adjustment } from '../evidence.js'

const NATS = 0.5
const DORMANT_MS = 90 * 86_400_000

/** Nobody misses an account that was not used for 90 days. One that was used at a time nobody knows counts as such. */
export const dormantAccount: Adjustment = ({ facts, history, inSession, now }) => {
  if (inSession || (facts.lastSignInAt === null && history.learned === 0)) return []
  const idleMs = facts.lastSignInAt === null ? Number.NaN : now - facts.lastSignInAt.getTime()
  if (idleMs <= DORMANT_MS) return []
  return [contribution('ACCOUNT_DORMANT', NATS, 'no sign-in known within 90 days')]
}
