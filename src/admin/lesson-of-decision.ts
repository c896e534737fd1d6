import type { AuditEvent, AuditStore } from '../audit/index.js'
import { secondsAfter } from '../kernel/clock.js'
import type { RiskDecision } from './risk-decision.js'

/** When a sign-in was learned, and from where: the challenge may be answered from another address. */
export interface LessonOfDecision {
  readonly at: Date
  readonly address: string
}

/** The longest time a sign-in waits for its second factor. */
const LONGEST_SECONDS = 86_400
const MOST_EVENTS = 1000
/**
 * Another process with a slower clock may write a later event with an earlier time. Session and challenges say what
 * belongs together.
 */
const CLOCKS_APART_SECONDS = 60
/** These rules mean that there were too few sign-ins to judge by; such sign-ins begin a profile. */
const BEGINNINGS: readonly string[] = ['RULE_COLD_START', 'RULE_NO_HISTORY']

/**
 * Whether and when the profile learned a decision, according to the audit log: at once without a challenge, or with the
 * right answer. Null if it never did; requests within a session never do.
 */
export async function lessonOfDecision(
  store: Pick<AuditStore, 'find'>,
  decision: RiskDecision,
): Promise<LessonOfDecision | null> {
  const { event, accountId, sessionId, purpose } = decision
  if (purpose !== 'SIGN_IN' || sessionId === null) return null
  const until = secondsAfter(event.occurredAt, LONGEST_SECONDS)
  const later = await store.find({
    filter: {
      ...{ accountId, actions: ['session.created', 'challenge.created', 'challenge.passed'] },
      ...{ from: secondsAfter(event.occurredAt, -CLOCKS_APART_SECONDS), until },
    },
    order: 'OLDEST_FIRST',
    limit: MOST_EVENTS,
  })
  const inSession = later.filter(({ context }) => context?.sessionId === sessionId)
  const began = inSession.find(({ action }) => action === 'session.created')
  if (began && taughtAtOnce(event, began)) return lesson(event)
  const asked = inSession.filter(({ action }) => action === 'challenge.created').flatMap(challengesIn)
  const passed = later.find(
    (each) => each.action === 'challenge.passed' && challengesIn(each).some((id) => asked.includes(id)),
  )
  return passed ? lesson(passed) : null
}

function taughtAtOnce({ risk }: AuditEvent, { reason }: AuditEvent): boolean {
  if (!reason?.endsWith('-active')) return false
  if (risk?.verdict === 'ALLOW' || reason.startsWith('passkey-')) return true
  return risk?.contributions.some(({ code }) => BEGINNINGS.includes(code)) ?? false
}

const challengesIn = ({ targets }: AuditEvent): string[] =>
  targets.flatMap(({ id, type }) => (type === 'CHALLENGE' ? [id] : []))

const lesson = ({ occurredAt, context }: AuditEvent): LessonOfDecision => ({
  at: occurredAt,
  address: context?.ip ?? '',
})
