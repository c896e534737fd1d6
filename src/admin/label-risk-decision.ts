import { auditActorOf, type AuditEvent, type AuditLog, type AuditStore } from '../audit/index.js'
import type { Actor } from '../kernel/actor.js'
import { secondsBetween, type Clock } from '../kernel/clock.js'
import type { AuditContext } from '../kernel/request-context.js'
import {
  KEPT_DAYS,
  observe,
  relearn,
  type Observation,
  type ObserveDeps,
  type RiskLabel,
  type RiskLabelStore,
} from '../risk/index.js'
import { findRiskDecision, type RiskDecision } from './risk-decision.js'

export interface LabelRiskDecisionDeps {
  readonly auditStore: AuditStore
  readonly audit: AuditLog
  readonly riskLabels: RiskLabelStore
  readonly risk: ObserveDeps
  readonly clock: Clock
}

export interface LabelRiskDecisionInput {
  readonly actor: Actor
  readonly decisionId: string
  readonly label: RiskLabel
  readonly context: AuditContext
}

export type LabelRiskDecisionOutcome =
  | { kind: 'labelled'; decision: RiskDecision }
  | { kind: 'unknown' } // no such decision, or its account is gone
  | { kind: 'own-account' } // a session in the wrong hands must not call itself legitimate
  | { kind: 'too-old' } // nothing of that age is kept in a profile

/**
 * Writes down what was found out about a decision. It teaches that person's profile and nobody else's: neither the
 * population nor the prompt budget hears of it. The same label again changes nothing.
 */
export async function labelRiskDecision(
  deps: LabelRiskDecisionDeps,
  { actor, decisionId, label, context }: LabelRiskDecisionInput,
): Promise<LabelRiskDecisionOutcome> {
  const decision = await findRiskDecision(deps.auditStore, decisionId)
  if (!decision) return { kind: 'unknown' }
  const { event, accountId } = decision
  if (actor.kind === 'session' && actor.accountId === accountId) return { kind: 'own-account' }
  const now = deps.clock.now()
  if (secondsBetween(event.occurredAt, now) > KEPT_DAYS * 86_400) return { kind: 'too-old' }
  const observation = observationOf(deps.risk, event)
  const outcome = await deps.riskLabels.label({
    accountId,
    decisionId,
    label,
    at: now,
    raisesSuspicion: label === 'ATTACK',
    relearn: (profile, from) =>
      relearn(profile, {
        observation,
        at: event.occurredAt.getTime(),
        // Whoever was asked is learned when they answer, which is another moment; a request within a session never is.
        wasLearned: decision.purpose === 'SIGN_IN' && event.risk.verdict === 'ALLOW',
        from,
        to: label,
        now,
      }),
  })
  if (outcome.kind === 'unknown-account') return { kind: 'unknown' }
  if (outcome.kind === 'unchanged') {
    // Whoever was first may not have written their event yet.
    return { kind: 'labelled', decision: { ...decision, label: decision.label ?? { label, at: now, by: null } } }
  }
  await deps.audit.record([
    {
      action: 'risk.labelled',
      actor: auditActorOf(actor),
      targets: [
        { id: decisionId, type: 'RISK_DECISION' },
        { id: accountId, type: 'ACCOUNT' },
      ],
      outcome: 'SUCCESS',
      context,
      metadata: { label, before: outcome.before },
    },
  ])
  return { kind: 'labelled', decision: { ...decision, label: { label, at: now, by: auditActorOf(actor).id } } }
}

/**
 * What the request showed: where it came from by today's databases, and of its client what was kept. Events from before
 * that was kept tell no language and no time zone, so that nothing is learned of them.
 */
function observationOf(deps: ObserveDeps, { context, risk }: AuditEvent): Observation {
  const origin = {
    address: context?.ip ?? '',
    userAgent: context?.userAgent ?? '',
    clientHints: { brands: '', mobile: '', platform: '' },
    language: '',
  }
  const seen = observe(deps, { origin, deviceId: null, timeZone: null })
  const kept = risk?.observation ?? null
  return {
    ...seen,
    agent: kept?.agent ?? seen.agent,
    language: kept?.language ?? null,
    timeZone: kept?.timeZone ?? null,
  }
}
