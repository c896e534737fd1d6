import { auditActorOf, type AuditLog } from '../audit/index.js'
import type { Actor } from '../kernel/actor.js'
import type { AccountId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { SessionStore } from '../sessions/index.js'

export interface RevokeAccountSessionsDeps {
  readonly sessions: Pick<SessionStore, 'endOthers'>
  readonly audit: AuditLog
}

export interface RevokeAccountSessionsInput {
  readonly actor: Actor
  readonly accountId: AccountId
  readonly reason: string
  readonly context: AuditContext
}

/** Ends every session of an account. Returns how many were ended, or null when there is no such account. */
export async function revokeAccountSessions(
  deps: RevokeAccountSessionsDeps,
  input: RevokeAccountSessionsInput,
): Promise<number | null> {
  const events = deps.audit.prepare([
    {
      action: 'admin.sessions_revoked',
      actor: auditActorOf(input.actor),
      targets: [{ id: input.accountId, type: 'ACCOUNT' }],
      outcome: 'SUCCESS',
      context: input.context,
      // The operator's text is recorded as such, not as our own reason.
      metadata: { note: input.reason },
    },
  ])
  const ended = await deps.sessions.endOthers(input.accountId, null, () => events)
  return ended?.length ?? null
}
