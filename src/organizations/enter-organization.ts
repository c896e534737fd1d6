import type { AccountId, OrganizationId, SessionId } from '../kernel/ids.js'
import type { OrganizationRole } from '../kernel/membership.js'
import { givePlace } from './change-places.js'
import type { OrganizationDeps } from './organization-deps.js'
import { newMembership } from './place.js'
import type { SessionSwitch } from './ports.js'

export interface EnterDeps extends OrganizationDeps {
  readonly sessions: SessionSwitch
}

/** Whoever enters an organization, in a session of theirs. */
export interface Entrant {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  /** What the session is for now; only one that is for nothing is for the new organization from then on. */
  readonly sessionOrganizationId: OrganizationId | null
}

export type EnterOutcome =
  | { kind: 'entered' }
  | { kind: 'member-already' }
  | { kind: 'too-many' } // the person is in as many as one may be
  | { kind: 'too-many-admins' }
  | { kind: 'unknown' }

/** Gives somebody who is not in it a place in an organization. */
export async function enterOrganization(
  deps: EnterDeps,
  { accountId, sessionId, sessionOrganizationId }: Entrant,
  { organizationId, role }: { readonly organizationId: OrganizationId; readonly role: OrganizationRole },
): Promise<EnterOutcome> {
  const place = { accountId, organizationId }
  const placed = await givePlace(deps, place, ({ memberships }) => {
    if (memberships[organizationId]) return { kind: 'member-already' } as const
    if (Object.keys(memberships).length >= deps.organizationLimits.perPerson) return { kind: 'too-many' } as const
    return newMembership(organizationId, role, deps.clock.now())
  })
  if (placed.kind !== 'changed') return placed
  if (sessionOrganizationId === null) await deps.sessions.switchOrganization(accountId, sessionId, organizationId)
  return { kind: 'entered' }
}
