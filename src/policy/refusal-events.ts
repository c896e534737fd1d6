import type { Actor } from '../kernel/actor.js'
import { auditContextOf, type AuditContext } from '../kernel/request-context.js'
import type { RefusalRecord } from './ports.js'

/** The audit events of a refusal. `R` is the type of assessment that the risk port makes. */
export interface RefusalEvents<R> {
  readonly refusal: RefusalEvent
  /** Events that explain the refusal, if the log does not have them yet. */
  readonly explanation: readonly RiskEvent<R>[]
}

interface RefusalEvent {
  readonly action: 'step_up.required' | 'access.denied' | 'access.reported'
  readonly actor: Actor
  readonly targets: readonly { readonly id: string; readonly type: 'FIELD' }[]
  readonly outcome: 'DENIED'
  readonly reason: string
  readonly context: AuditContext
  readonly metadata: { readonly errorCode: string; readonly purpose: string | null }
}

interface RiskEvent<R> {
  readonly action: 'risk.assessed' | 'risk.blocked'
  readonly actor: Actor
  readonly targets: readonly { readonly id: string; readonly type: 'SESSION' }[]
  readonly outcome: 'SUCCESS' | 'DENIED'
  readonly reason: 'operation'
  readonly context: AuditContext
  readonly risk: R
}

const MOST_PATHS = 10

export function refusalEvents<R>(record: RefusalRecord, risk: R | null): RefusalEvents<R> {
  const { context, actor, code, need, paths, purpose, enforced } = record
  const refused = need ? 'step_up.required' : 'access.denied'
  return {
    refusal: {
      action: enforced ? refused : 'access.reported',
      actor,
      targets: paths.slice(0, MOST_PATHS).map((path) => ({ id: path, type: 'FIELD' }) as const),
      outcome: 'DENIED',
      reason: need?.reason ?? code,
      context: auditContextOf(context),
      metadata: { errorCode: code, purpose },
    },
    explanation: riskEvents(record, risk),
  }
}

/** Records the risk only if it caused the refusal. Recording every assessment would cost each operation a write. */
function riskEvents<R>({ context, actor, code, need }: RefusalRecord, risk: R | null): readonly RiskEvent<R>[] {
  const isBlocked = code === 'RISK_BLOCKED'
  if (risk === null || actor.kind !== 'session' || !(isBlocked || need?.reason === 'RISK_ELEVATED')) return []
  return [
    {
      action: isBlocked ? 'risk.blocked' : 'risk.assessed',
      actor,
      targets: [{ id: actor.sessionId, type: 'SESSION' }],
      outcome: isBlocked ? 'DENIED' : 'SUCCESS',
      reason: 'operation',
      context: auditContextOf(context),
      risk,
    },
  ]
}
