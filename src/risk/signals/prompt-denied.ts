import { contribution } from '../contribution.js'
import type { Adjustment, Evidence } from '../evidence.js'

const NATS = 2
const RECENT_HOURS = 24

/** Whoever got as far as a prompt that was denied knows the password, and will try again. */
export const promptDenied: Adjustment = (evidence) => {
  const { suspicionAt } = evidence.facts
  if (suspicionAt === null || isAnswered(evidence, suspicionAt)) return []
  // Also when the clock went back or the date cannot be read: it cannot be shown to be old.
  if (evidence.now - suspicionAt.getTime() >= RECENT_HOURS * 3_600_000) return []
  return [contribution({ code: 'PROMPT_DENIED', facts: { withinHours: RECENT_HOURS } }, NATS)]
}

/** A session that was proved since has answered the suspicion; one that is older has to prove itself once more. */
function isAnswered({ facts: { session }, inSession }: Evidence, suspicionAt: Date): boolean {
  return inSession && session !== null && session.provedAt > suspicionAt
}
