import type { Account } from '../accounts/index.js'
import type { FactorSummary } from '../kernel/actor.js'
import type { AccountId, InvitationId, OrganizationId, SessionId } from '../kernel/ids.js'
import type { Membership, Memberships } from '../kernel/membership.js'
import type { Addressee } from '../kernel/notices.js'
import type { Invitation } from './invitation.js'
import type { Organization } from './organization.js'

export interface OrganizationStore {
  /** Those that exist. */
  find(ids: readonly OrganizationId[]): Promise<readonly Organization[]>
  /** Those that have proved this domain: one at most. */
  findByDomain(domain: string): Promise<Organization | null>
  /** The number of the newest change of any organization; every change has one, each greater than all before it. */
  newestChange(): Promise<number>
  /** Those that were changed after that one, as they are now. */
  changedAfter(change: number): Promise<readonly ChangedOrganization[]>
  create(organization: Organization): Promise<void>
  /** Puts one in place of what it was, which has to be of this revision still. To exactly one of any number of callers. */
  replace(organization: Organization, fromRevision: number): Promise<'replaced' | 'changed' | 'domain-taken'>
  /** Takes one away that nobody is in. */
  discard(id: OrganizationId): Promise<void>
}

export interface ChangedOrganization {
  readonly organization: Organization
  readonly change: number
}

/** Somebody, and where they belong. */
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
  /** Grows whenever trust in the account is taken back or its credentials change; null: never so far. */
  readonly grantRevision: number | null
}

export interface MemberPage {
  /** How the normalised address begins; null: all. */
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
  /** Puts a place in an organization in place of what it was; null takes it away. False when their places changed since. */
  replacePlace(change: PlaceChange): Promise<boolean>
  /** Where notices to these members go. */
  addressees(organizationId: OrganizationId, among: readonly AccountId[]): Promise<readonly Addressee[]>
}

export interface PlaceChange {
  readonly accountId: AccountId
  readonly organizationId: OrganizationId
  readonly fromRevision: number
  readonly to: Membership | null
}

/** The address it is to, and what else tells it apart. */
export type InvitationOf = Pick<Invitation, 'emailKey'> &
  (Pick<Invitation, 'tokenHash'> | Pick<Invitation, 'organizationId'>)

export interface InvitationStore {
  /** Puts it in place of an open one to the same address. */
  put(invitation: Invitation): Promise<void>
  /** Open ones of an organization, newest first. */
  list(organizationId: OrganizationId, now: Date): Promise<readonly Invitation[]>
  /** Open ones to an address, newest first, so many at most. */
  to(emailKey: string, now: Date, most: number): Promise<readonly Invitation[]>
  countOpen(organizationId: OrganizationId, now: Date): Promise<number>
  /** Hands an open one to this address out, to exactly one caller. */
  take(which: InvitationOf, now: Date): Promise<Invitation | null>
  /** One that was taken in vain may be taken again. */
  putBack(id: InvitationId): Promise<void>
  /** False when there is no such open one. */
  revoke(organizationId: OrganizationId, id: InvitationId, now: Date): Promise<boolean>
  /** Removes all that name an address, open or not. */
  forget(emailKey: string): Promise<void>
}

/** Sessions, as far as organizations have to do with them. */
export interface SessionSwitch {
  /** The session is for this organization from now on. False when it is gone, or the person is not in it any more. */
  switchOrganization(accountId: AccountId, sessionId: SessionId, to: OrganizationId): Promise<boolean>
}

/** Asks the DNS. */
export interface TextRecords {
  /** The texts at a name, none when there is no such name. Throws `Unavailable` when the DNS does not answer. */
  at(name: string): Promise<readonly string[]>
}
