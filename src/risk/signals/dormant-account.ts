import { contribution } from '../contribution.js'
import type { Adjustment } from '../evidence.js'

const NATS = 0.5
const DORMANT_DAYS = 90

/**
 * A takeover of an account that is not in use goes unnoticed. An account whose last sign-in is unknown counts as
 * dormant.
 */
export const dormantAccount: Adjustment = ({ facts, history, inSession, now }) => {
  if (inSession || (facts.lastSignInAt === null && history.learned === 0)) return []
  const idleMs = facts.lastSignInAt === null ? Number.NaN : now - facts.lastSignInAt.getTime()
  if (idleMs <= DORMANT_DAYS * 86_400_000) return []
  return [contribution({ code: 'ACCOUNT_DORMANT', facts: { days: DORMANT_DAYS } }, NATS)]
}
