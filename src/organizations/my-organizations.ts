import type { SessionActor } from '../kernel/actor.js'
import type { Membership } from '../kernel/membership.js'
import type { Directory } from './directory.js'
import { isEnrolled } from './enrollment.js'
import type { FindMembersDeps } from './find-members.js'
import { asksForMfa, graceOf } from './fold-policies.js'
import type { Organization } from './organization.js'

/** An organization, and what it means for the member. */
export interface MyOrganization {
  readonly organization: Organization
  readonly membership: Membership
  readonly mfaRequired: boolean
  readonly isEnrolled: boolean
  /** The deadline for having a factor that counts; null: none, or it has passed. */
  readonly enrollBy: Date | null
}

/** The organizations an account is a member of, by name. Usually from memory. */
export async function myOrganizations(
  deps: Pick<FindMembersDeps, 'clock' | 'assurances' | 'installation'> & {
    readonly directory: Pick<Directory, 'find'>
  },
  { memberships, factors }: Pick<SessionActor, 'memberships' | 'factors'>,
): Promise<readonly MyOrganization[]> {
  const places = Object.values(memberships)
  const found = await deps.directory.find(places.map(({ organizationId }) => organizationId))
  const now = deps.clock.now()
  const rules = { now, assurances: deps.assurances, inUse: deps.installation.methods }
  const mine = places.flatMap((membership) => {
    const organization = found.get(membership.organizationId)
    if (!organization) return []
    const { mfaPolicy: policy } = organization
    const member = { policy, membership }
    const mfaRequired = asksForMfa(member)
    const enrollBy = mfaRequired ? graceOf(policy, now) : null
    return [{ organization, membership, mfaRequired, isEnrolled: isEnrolled(factors, member, rules), enrollBy }]
  })
  return mine.sort((a, b) => (a.organization.name < b.organization.name ? -1 : 1))
}
