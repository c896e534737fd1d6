import type { OrganizationId } from '../kernel/ids.js'
import type { Membership, OrganizationRole } from '../kernel/membership.js'

/** A place nobody had before. */
export const newMembership = (organizationId: OrganizationId, role: OrganizationRole, joinedAt: Date): Membership => ({
  organizationId,
  role,
  joinedAt,
  mfaOptIn: false,
  breakGlass: false,
})
