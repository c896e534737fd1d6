import { accountActor, type AuditLog } from '../audit/index.js'
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
  if (!(await deps.sessions.end(input.accountId, input.sessionId))) return
  await record(deps, 'session.ended', input, [input.sessionId])
}

/** Ends one of the person's own sessions. False when they have no such session, even if another account does. */
export async function revokeSession(deps: EndSessionDeps, input: EndSessionInput): Promise<boolean> {
  if (!(await deps.sessions.revoke(input.accountId, input.sessionId))) return false
  await record(deps, 'session.revoked', input, [input.sessionId])
  return true
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
  const ended = (await deps.sessions.endOthers(input.accountId, input.keep)) ?? []
  await record(deps, 'session.revoked', input, ended)
  return ended.length
}

async function record(
  deps: EndSessionDeps,
  action: 'session.ended' | 'session.revoked',
  input: { readonly accountId: AccountId; readonly context: AuditContext },
  ended: readonly SessionId[],
): Promise<void> {
  if (ended.length === 0) return
  await deps.audit.record([
    {
      action,
      actor: accountActor(input.accountId),
      targets: ended.map((id) => ({ id, type: 'SESSION' }) as const),
      outcome: 'SUCCESS',
      context: input.context,
    },
  ])
}
