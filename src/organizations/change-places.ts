import type { AccountId, OrganizationId } from '../kernel/ids.js'
import type { Membership } from '../kernel/membership.js'
import { LOST, untilSettled } from '../kernel/settle.js'
import type { OrganizationDeps } from './organization-deps.js'
import type { Organization } from './organization.js'
import type { Affiliate, PlaceChange } from './ports.js'

/*
 * Who is in an organization stands with each person; who its administrators are stands with the organization too, because
 * only there can one conditional update decide that somebody is not the last (0047). Whoever gets a power has it before it
 * is listed, whoever loses it is unlisted before: the list names nobody in vain. Either order is judged anew when the
 * other half was changed in between.
 */

type PlacesDeps = Pick<OrganizationDeps, 'organizationStore' | 'members' | 'directory' | 'organizationLimits'>

export interface PlaceOf {
  readonly accountId: AccountId
  readonly organizationId: OrganizationId
}

export interface PlaceToTake extends PlaceOf {
  /** `goes`: the organization is left without anybody to administer it, because an operator insists. */
  readonly lastAdmin?: 'stays' | 'goes'
}

export interface ChangedPlace {
  readonly kind: 'changed'
  readonly person: Affiliate
  readonly before: Membership | null
}

/**
 * Gives somebody a place, or one with more power. `judge` sees person and organization as they are and says which place, or
 * why there is none.
 */
export function givePlace<No extends string = never>(
  { organizationStore, members, organizationLimits }: PlacesDeps,
  { accountId, organizationId }: PlaceOf,
  judge: (
    person: Affiliate,
    organization: Organization,
  ) => Promise<Membership | { readonly kind: No }> | Membership | { readonly kind: No },
): Promise<ChangedPlace | { readonly kind: No } | { readonly kind: 'unknown' } | { readonly kind: 'too-many-admins' }> {
  return untilSettled(async () => {
    const [[organization], person] = await Promise.all([
      organizationStore.find([organizationId]),
      members.find(accountId),
    ])
    if (!organization || !person) return { kind: 'unknown' }
    const to = await judge(person, organization)
    if ('kind' in to) return to
    const isListed = organization.adminIds.includes(accountId)
    const becomesAdmin = to.role === 'ADMIN' && !isListed
    if (becomesAdmin && organization.adminIds.length >= organizationLimits.admins) return { kind: 'too-many-admins' }
    // Also when nothing changes: whoever takes the power away at this moment has to judge anew.
    const before = person.memberships[organizationId] ?? null
    if (!(await members.replacePlace(placeChange(person, { organizationId, before, to })))) return LOST
    const done = { kind: 'changed', person, before } as const
    if (!becomesAdmin) return done
    const listed = { ...organization, adminIds: [...organization.adminIds, accountId] }
    return (await organizationStore.replace(listed, organization.revision)) === 'replaced' ? done : LOST
  })
}

/**
 * Takes somebody's place, or the power that goes with it. Never the last administrator's, but where that is said: of any number
 * who go at the same moment, one stays.
 */
export function takePlace<No extends string = never>(
  deps: PlacesDeps,
  { accountId, organizationId, lastAdmin = 'stays' }: PlaceToTake,
  judge: (membership: Membership) => Membership | null | { readonly kind: No },
): Promise<ChangedPlace | { readonly kind: No } | { readonly kind: 'unknown' } | { readonly kind: 'last-admin' }> {
  const { organizationStore, members } = deps
  return untilSettled(async () => {
    const [[organization], person] = await Promise.all([
      organizationStore.find([organizationId]),
      members.find(accountId),
    ])
    const before = person?.memberships[organizationId]
    if (!organization || !person || !before) return { kind: 'unknown' }
    const to = judge(before)
    if (to && 'kind' in to) return to
    const isAdmin = before.role === 'ADMIN' || organization.adminIds.includes(accountId)
    if (isAdmin && to?.role !== 'ADMIN') {
      const others = organization.adminIds.filter((id) => id !== accountId)
      const isLast = lastAdmin === 'stays' && (await members.countWho('admins', organizationId, others)) === 0
      if (isLast) return { kind: 'last-admin' }
      const outcome = await organizationStore.replace({ ...organization, adminIds: others }, organization.revision)
      if (outcome !== 'replaced') return LOST
    }
    const change = placeChange(person, { organizationId, before, to })
    return (await members.replacePlace(change)) ? { kind: 'changed', person, before } : LOST
  })
}

/** What a place was granted on ends with the role: a role that is given again is another one (R123). */
function placeChange(
  { accountId, membershipRevision: fromRevision }: Affiliate,
  change: {
    readonly organizationId: OrganizationId
    readonly before: Membership | null
    readonly to: Membership | null
  },
): PlaceChange {
  const { organizationId, before, to } = change
  const isSameRole = to === null || before?.role === to.role
  return {
    accountId,
    organizationId,
    fromRevision,
    to: isSameRole ? to : { ...to, roleRevision: fromRevision + 1 },
  }
}

/** Sets the policy aside for a member: listed before, so that there are never more than may be. */
export function giveBreakGlass(
  { organizationStore, members, directory, organizationLimits }: PlacesDeps,
  { accountId, organizationId }: PlaceOf,
): Promise<ChangedPlace | { readonly kind: 'unknown' } | { readonly kind: 'too-many' } | { readonly kind: 'same' }> {
  return untilSettled(async () => {
    const [[organization], person] = await Promise.all([
      organizationStore.find([organizationId]),
      members.find(accountId),
    ])
    const before = person?.memberships[organizationId]
    if (!organization || !person || !before) return { kind: 'unknown' }
    const isListed = organization.breakGlassIds.includes(accountId)
    if (before.breakGlass && isListed) return { kind: 'same' }
    if (!isListed && organization.breakGlassIds.length >= organizationLimits.breakGlass) return { kind: 'too-many' }
    const breakGlassIds = [...new Set([...organization.breakGlassIds, accountId])]
    // Also when nothing changes: whoever takes it away at this moment has to judge anew.
    const outcome = await organizationStore.replace({ ...organization, breakGlassIds }, organization.revision)
    if (outcome !== 'replaced') return LOST
    directory.expire()
    const to = { ...before, breakGlass: true }
    const change = { accountId, organizationId, fromRevision: person.membershipRevision, to }
    return (await members.replacePlace(change)) ? { kind: 'changed', person, before } : LOST
  })
}

/** Puts a member under the policy again, and takes them off the list after that. */
export function takeBreakGlass(
  { organizationStore, members, directory }: PlacesDeps,
  { accountId, organizationId }: PlaceOf,
): Promise<ChangedPlace | { readonly kind: 'unknown' } | { readonly kind: 'same' }> {
  return untilSettled(async () => {
    const [[organization], person] = await Promise.all([
      organizationStore.find([organizationId]),
      members.find(accountId),
    ])
    const before = person?.memberships[organizationId]
    if (!organization || !person || !before) return { kind: 'unknown' }
    const isListed = organization.breakGlassIds.includes(accountId)
    if (!before.breakGlass && !isListed) return { kind: 'same' }
    const to = { ...before, breakGlass: false }
    const change = { accountId, organizationId, fromRevision: person.membershipRevision, to }
    if (!(await members.replacePlace(change))) return LOST
    const unlisted = { ...organization, breakGlassIds: organization.breakGlassIds.filter((id) => id !== accountId) }
    if (isListed && (await organizationStore.replace(unlisted, organization.revision)) !== 'replaced') return LOST
    directory.expire()
    return { kind: 'changed', person, before }
  })
}
