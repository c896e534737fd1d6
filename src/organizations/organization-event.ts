import { accountActor, type AuditAction, type AuditMetadata, type NewAuditEvent } from '../audit/index.js'
import type { AccountId, OrganizationId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'

/** Who changes an organization or a member, and in which request. */
export interface Acting {
  readonly accountId: AccountId
  readonly organizationId: OrganizationId
  readonly context: AuditContext
}

/** An event about an organization or, if one is named, a member of it. */
export function organizationEvent(
  action: AuditAction,
  { accountId, organizationId, context }: Acting,
  also: {
    readonly member?: AccountId
    readonly outcome?: NewAuditEvent['outcome']
    readonly reason?: string
    readonly metadata?: AuditMetadata
  } = {},
): NewAuditEvent {
  const { member, outcome = 'SUCCESS', reason = null, metadata = {} } = also
  const organization = { id: organizationId, type: 'ORGANIZATION' } as const
  const targets = member === undefined ? [organization] : [{ id: member, type: 'ACCOUNT' } as const, organization]
  return { action, actor: accountActor(accountId), targets, organizationId, outcome, reason, context, metadata }
}
