import type { SessionActor } from '../kernel/actor.js'
import type { Membership } from '../kernel/membership.js'
import type { Directory } from './directory.js'
import { isEnrolled } from './enrollment.js'
import type { FindMembersDeps } from './find-members.js'
import { asksForMfa, graceOf } from './fold-policies.js'
import type { Organization } from './organization.js'

/** An organization, and what it means for somebody to be in it. */
export interface MyOrganization {
  readonly organization: Organization
  readonly membership: Membership
  readonly mfaRequired: boolean
  readonly isEnrolled: boolean
  /** By when they have to have a factor that counts; null: no date, or it is past. */
  readonly enrollBy: Date | null
}

/** The organizations somebody is in, by name. From memory, as a rule. */
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
