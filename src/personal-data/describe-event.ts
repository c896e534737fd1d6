import type { AuditEvent, AuditEventContext, AuditRisk } from '../audit/index.js'
import type { AccountId } from '../kernel/ids.js'
import type { Say } from '../kernel/sentences.js'
import { describeContribution } from '../risk/index.js'

/** What people do to their own account. Anything else they do may concern another person. */
const OWN_AFFAIRS: ReadonlySet<string> = new Set([
  'access',
  'account',
  'challenge',
  'device',
  'factor',
  'limit',
  'message',
  'passkey',
  'push',
  'recovery_code',
  'recovery_codes',
  'risk',
  'session',
  'step_up',
])

/**
 * An audit event as the person it concerns may see it. For other actors it only says that they did it: not who they are
 * or where they were. If the person acted on someone else, details about that other person are left out.
 */
export function describeEvent(event: AuditEvent, accountId: AccountId, say: Say) {
  const { actor, targets, context } = event
  const isOwnAct = actor.id === accountId
  const isTarget = targets.some(({ id, type }) => type === 'ACCOUNT' && id === accountId)
  const isOwnRequest = isOwnAct || actor.type !== 'ACCOUNT'
  const isOwnAffair = isOwnAct && OWN_AFFAIRS.has(event.action.slice(0, event.action.indexOf('.')))
  return {
    id: event.id,
    action: event.action,
    occurredAt: event.occurredAt,
    by: isOwnAct ? 'YOU' : actor.type === 'ACCOUNT' ? 'SOMEBODY_ELSE' : actor.type,
    targets: isOwnAffair || isTarget ? targets.filter(({ id, type }) => type !== 'ACCOUNT' || id === accountId) : [],
    organizationId: event.organizationId,
    outcome: event.outcome,
    reason: event.reason,
    risk: event.risk && describeRisk(event.risk, isOwnRequest ? context : null, say),
    context: isOwnRequest ? context : null,
    metadata: isOwnAffair || isTarget ? event.metadata : {},
  }
}

/** Each contribution as it is stored, and in a sentence. */
const describeRisk = (risk: AuditRisk, context: AuditEventContext | null, say: Say) => ({
  ...risk,
  contributions: risk.contributions.map((contribution) => ({
    ...contribution,
    detail: describeContribution(contribution, { country: context?.country ?? null }, say),
  })),
})
