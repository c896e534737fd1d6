import type { OrganizationId } from '../kernel/ids.js'
import type { Memberships } from '../kernel/membership.js'
import type { Directory } from './directory.js'
import { asksForMfa } from './fold-policies.js'

export const ORGANIZATION_RELATIONS = ['MEMBER', 'INVITED', 'MAY_JOIN'] as const
export type OrganizationRelation = (typeof ORGANIZATION_RELATIONS)[number]

/** An organization the person could go to. */
export interface DiscoveredOrganization {
  readonly id: OrganizationId
  readonly name: string
  readonly relation: OrganizationRelation
  /** Whether it asks the person for a second factor. */
  readonly mfaRequired: boolean
}

/** Where a person could go, those they are in first, by name. */
export async function discoverOrganizations(
  { directory }: { readonly directory: Pick<Directory, 'find'> },
  person: { readonly memberships: Memberships },
): Promise<readonly DiscoveredOrganization[]> {
  const places = Object.values(person.memberships)
  const organizations = await directory.find(places.map(({ organizationId }) => organizationId))
  const joined = places.flatMap((membership) => {
    const organization = organizations.get(membership.organizationId)
    if (!organization) return []
    const { id, name, mfaPolicy: policy } = organization
    return [{ id, name, relation: 'MEMBER' as const, mfaRequired: asksForMfa({ policy, membership }) }]
  })
  return joined.sort((a, b) => (a.name < b.name ? -1 : 1))
}
