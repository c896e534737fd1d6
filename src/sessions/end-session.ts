import { accountActor, type AuditLog, type NewAuditEvent } from '../audit/index.js'
import type { AccountId, SessionId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { SessionStore } from './ports.js'

export interface EndSessionDeps {
  readonly sessions: SessionStore
  readonly audit: AuditLog
}

export interface EndSessionInput {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly context: AuditContext
}

/** Signs out: the session ends in every process at once. Signing out twice is not an error. */
export async function signOut(deps: EndSessionDeps, input: EndSessionInput): Promise<void> {
  const events = deps.audit.prepare(endedEvents('session.ended', input, [input.sessionId]))
  await deps.sessions.end(input.accountId, input.sessionId, events)
}

/** Ends one of the person's own sessions. False when they have no such session, even if another account does. */
export function revokeSession(deps: EndSessionDeps, input: EndSessionInput): Promise<boolean> {
  const events = deps.audit.prepare(endedEvents('session.revoked', input, [input.sessionId]))
  return deps.sessions.revoke(input.accountId, input.sessionId, events)
}

/** Ends every session of the person but this one. Returns how many were ended. */
export async function revokeOtherSessions(
  deps: EndSessionDeps,
  input: {
    readonly accountId: AccountId
    readonly keep: SessionId
    readonly context: AuditContext
  },
): Promise<number> {
  const ended = await deps.sessions.endOthers(input.accountId, input.keep, (sessions) =>
    deps.audit.prepare(endedEvents('session.revoked', input, sessions)),
  )
  return ended?.length ?? 0
}

/** One event for all of them; none if there are none. */
function endedEvents(
  action: 'session.ended' | 'session.revoked',
  input: { readonly accountId: AccountId; readonly context: AuditContext },
  ended: readonly SessionId[],
): readonly NewAuditEvent[] {
  if (ended.length === 0) return []
  const targets = ended.map((id) => ({ id, type: 'SESSION' }) as const)
  return [{ action, actor: accountActor(input.accountId), targets, outcome: 'SUCCESS', context: input.context }]
}
