import type { NewAuditEvent } from '../audit/index.js'
import type { AccountId } from '../kernel/ids.js'
import type { Membership, OrganizationRole } from '../kernel/membership.js'
import { givePlace, takeBreakGlass, takePlace, type PlaceToTake } from './change-places.js'
import type { OrganizationDeps } from './organization-deps.js'
import { organizationEvent, type Acting } from './organization-event.js'
import type { Affiliate } from './ports.js'

export interface ChangeMemberInput extends Acting {
  readonly member: AccountId
}

export type SetMemberRoleOutcome =
  | { kind: 'set'; membership: Membership; email: string }
  | { kind: 'unknown' }
  | { kind: 'last-admin' }
  | { kind: 'too-many-admins' }

/** Changes a member's role. The last administrator keeps theirs. */
export async function setMemberRole(
  deps: OrganizationDeps,
  input: ChangeMemberInput & { readonly role: OrganizationRole },
): Promise<SetMemberRoleOutcome> {
  const { organizationId, member, role } = input
  const place = { accountId: member, organizationId }
  const judge = ({ memberships }: Affiliate) => {
    const before = memberships[organizationId]
    return before ? { ...before, role } : ({ kind: 'unknown' } as const)
  }
  const eventsOf = (before: Membership | null) => {
    if (!before || before.role === role) return []
    const metadata = { before: before.role, after: role }
    return [organizationEvent('member.role_changed', input, { member, metadata })]
  }
  const changed =
    role === 'ADMIN'
      ? await givePlace(deps, place, judge, eventsOf)
      : await takePlace(deps, place, (before) => ({ ...before, role }), eventsOf)
  if (changed.kind !== 'changed' || !changed.before) return changed.kind === 'changed' ? { kind: 'unknown' } : changed
  const { before, person } = changed
  return { kind: 'set', membership: { ...before, role }, email: person.email }
}

export type RemoveMemberOutcome = { kind: 'removed' } | { kind: 'unknown' } | { kind: 'last-admin' }

export type RemoveMemberInput = ChangeMemberInput &
  Pick<PlaceToTake, 'lastAdmin'> & {
    /** Events of the same change. */
    readonly also?: readonly NewAuditEvent[]
  }

/** Removes a member, who may be the caller. The last administrator stays unless the input says otherwise. */
export async function removeMember(deps: OrganizationDeps, input: RemoveMemberInput): Promise<RemoveMemberOutcome> {
  const { organizationId, member, lastAdmin = 'stays', also = [] } = input
  const place = { accountId: member, organizationId, lastAdmin }
  const action = member === input.accountId ? 'member.left' : 'member.removed'
  const eventsOf = (before: Membership | null) => [
    organizationEvent(action, input, { member, metadata: { role: before?.role ?? null } }),
    ...also,
  ]
  const judge = ({ breakGlass }: Membership) => (breakGlass ? ({ kind: 'break-glass' } as const) : null)
  const watched = await takePlace(deps, place, judge, eventsOf)
  // Removed from that list first: it may name a former member, but must never miss a current one.
  if (watched.kind === 'break-glass') await takeBreakGlass(deps, place, () => [])
  const removed = watched.kind === 'break-glass' ? await takePlace(deps, place, () => null, eventsOf) : watched
  return removed.kind === 'changed' ? { kind: 'removed' } : removed
}
