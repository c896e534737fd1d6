import type { AuditEvent, AuditStore } from '../audit/index.js'
import { parseId, type AccountId, type SessionId } from '../kernel/ids.js'
import { findReferredEvent } from './reference.js'
import { RISK_LABELS, type RiskLabel, type RiskPurpose } from '../risk/index.js'

/** A decision of the risk engine, as the audit log stores it, with what was found out about it since. */
export interface RiskDecision {
  readonly event: AuditEvent & { readonly risk: NonNullable<AuditEvent['risk']> }
  readonly accountId: AccountId
  readonly purpose: RiskPurpose
  /** The session that was judged, or opened as the result; null where there was none. */
  readonly sessionId: SessionId | null
  readonly label: { readonly label: RiskLabel; readonly at: Date; readonly by: string | null } | null
}

const PURPOSES: Readonly<Record<string, RiskPurpose>> = { operation: 'OPERATION', refresh: 'REFRESH' }

/**
 * One decision by the id of its audit event, or by a reference; null for unknown ids and for events that are not
 * decisions.
 */
export async function findRiskDecision(store: AuditStore, reference: string): Promise<RiskDecision | null> {
  const event = await findReferredEvent(store, reference, ['risk.assessed'])
  const accountId = event && parseId<AccountId>(event.actor.id)
  if (!event?.risk || !accountId || event.actor.type !== 'ACCOUNT') return null
  const [latest] = await store.find({
    filter: { accountId: event.id, actions: ['risk.labelled'] },
    order: 'NEWEST_FIRST',
    limit: 1,
  })
  return {
    event: { ...event, risk: event.risk },
    accountId,
    purpose: PURPOSES[event.reason ?? ''] ?? 'SIGN_IN',
    sessionId: parseId<SessionId>(event.targets.find(({ type }) => type === 'SESSION')?.id),
    label: latest ? labelIn(latest) : null,
  }
}

function labelIn({ metadata, occurredAt, actor }: AuditEvent): RiskDecision['label'] {
  const label = RISK_LABELS.find((each) => each === metadata['label'])
  return label ? { label, at: occurredAt, by: actor.id } : null
}
