import type { SessionActor } from '../kernel/actor.js'
import type { OrganizationId } from '../kernel/ids.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, endGrant, type RequestContext } from '../kernel/request-context.js'
import type { Acting } from './organization-event.js'

/** Who calls. The policy has refused everybody else before; this is the lock behind the lock. */
export function sessionActorOf({ actor }: RequestContext): SessionActor {
  if (actor.kind !== 'session') throw refuse('UNAUTHENTICATED')
  return actor
}

/** A session that was for no organization is for the one it entered from then on. */
export function endGrantOfNone(context: RequestContext, { organizationId }: SessionActor): void {
  if (organizationId === null) endGrant(context)
}

/** The member who calls, in the organization their session is for. */
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

/** Whoever calls, towards an organization they name. */
export function actingIn(context: RequestContext, organizationId: OrganizationId): Acting {
  return { accountId: sessionActorOf(context).accountId, organizationId, context: auditContextOf(context) }
}
