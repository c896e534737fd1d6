import { contribution } from '../contribution.js'
import type { Adjustment, Evidence } from '../evidence.js'

const NATS = 2
const RECENT_HOURS = 24

/** An attacker who caused a prompt knows the password and will try again. */
export const promptDenied: Adjustment = (evidence) => {
  const { suspicionAt } = evidence.facts
  if (suspicionAt === null || isAnswered(evidence, suspicionAt)) return []
  // Also counts if the clock went back or the date is not readable, because then it may be recent.
  if (evidence.now - suspicionAt.getTime() >= RECENT_HOURS * 3_600_000) return []
  return [contribution({ code: 'PROMPT_DENIED', facts: { withinHours: RECENT_HOURS } }, NATS)]
}

/** A session verified after the report is not suspect. An older one has to be verified again. */
function isAnswered({ facts: { session }, inSession }: Evidence, suspicionAt: Date): boolean {
  return inSession && session !== null && session.provedAt > suspicionAt
}
