import type { Account } from '../accounts/index.js'
import type { ChangeEvents } from '../audit/index.js'
import type { FactorSummary } from '../kernel/actor.js'
import type { AccountId, InvitationId, OrganizationId, SessionId } from '../kernel/ids.js'
import type { Membership, Memberships } from '../kernel/membership.js'
import type { Addressee } from '../kernel/notices.js'
import type { Invitation } from './invitation.js'
import type { Organization } from './organization.js'

export interface OrganizationStore {
  /** Those that exist. */
  find(ids: readonly OrganizationId[]): Promise<readonly Organization[]>
  /** The organization that has proved this domain: there is at most one. */
  findByDomain(domain: string): Promise<Organization | null>
  /** The number of the newest change to any organization. Every change has a number, greater than all before it. */
  newestChange(): Promise<number>
  /** Those that changed after this number, as they are now. */
  changedAfter(change: number): Promise<readonly ChangedOrganization[]>
  create(organization: Organization): Promise<void>
  /** Replaces an organization that still has this revision. Succeeds for exactly one of any number of callers. */
  replace(
    organization: Organization,
    fromRevision: number,
    events: ChangeEvents,
  ): Promise<'replaced' | 'changed' | 'domain-taken'>
  /** Deletes an organization without members. */
  discard(id: OrganizationId): Promise<void>
}

export interface ChangedOrganization {
  readonly organization: Organization
  readonly change: number
}

/** A person and their memberships. */
export interface Affiliate {
  readonly accountId: AccountId
  readonly email: string
  /** Normalised. */
  readonly emailKey: string
  readonly account: Account
  readonly memberships: Memberships
  readonly factors: readonly FactorSummary[]
  /** Grows with every change of `memberships`. */
  readonly membershipRevision: number
  /** Grows whenever trust in the account is revoked or its credentials change; null: never so far. */
  readonly grantRevision: number | null
}

export interface MemberPage {
  /** The beginning of the normalised address; null: all. */
  readonly search: string | null
  /** Only those whose normalised address comes after this. */
  readonly after: string | null
  readonly first: number
}

export interface MemberStore {
  find(accountId: AccountId): Promise<Affiliate | null>
  /** Members by address. */
  page(organizationId: OrganizationId, page: MemberPage): Promise<readonly Affiliate[]>
  /** How many of these are administrators, or break-glass members, of the organization. */
  countWho(are: 'admins' | 'break-glass', organizationId: OrganizationId, among: readonly AccountId[]): Promise<number>
  /** Replaces a membership; null removes it. False when the account's memberships changed since. */
  replacePlace(change: PlaceChange, events: ChangeEvents): Promise<boolean>
  /** Where notices to these members go. */
  addressees(organizationId: OrganizationId, among: readonly AccountId[]): Promise<readonly Addressee[]>
}

export interface PlaceChange {
  readonly accountId: AccountId
  readonly organizationId: OrganizationId
  readonly fromRevision: number
  readonly to: Membership | null
}

/** The invited address, and what else identifies the invitation. */
export type InvitationOf = Pick<Invitation, 'emailKey'> &
  Partial<Pick<Invitation, 'id'>> &
  (Pick<Invitation, 'tokenHash'> | Pick<Invitation, 'organizationId'>)

export interface InvitationTo {
  readonly organizationId: OrganizationId
  readonly emailKey: string
}

export interface InvitationStore {
  /** Stores it, replacing an open one to the same address. */
  put(invitation: Invitation, events: ChangeEvents): Promise<void>
  /** Open invitations of an organization, newest first. */
  list(organizationId: OrganizationId, now: Date): Promise<readonly Invitation[]>
  /** Open invitations to an address, newest first, at most this many. */
  to(emailKey: string, now: Date, most: number): Promise<readonly Invitation[]>
  countOpen(organizationId: OrganizationId, now: Date): Promise<number>
  /** Returns and spends an open invitation to this address, for exactly one caller. */
  take(which: InvitationOf, now: Date): Promise<Invitation | null>
  /** Whether one to this address was taken after this time, so that its membership may be on its way. */
  isBeingAccepted(which: InvitationTo, since: Date): Promise<boolean>
  /** Reopens an invitation that was taken without effect. */
  putBack(id: InvitationId): Promise<void>
  /** False when there is no such open invitation. */
  revoke(organizationId: OrganizationId, id: InvitationId, now: Date, events: ChangeEvents): Promise<boolean>
  /** Removes every invitation to an address, open or not. */
  forget(emailKey: string): Promise<void>
}

/** The part of sessions that organizations need. */
export interface SessionSwitch {
  /** Switches the session to this organization. False when it is gone, or the account is no longer a member. */
  switchOrganization(accountId: AccountId, sessionId: SessionId, to: OrganizationId): Promise<boolean>
}

/** Looks up DNS records. */
export interface TextRecords {
  /** The texts at a name, none when there is no such name. Throws `Unavailable` when the DNS does not answer. */
  at(name: string): Promise<readonly string[]>
}
