import { domainOf } from '../kernel/email-address.js'
import type { OrganizationId } from '../kernel/ids.js'
import type { Membership, Memberships, OrganizationRole } from '../kernel/membership.js'
import type { Clock } from '../kernel/clock.js'
import type { Directory } from './directory.js'
import { asksForMfa } from './fold-policies.js'
import { newMembership } from './place.js'
import type { InvitationStore, OrganizationStore } from './ports.js'
import type { IsPublicMail } from './public-mail.js'

export const ORGANIZATION_RELATIONS = ['MEMBER', 'INVITED', 'MAY_JOIN'] as const
export type OrganizationRelation = (typeof ORGANIZATION_RELATIONS)[number]

/** An organization the person can choose. */
export interface DiscoveredOrganization {
  readonly id: OrganizationId
  readonly name: string
  readonly relation: OrganizationRelation
  /** Whether it requires a second factor of the person, or would. */
  readonly mfaRequired: boolean
}

export interface DiscoverDeps {
  readonly directory: Pick<Directory, 'find'>
  readonly organizationStore: Pick<OrganizationStore, 'findByDomain'>
  readonly invitations: Pick<InvitationStore, 'to'>
  readonly isPublicMail: IsPublicMail
  readonly clock: Clock
}

interface Discovering {
  readonly account: { readonly emailKey: string }
  readonly memberships: Memberships
}

const MOST_INVITATIONS = 20

/**
 * The organizations a person can choose from: those they are a member of, those that invited them, and the one of their
 * domain; each group by name.
 */
export async function discoverOrganizations(
  deps: DiscoverDeps,
  { account, memberships }: Discovering,
): Promise<readonly DiscoveredOrganization[]> {
  const now = deps.clock.now()
  const domain = domainOf(account.emailKey)
  const [invitations, ofDomain] = await Promise.all([
    deps.invitations.to(account.emailKey, now, MOST_INVITATIONS),
    deps.isPublicMail(domain) ? null : deps.organizationStore.findByDomain(domain),
  ])
  const would = (id: OrganizationId, role: OrganizationRole) => newMembership(id, role, now)
  const places: Place[] = [
    ...Object.values(memberships).map((membership) => ({ membership, relation: 'MEMBER' as const })),
    ...invitations.map(({ organizationId, role }) => ({
      membership: would(organizationId, role),
      relation: 'INVITED' as const,
    })),
    ...(ofDomain ? [{ membership: would(ofDomain.id, 'MEMBER'), relation: 'MAY_JOIN' as const }] : []),
  ]
  const organizations = await deps.directory.find(places.map(({ membership }) => membership.organizationId))
  const seen = new Set<OrganizationId>()
  const found = places.flatMap(({ membership, relation }): DiscoveredOrganization[] => {
    const organization = organizations.get(membership.organizationId)
    if (!organization || seen.has(organization.id)) return []
    seen.add(organization.id)
    const { id, name, mfaPolicy: policy } = organization
    return [{ id, name, relation, mfaRequired: asksForMfa({ policy, membership }) }]
  })
  return found.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
}

interface Place {
  readonly membership: Membership
  readonly relation: OrganizationRelation
}

const rank = ({ relation }: DiscoveredOrganization): number => ORGANIZATION_RELATIONS.indexOf(relation)
