import {
  auditActorOf,
  lostTrustEvents,
  type AuditLog,
  type AuditObservation,
  type AuditStore,
  type NewAuditEvent,
} from '../audit/index.js'
import type { Actor } from '../kernel/actor.js'
import { secondsAfter, type Clock } from '../kernel/clock.js'
import { parseId, type AccountId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import {
  KEPT_DAYS,
  type LabelChange,
  type Labelled,
  observe,
  type ObserveDeps,
  relearn,
  type RiskLabel,
  type RiskLabelStore,
} from '../risk/index.js'
import { lessonOfDecision } from './lesson-of-decision.js'
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
  /** The id of the event, or a reference. */
  readonly reference: string
  readonly label: RiskLabel
  readonly context: AuditContext
}

export type LabelRiskDecisionOutcome =
  | { kind: 'labelled'; decision: RiskDecision }
  | { kind: 'unknown' } // no such decision, or its account is gone
  | { kind: 'own-account' } // a session in an attacker's hands must not label itself legitimate
  | { kind: 'too-old' } // profiles keep nothing that old
  | { kind: 'nothing-kept' } // the event does not contain what the client showed
  | { kind: 'full' } // the account has the maximum number of labels

/**
 * Records what an operator found out about a decision. It teaches only that person's profile, not the population or the
 * prompt budget. Repeating the same label changes nothing.
 */
export async function labelRiskDecision(
  deps: LabelRiskDecisionDeps,
  { actor, reference, label, context }: LabelRiskDecisionInput,
): Promise<LabelRiskDecisionOutcome> {
  const decision = await findRiskDecision(deps.auditStore, reference)
  if (!decision) return { kind: 'unknown' }
  const { event, accountId } = decision
  // Becomes part of a document path.
  const decisionId = parseId(event.id)
  if (decisionId === null) return { kind: 'unknown' }
  if (actor.kind === 'session' && actor.accountId === accountId) return { kind: 'own-account' }
  const now = deps.clock.now()
  const keptSince = secondsAfter(now, -KEPT_DAYS * 86_400)
  if (event.occurredAt < keptSince) return { kind: 'too-old' }
  const { observation: kept } = event.risk
  if (!kept || !event.context) return { kind: 'nothing-kept' }
  const lesson = await lessonOfDecision(deps.auditStore, decision)
  const address = lesson?.address ?? event.context.ip
  if (address === null) return { kind: 'nothing-kept' }
  const observation = observationOf(deps.risk, kept, address)
  const change: LabelChange = {
    accountId,
    decisionId,
    label,
    at: now,
    keptSince,
    raisesSuspicion: label === 'ATTACK',
    sessionId: decision.sessionId,
    relearn: (profile, from) =>
      relearn(profile, {
        observation,
        at: (lesson?.at ?? event.occurredAt).getTime(),
        wasLearned: lesson !== null,
        from,
        to: label,
        now,
      }),
  }
  const outcome = await deps.riskLabels.label(change, (labelled) =>
    deps.audit.prepare(labelEvents({ actor, decisionId, label, context }, accountId, labelled)),
  )
  if (outcome.kind === 'unknown-account') return { kind: 'unknown' }
  if (outcome.kind === 'full') return outcome
  if (outcome.kind === 'unchanged') {
    // The event of a parallel caller that was first may not be in the log yet.
    return { kind: 'labelled', decision: { ...decision, label: decision.label ?? { label, at: now, by: null } } }
  }
  return { kind: 'labelled', decision: { ...decision, label: { label, at: now, by: auditActorOf(actor).id } } }
}

function labelEvents(
  { actor, decisionId, label, context }: Omit<LabelRiskDecisionInput, 'reference'> & { readonly decisionId: string },
  accountId: AccountId,
  { before, endedSessions }: Labelled,
): NewAuditEvent[] {
  const by = { actor: auditActorOf(actor), context }
  const account = { id: accountId, type: 'ACCOUNT' } as const
  // The operator did it, so only the target says whose sessions they were.
  const lost = lostTrustEvents({ endedSessions, forgottenDevices: [] }, { ...by, reason: 'labelled-attack' })
  return [
    {
      ...by,
      action: 'risk.labelled',
      targets: [{ id: decisionId, type: 'RISK_DECISION' }, account],
      outcome: 'SUCCESS',
      metadata: { label, before },
    },
    ...lost.map((each) => ({ ...each, targets: [account, ...each.targets] })),
  ]
}

/** Where it came from according to today's databases, and the recorded facts about its client. */
function observationOf(deps: ObserveDeps, { agent, language, timeZone }: AuditObservation, address: string) {
  const origin = {
    address,
    userAgent: '',
    clientHints: { brands: '', mobile: '', platform: '' },
    language: '',
  }
  return { ...observe(deps, { origin, deviceId: null, timeZone: null }), agent, language, timeZone }
}
