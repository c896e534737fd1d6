import type { AccountId } from '../kernel/ids.js'
import type { Membership, OrganizationRole } from '../kernel/membership.js'
import { givePlace, takeBreakGlass, takePlace, type PlaceToTake } from './change-places.js'
import type { OrganizationDeps } from './organization-deps.js'
import { organizationEvent, type Acting } from './organization-event.js'

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
  const changed =
    role === 'ADMIN'
      ? await givePlace(deps, place, ({ memberships }) => {
          const before = memberships[organizationId]
          return before ? { ...before, role } : ({ kind: 'unknown' } as const)
        })
      : await takePlace(deps, place, (before) => ({ ...before, role }))
  if (changed.kind !== 'changed' || !changed.before) return changed.kind === 'changed' ? { kind: 'unknown' } : changed
  const { before, person } = changed
  if (before.role !== role) {
    const metadata = { before: before.role, after: role }
    await deps.audit.record([organizationEvent('member.role_changed', input, { member, metadata })])
  }
  return { kind: 'set', membership: { ...before, role }, email: person.email }
}

export type RemoveMemberOutcome = { kind: 'removed' } | { kind: 'unknown' } | { kind: 'last-admin' }

export type RemoveMemberInput = ChangeMemberInput & Pick<PlaceToTake, 'lastAdmin'>

/** Removes a member, who may be the caller. The last administrator stays unless the input says otherwise. */
export async function removeMember(deps: OrganizationDeps, input: RemoveMemberInput): Promise<RemoveMemberOutcome> {
  const { organizationId, member, lastAdmin = 'stays' } = input
  const place = { accountId: member, organizationId, lastAdmin }
  const watched = await takePlace(deps, place, ({ breakGlass }) =>
    breakGlass ? ({ kind: 'break-glass' } as const) : null,
  )
  // Removed from that list first: it may name a former member, but must never miss a current one.
  if (watched.kind === 'break-glass') await takeBreakGlass(deps, place)
  const removed = watched.kind === 'break-glass' ? await takePlace(deps, place, () => null) : watched
  if (removed.kind !== 'changed') return removed
  const action = member === input.accountId ? 'member.left' : 'member.removed'
  const metadata = { role: removed.before?.role ?? null }
  await deps.audit.record([organizationEvent(action, input, { member, metadata })])
  return { kind: 'removed' }
}
