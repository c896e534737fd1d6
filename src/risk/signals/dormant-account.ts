import { contribution } from '../contribution.js'
import type { Adjustment } from '../evidence.js'

const NATS = 0.5
const DORMANT_DAYS = 90

/** Nobody misses an account that was not used for 90 days. One that was used at a time nobody knows counts as such. */
export const dormantAccount: Adjustment = ({ facts, history, inSession, now }) => {
  if (inSession || (facts.lastSignInAt === null && history.learned === 0)) return []
  const idleMs = facts.lastSignInAt === null ? Number.NaN : now - facts.lastSignInAt.getTime()
  if (idleMs <= DORMANT_DAYS * 86_400_000) return []
  return [contribution({ code: 'ACCOUNT_DORMANT', facts: { days: DORMANT_DAYS } }, NATS)]
}
