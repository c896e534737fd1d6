import { auditActorOf } from '../audit/index.js'
import type { SessionActor } from '../kernel/actor.js'
import type { AccountId, OrganizationId } from '../kernel/ids.js'
import { addresseeOf, type Notices } from '../kernel/notices.js'
import type { AuditContext } from '../kernel/request-context.js'
import { removeMember, type OrganizationDeps } from '../organizations/index.js'
import type { PersonReader } from '../sessions/index.js'

export interface EndMembershipDeps extends OrganizationDeps {
  readonly sessions: Pick<PersonReader, 'findPerson'>
  readonly notices: Notices
}

export interface EndMembershipInput {
  readonly actor: SessionActor
  readonly accountId: AccountId
  readonly organizationId: OrganizationId
  /** Whether the organization may be left without an administrator. */
  readonly abandonsOrganization: boolean
  /** The reason the operator gave, for the audit log. */
  readonly reason: string
  readonly context: AuditContext
}

export type EndMembershipOutcome =
  | { kind: 'ended'; tell: () => Promise<void> }
  | { kind: 'unknown-account' }
  | { kind: 'unknown-organization' } // or the account is not a member of it
  | { kind: 'last-admin' }
  | { kind: 'own-account' } // another operator must do it

/** Removes an account from an organization, even against the organization's administrators (R136). */
export async function endMembership(deps: EndMembershipDeps, input: EndMembershipInput): Promise<EndMembershipOutcome> {
  const { actor, accountId, organizationId, abandonsOrganization, reason, context } = input
  if (actor.accountId === accountId) return { kind: 'own-account' }
  const person = await deps.sessions.findPerson(accountId)
  if (!person) return { kind: 'unknown-account' }
  const [organization] = await deps.organizationStore.find([organizationId])
  const removed = await removeMember(deps, {
    accountId: actor.accountId,
    member: accountId,
    organizationId,
    lastAdmin: abandonsOrganization ? 'goes' : 'stays',
    context,
    also: [
      {
        action: 'admin.membership_ended',
        actor: auditActorOf(actor),
        targets: [
          { id: accountId, type: 'ACCOUNT' },
          { id: organizationId, type: 'ORGANIZATION' },
        ],
        organizationId,
        outcome: 'SUCCESS',
        context,
        metadata: { note: reason },
      },
    ],
  })
  if (removed.kind === 'unknown' || !organization) return { kind: 'unknown-organization' }
  if (removed.kind === 'last-admin') return removed
  return {
    kind: 'ended',
    tell: () =>
      deps.notices.tell({
        name: 'organization-membership-ended',
        to: addresseeOf(person),
        // Leaves out the operator's location, which would look like an attacker's.
        context: { ...context, origin: { ...context.origin, address: '', userAgent: '' } },
        details: { organization: organization.name },
        takesBack: null,
      }),
  }
}
