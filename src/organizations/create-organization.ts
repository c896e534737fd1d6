import { newId, type AccountId, type OrganizationId, type SessionId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import { givePlace } from './change-places.js'
import { objectToEntering, type EnterDeps } from './enter-organization.js'
import { organizationEvent } from './organization-event.js'
import { OPEN_MFA_POLICY, type Organization } from './organization.js'
import { newMembership } from './place.js'
import type { Affiliate } from './ports.js'

export type SpendOrganization = (accountId: AccountId, context: AuditContext) => Promise<void>

export interface CreateOrganizationDeps extends EnterDeps {
  /** Spends one new organization of an account; throws the refusal when the budget is used up. */
  readonly spendOrganization: SpendOrganization
}

export interface CreateOrganizationInput {
  readonly accountId: AccountId
  /** The session it is created in, which switches to it. */
  readonly sessionId: SessionId
  readonly name: string
  readonly context: AuditContext
}

export type CreateOrganizationOutcome =
  | { kind: 'created'; organization: Organization }
  | { kind: 'too-many' } // the account is a member of the maximum number of organizations
  | { kind: 'no-common-factor' } // the account's organizations already allow no kind in common
  | { kind: 'session-ended' }

/** Creates an organization with its creator as administrator. */
export async function createOrganization(
  deps: CreateOrganizationDeps,
  { accountId, sessionId, name, context }: CreateOrganizationInput,
): Promise<CreateOrganizationOutcome> {
  await deps.spendOrganization(accountId, context)
  const now = deps.clock.now()
  const id = newId<OrganizationId>()
  const organization: Organization = {
    id,
    name,
    createdAt: now,
    mfaPolicy: OPEN_MFA_POLICY,
    domains: [],
    pendingDomains: [],
    adminIds: [accountId],
    breakGlassIds: [],
    revision: 0,
  }
  // The organization is invisible until it has a member.
  await deps.organizationStore.create(organization)
  const acting = { accountId, organizationId: id, context }
  const judge = async ({ memberships }: Affiliate) => {
    const membership = newMembership(id, 'ADMIN', now)
    return (await objectToEntering(deps, { policy: OPEN_MFA_POLICY, membership }, memberships)) ?? membership
  }
  const placed = await givePlace(deps, acting, judge, () => [
    organizationEvent('organization.created', acting, { metadata: { name } }),
  ])
  if (placed.kind !== 'changed') {
    await deps.organizationStore.discard(id)
    const isRefused = placed.kind === 'too-many' || placed.kind === 'no-common-factor'
    return isRefused ? placed : { kind: 'session-ended' }
  }
  deps.directory.expire()
  await deps.sessions.switchOrganization(accountId, sessionId, id)
  return { kind: 'created', organization }
}
