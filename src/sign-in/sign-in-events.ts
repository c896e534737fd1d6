import { accountActor, type AuditActor, type NewAuditEvent } from '../audit/index.js'
import type { RecognizedDevice } from '../devices/index.js'
import type { AccountId, DeviceId, SessionId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { AssessedRisk } from '../risk/index.js'
import type { ArrivePlan } from './arrive.js'
import type { Person, Session } from '../sessions/index.js'

/** The audit events of a right first factor: the session, the score, and why no further factor was demanded. */
export function signInEvents(input: {
  readonly person: Person
  readonly session: Session
  readonly plan: ArrivePlan
  readonly risk: AssessedRisk
  /** The remembered device that received a new secret; null without one. */
  readonly rotated: DeviceId | null
  /** Why the presented device token does not identify its device. */
  readonly deviceFault: RecognizedDevice['fault']
  readonly context: AuditContext
}): NewAuditEvent[] {
  const { session, plan, risk, rotated, deviceFault } = input
  const context = { ...input.context, sessionId: session.id, deviceId: session.deviceId }
  const base = {
    actor: accountActor(input.person.account.id),
    targets: [{ id: session.id, type: 'SESSION' }],
    outcome: 'SUCCESS',
    context,
  } as const
  return [
    { ...base, action: 'risk.assessed', risk },
    {
      ...base,
      action: 'session.created',
      reason: `${session.firstFactor.toLowerCase()}-${plan.kind}`,
      metadata: { state: session.state, ...(deviceFault === null ? {} : { deviceFault }), ...begunBy(session) },
    },
    ...(rotated === null
      ? []
      : [{ ...base, action: 'device.rotated', targets: [{ id: rotated, type: 'DEVICE' }] } as const]),
  ]
}

/** The backend that began it, if one did. */
const begunBy = ({ authentication }: Session) =>
  authentication === null
    ? {}
    : { tenant: authentication.tenant, serviceKey: authentication.keyId, intent: authentication.intent }

/** A new sign-in ended the session the request came with. */
export function leftEvent(
  former: { readonly accountId: AccountId; readonly sessionId: SessionId },
  context: AuditContext,
): NewAuditEvent {
  return {
    action: 'session.ended',
    actor: accountActor(former.accountId),
    targets: [{ id: former.sessionId, type: 'SESSION' }],
    outcome: 'SUCCESS',
    reason: 'signed-in-anew',
    context,
  }
}

export function refusedEvent(actor: AuditActor, context: AuditContext): NewAuditEvent {
  const targets = actor.id === null ? [] : [{ id: actor.id, type: 'ACCOUNT' } as const]
  return { action: 'session.refused', actor, targets, outcome: 'FAILURE', reason: 'wrong-first-factor', context }
}
