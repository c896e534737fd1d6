import { auditActorOf, type AuditLog } from '../audit/index.js'
import type { Actor } from '../kernel/actor.js'
import type { AccountId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { SessionStore } from '../sessions/index.js'

export interface RevokeAccountSessionsDeps {
  readonly sessions: Pick<SessionStore, 'findPerson' | 'endOthers'>
  readonly audit: AuditLog
}

export interface RevokeAccountSessionsInput {
  readonly actor: Actor
  readonly accountId: AccountId
  readonly reason: string
  readonly context: AuditContext
}

/** Ends every session of an account. Answers how many there were, or null when there is no such account. */
export async function revokeAccountSessions(
  deps: RevokeAccountSessionsDeps,
  input: RevokeAccountSessionsInput,
): Promise<number | null> {
  const person = await deps.sessions.findPerson(input.accountId)
  if (!person) return null
  await deps.sessions.endOthers(input.accountId, null)
  await deps.audit.record([
    {
      action: 'admin.sessions_revoked',
      actor: auditActorOf(input.actor),
      targets: [{ id: input.accountId, type: 'ACCOUNT' }],
      outcome: 'SUCCESS',
      context: input.context,
      // What an operator wrote is a fact of its own, not our reason.
      metadata: { note: input.reason },
    },
  ])
  return Object.keys(person.sessions).length
}
