import type { AccountId, InvitationId, OrganizationId } from '../kernel/ids.js'
import type { OrganizationRole } from '../kernel/membership.js'

/** An invitation for the owner of an address to join an organization. */
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
  /** Of the inviting account at the time (R123); missing in older documents. */
  readonly grantRevision?: number | null
  /**
   * Of the inviting account's membership: the invitation ends with that membership or its role; missing in older
   * documents.
   */
  readonly roleRevision?: number | null
  readonly createdAt: Date
  readonly expiresAt: Date
}
