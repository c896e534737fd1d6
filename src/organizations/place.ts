import type { OrganizationId } from '../kernel/ids.js'
import type { Membership, OrganizationRole } from '../kernel/membership.js'

/** The membership of an account that is new to the organization. */
export const newMembership = (organizationId: OrganizationId, role: OrganizationRole, joinedAt: Date): Membership => ({
  organizationId,
  role,
  joinedAt,
  mfaOptIn: false,
  breakGlass: false,
})
