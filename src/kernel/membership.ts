import type { OrganizationId } from './ids.js'

export const ORGANIZATION_ROLES = ['MEMBER', 'ADMIN'] as const
export type OrganizationRole = (typeof ORGANIZATION_ROLES)[number]

/** A person's place in an organization. */
export interface Membership {
  readonly organizationId: OrganizationId
  readonly role: OrganizationRole
  /**
   * Which of the account's places this is: the number of the change that gave it this role. A place that was lost and
   * given again has another one. Left out by older ones.
   */
  readonly roleRevision?: number
  readonly joinedAt: Date
  /** Whether they chose a second factor where the organization leaves it to them. */
  readonly mfaOptIn: boolean
  /** Gets in when the organization's rules would keep everybody out, and is watched for it. */
  readonly breakGlass: boolean
}

/** By organization. */
export type Memberships = Readonly<Record<OrganizationId, Membership>>
