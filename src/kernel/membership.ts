import type { OrganizationId } from './ids.js'

export const ORGANIZATION_ROLES = ['MEMBER', 'ADMIN'] as const
export type OrganizationRole = (typeof ORGANIZATION_ROLES)[number]

/** An account's membership of an organization. */
export interface Membership {
  readonly organizationId: OrganizationId
  readonly role: OrganizationRole
  /**
   * Identifies this membership: the number of the change that gave it this role. A membership that was lost and given
   * again has another number. Missing in older documents.
   */
  readonly roleRevision?: number
  readonly joinedAt: Date
  /** Whether the member chose to use a second factor, where the organization leaves that choice to them. */
  readonly mfaOptIn: boolean
  /** May sign in when the organization's rules would lock everyone out; every such sign-in is watched. */
  readonly breakGlass: boolean
}

/** By organization. */
export type Memberships = Readonly<Record<OrganizationId, Membership>>
