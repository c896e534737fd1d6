import type { NewAuditEvent } from '../audit/index.js'
import type { Assurances } from '../kernel/assurance.js'
import type { AccountId, OrganizationId, SessionId } from '../kernel/ids.js'
import type { Memberships, OrganizationRole } from '../kernel/membership.js'
import type { MfaRule } from '../kernel/mfa-rule.js'
import { givePlace } from './change-places.js'
import { hasNoCommonFactor } from './common-factors.js'
import { policiesOf, type MemberPolicy } from './fold-policies.js'
import type { OrganizationDeps } from './organization-deps.js'
import { newMembership } from './place.js'
import type { Organization } from './organization.js'
import type { Affiliate, SessionSwitch } from './ports.js'

export interface EnterDeps extends OrganizationDeps {
  readonly sessions: SessionSwitch
  readonly assurances: Assurances
  readonly installation: Pick<MfaRule, 'methods'>
}

/** The account that joins an organization, and the session it uses. */
export interface Entrant {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  /** The session's current organization; only a session without one switches to the new organization. */
  readonly sessionOrganizationId: OrganizationId | null
}

export type EnterOutcome =
  | { kind: 'entered'; name: string }
  | { kind: 'member-already' }
  | { kind: 'too-many' } // the account is a member of the maximum number of organizations
  | { kind: 'too-many-admins' }
  /** No kind of factor that all of the account's organizations allow would meet this one's rule, or that of another. */
  | { kind: 'no-common-factor' }
  | { kind: 'unknown' }

interface Entry {
  readonly organizationId: OrganizationId
  readonly role: OrganizationRole
  /** Tells of it in the audit log. */
  readonly joined: NewAuditEvent
}

/** Makes an account a member of an organization. */
export async function enterOrganization(
  deps: EnterDeps,
  { accountId, sessionId, sessionOrganizationId }: Entrant,
  { organizationId, role, joined }: Entry,
): Promise<EnterOutcome> {
  const place = { accountId, organizationId }
  let name = ''
  const judge = async ({ memberships }: Affiliate, organization: Organization) => {
    if (memberships[organizationId]) return { kind: 'member-already' } as const
    const membership = newMembership(organizationId, role, deps.clock.now())
    const objection = await objectToEntering(deps, { policy: organization.mfaPolicy, membership }, memberships)
    name = organization.name
    return objection ?? membership
  }
  const placed = await givePlace(deps, place, judge, () => [joined])
  if (placed.kind !== 'changed') return placed
  if (sessionOrganizationId === null) await deps.sessions.switchOrganization(accountId, sessionId, organizationId)
  return { kind: 'entered', name }
}

/** Why a member of these organizations cannot join one more; null: they can. */
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
