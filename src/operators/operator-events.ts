import { lostTrustEvents, type AuditActor, type LostTrust, type NewAuditEvent } from '../audit/index.js'
import type { AccountId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'

/** The operator who runs `stepgate admin …`. */
export const COMMAND_LINE: AuditActor = Object.freeze({ id: null, type: 'OPERATOR' })

interface RoleChange {
  readonly accountId: AccountId
  readonly actor: AuditActor
  readonly reason: 'setting' | 'command-line'
  /** Null: no request caused it. */
  readonly context: AuditContext | null
}

/** The events of a granted role and of the trust that ended with it. */
export function grantedEvents({ accountId, ...because }: RoleChange, lost: LostTrust): NewAuditEvent[] {
  const targets = [{ id: accountId, type: 'ACCOUNT' }] as const
  const { actor, context } = because
  return [
    { ...because, action: 'admin.role_granted', targets, outcome: 'SUCCESS', metadata: { role: 'ADMIN' } },
    ...lostTrustEvents(lost, { actor, context, reason: 'role-granted' }).map((event) => ({
      ...event,
      targets: [...targets, ...event.targets],
    })),
  ]
}

export const revokedEvent = (accountId: AccountId, outcome: 'SUCCESS' | 'DENIED', forced: boolean): NewAuditEvent => ({
  action: 'admin.role_revoked',
  actor: COMMAND_LINE,
  targets: [{ id: accountId, type: 'ACCOUNT' }],
  outcome,
  reason: outcome === 'DENIED' ? 'last-operator' : 'command-line',
  context: null,
  metadata: { role: 'ADMIN', forced },
})
