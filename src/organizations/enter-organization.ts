import type { Assurances } from '../kernel/assurance.js'
import type { AccountId, OrganizationId, SessionId } from '../kernel/ids.js'
import type { Memberships, OrganizationRole } from '../kernel/membership.js'
import type { MfaRule } from '../kernel/mfa-rule.js'
import { givePlace } from './change-places.js'
import { hasNoCommonFactor } from './common-factors.js'
import { policiesOf, type MemberPolicy } from './fold-policies.js'
import type { OrganizationDeps } from './organization-deps.js'
import { newMembership } from './place.js'
import type { SessionSwitch } from './ports.js'

export interface EnterDeps extends OrganizationDeps {
  readonly sessions: SessionSwitch
  readonly assurances: Assurances
  readonly installation: Pick<MfaRule, 'methods'>
}

/** Whoever enters an organization, in a session of theirs. */
export interface Entrant {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  /** What the session is for now; only one that is for nothing is for the new organization from then on. */
  readonly sessionOrganizationId: OrganizationId | null
}

export type EnterOutcome =
  | { kind: 'entered'; name: string }
  | { kind: 'member-already' }
  | { kind: 'too-many' } // the person is in as many as one may be
  | { kind: 'too-many-admins' }
  /** No kind of factor that all of their organizations allow would meet its rule, or that of another one of theirs. */
  | { kind: 'no-common-factor' }
  | { kind: 'unknown' }

/** Gives somebody who is not in it a place in an organization. */
export async function enterOrganization(
  deps: EnterDeps,
  { accountId, sessionId, sessionOrganizationId }: Entrant,
  { organizationId, role }: { readonly organizationId: OrganizationId; readonly role: OrganizationRole },
): Promise<EnterOutcome> {
  const place = { accountId, organizationId }
  let name = ''
  const placed = await givePlace(deps, place, async ({ memberships }, organization) => {
    if (memberships[organizationId]) return { kind: 'member-already' } as const
    const membership = newMembership(organizationId, role, deps.clock.now())
    const objection = await objectToEntering(deps, { policy: organization.mfaPolicy, membership }, memberships)
    name = organization.name
    return objection ?? membership
  })
  if (placed.kind !== 'changed') return placed
  if (sessionOrganizationId === null) await deps.sessions.switchOrganization(accountId, sessionId, organizationId)
  return { kind: 'entered', name }
}

/** Why somebody who is in these organizations does not get into one more; null: they do. */
export async function objectToEntering(
  deps: Pick<EnterDeps, 'organizationStore' | 'organizationLimits' | 'assurances' | 'installation'>,
  entering: MemberPolicy,
  memberships: Memberships,
): Promise<{ readonly kind: 'too-many' } | { readonly kind: 'no-common-factor' } | null> {
  const places = Object.values(memberships)
  if (places.length >= deps.organizationLimits.perPerson) return { kind: 'too-many' }
  const found = await deps.organizationStore.find(places.map(({ organizationId }) => organizationId))
  const others = policiesOf(places, (id) => found.find((organization) => organization.id === id) ?? null)
  const rules = { assurances: deps.assurances, inUse: deps.installation.methods }
  return hasNoCommonFactor(rules, entering, others) ? { kind: 'no-common-factor' } : null
}
