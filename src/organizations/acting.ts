import type { SessionActor } from '../kernel/actor.js'
import type { OrganizationId } from '../kernel/ids.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, endGrant, type RequestContext } from '../kernel/request-context.js'
import type { Acting } from './organization-event.js'

/** The calling session. The policy has already refused all other callers; this is a second lock. */
export function sessionActorOf({ actor }: RequestContext): SessionActor {
  if (actor.kind !== 'session') throw refuse('UNAUTHENTICATED')
  return actor
}

/** Ends the grants of a session that had no organization and now switches to the one it joined. */
export function endGrantOfNone(context: RequestContext, { organizationId }: SessionActor): void {
  if (organizationId === null) endGrant(context)
}

/** The calling member, in the organization their session is for. */
export function memberActing(context: RequestContext): Acting & { readonly actor: SessionActor } {
  const actor = sessionActorOf(context)
  const { organizationId } = actor
  if (organizationId === null || !actor.memberships[organizationId]) throw refuse('FORBIDDEN')
  return { actor, ...actingIn(context, organizationId) }
}

/** The same for an administrator. */
export function adminActing(context: RequestContext): ReturnType<typeof memberActing> {
  const acting = memberActing(context)
  if (acting.actor.memberships[acting.organizationId]?.role !== 'ADMIN') throw refuse('FORBIDDEN')
  return acting
}

/** The caller, acting on an organization they name. */
export function actingIn(context: RequestContext, organizationId: OrganizationId): Acting {
  return { accountId: sessionActorOf(context).accountId, organizationId, context: auditContextOf(context) }
}
