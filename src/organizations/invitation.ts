import type { AccountId, InvitationId, OrganizationId } from '../kernel/ids.js'
import type { OrganizationRole } from '../kernel/membership.js'

/** A place in an organization that waits for whoever has an address. */
export interface Invitation {
  readonly id: InvitationId
  /** SHA-256 of the token in the link. */
  readonly tokenHash: string
  readonly organizationId: OrganizationId
  readonly email: string
  /** Normalised: only an account with this proved address may accept. */
  readonly emailKey: string
  readonly role: OrganizationRole
  readonly invitedBy: AccountId
  /** Of the account that invited, when it did (R123); left out by older ones. */
  readonly grantRevision?: number | null
  /** Of the place that the account invited from: it ends with that place or its role; left out by older ones. */
  readonly roleRevision?: number | null
  readonly createdAt: Date
  readonly expiresAt: Date
}
