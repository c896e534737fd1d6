import { NO_EVENTS, type NewAuditEvent } from '../audit/index.js'
import type { AccountId, OrganizationId } from '../kernel/ids.js'
import type { Membership } from '../kernel/membership.js'
import { LOST, untilSettled } from '../kernel/settle.js'
import type { OrganizationDeps } from './organization-deps.js'
import type { Organization } from './organization.js'
import type { Affiliate, PlaceChange } from './ports.js'

/*
 * Each person's document lists their memberships. The organization's document also lists its administrators, because
 * only there can one conditional update decide whether an administrator is the last (0047). A power is granted before
 * it is listed, and unlisted before it is revoked, so every account on the list is an administrator. In either order,
 * the change is judged again if the other document changed in between.
 */

type PlacesDeps = Pick<OrganizationDeps, 'organizationStore' | 'members' | 'directory' | 'organizationLimits' | 'audit'>

/** They are stored with the person's document. If its organization then has to be judged again, nothing new happens. */
type EventsOf = (before: Membership | null) => readonly NewAuditEvent[]

export interface PlaceOf {
  readonly accountId: AccountId
  readonly organizationId: OrganizationId
}

export interface PlaceToTake extends PlaceOf {
  /** `goes`: an operator insists, even if the organization is left without an administrator. */
  readonly lastAdmin?: 'stays' | 'goes'
}

export interface ChangedPlace {
  readonly kind: 'changed'
  readonly person: Affiliate
  readonly before: Membership | null
}

/**
 * Gives an account a membership, or a role with more power. `judge` sees person and organization as they are, and
 * returns the membership or the reason against it.
 */
export function givePlace<No extends string = never>(
  { organizationStore, members, organizationLimits, audit }: PlacesDeps,
  { accountId, organizationId }: PlaceOf,
  judge: (
    person: Affiliate,
    organization: Organization,
  ) => Promise<Membership | { readonly kind: No }> | Membership | { readonly kind: No },
  eventsOf: EventsOf,
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
    // Written even if nothing changes, so that a parallel removal must judge again.
    const before = person.memberships[organizationId] ?? null
    const change = placeChange(person, { organizationId, before, to })
    if (!(await members.replacePlace(change, audit.prepare(eventsOf(before))))) return LOST
    const done = { kind: 'changed', person, before } as const
    if (!becomesAdmin) return done
    const listed = { ...organization, adminIds: [...organization.adminIds, accountId] }
    return (await organizationStore.replace(listed, organization.revision, NO_EVENTS)) === 'replaced' ? done : LOST
  })
}

/**
 * Removes a membership, or the power of its role. The last administrator stays unless `lastAdmin` says otherwise: of
 * any number who leave at the same moment, one stays.
 */
export function takePlace<No extends string = never>(
  deps: PlacesDeps,
  { accountId, organizationId, lastAdmin = 'stays' }: PlaceToTake,
  judge: (membership: Membership) => Membership | null | { readonly kind: No },
  eventsOf: EventsOf,
): Promise<ChangedPlace | { readonly kind: No } | { readonly kind: 'unknown' } | { readonly kind: 'last-admin' }> {
  const { organizationStore, members, audit } = deps
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
      const unlisted = { ...organization, adminIds: others }
      const outcome = await organizationStore.replace(unlisted, organization.revision, NO_EVENTS)
      if (outcome !== 'replaced') return LOST
    }
    const change = placeChange(person, { organizationId, before, to })
    const isTaken = await members.replacePlace(change, audit.prepare(eventsOf(before)))
    return isTaken ? { kind: 'changed', person, before } : LOST
  })
}

/** Grants made by a membership end with its role: a role that is given again is a new one (R123). */
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

/** Exempts a member from the policy: listed first, so that there are never more than allowed. */
export function giveBreakGlass(
  { organizationStore, members, directory, organizationLimits, audit }: PlacesDeps,
  { accountId, organizationId }: PlaceOf,
  eventsOf: EventsOf,
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
    // Written even if nothing changes, so that a parallel removal must judge again.
    const listed = { ...organization, breakGlassIds }
    const outcome = await organizationStore.replace(listed, organization.revision, NO_EVENTS)
    if (outcome !== 'replaced') return LOST
    directory.expire()
    const to = { ...before, breakGlass: true }
    const change = { accountId, organizationId, fromRevision: person.membershipRevision, to }
    const isGiven = await members.replacePlace(change, audit.prepare(eventsOf(before)))
    return isGiven ? { kind: 'changed', person, before } : LOST
  })
}

/** Puts a member under the policy again, and then removes them from the list. */
export function takeBreakGlass(
  { organizationStore, members, directory, audit }: PlacesDeps,
  { accountId, organizationId }: PlaceOf,
  eventsOf: EventsOf,
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
    if (!(await members.replacePlace(change, audit.prepare(eventsOf(before))))) return LOST
    if (isListed) {
      const breakGlassIds = organization.breakGlassIds.filter((id) => id !== accountId)
      const unlisted = { ...organization, breakGlassIds }
      if ((await organizationStore.replace(unlisted, organization.revision, NO_EVENTS)) !== 'replaced') return LOST
    }
    directory.expire()
    return { kind: 'changed', person, before }
  })
}
