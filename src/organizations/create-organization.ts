import { newId, type AccountId, type OrganizationId, type SessionId } from '../kernel/ids.js'
import type { SessionActor } from '../kernel/actor.js'
import type { AuditContext } from '../kernel/request-context.js'
import { givePlace } from './change-places.js'
import { checkPolicy, type PolicyMistake } from './check-policy.js'
import { meetsPolicy } from './enrollment.js'
import { objectToEntering, type EnterDeps } from './enter-organization.js'
import { organizationEvent } from './organization-event.js'
import { OPEN_MFA_POLICY, type Organization, type OrganizationMfaPolicy } from './organization.js'
import { newMembership } from './place.js'
import { policyEvent } from './policy-event.js'
import type { Affiliate } from './ports.js'

export type SpendOrganization = (accountId: AccountId, context: AuditContext) => Promise<void>

export interface CreateOrganizationDeps extends EnterDeps {
  /** Spends one new organization of an account; throws the refusal when the budget is used up. */
  readonly spendOrganization: SpendOrganization
}

export interface FoundingPolicy {
  readonly policy: OrganizationMfaPolicy
  /** The creator, who has to meet it: the organization has no break-glass member yet. */
  readonly actor: SessionActor
}

export interface CreateOrganizationInput {
  readonly accountId: AccountId
  /** The session it is created in, which switches to it. */
  readonly sessionId: SessionId
  readonly name: string
  /** The policy it begins with; null: open. */
  readonly founding: FoundingPolicy | null
  readonly context: AuditContext
}

export type CreateOrganizationOutcome =
  | { kind: 'created'; organization: Organization }
  | { kind: 'too-many' } // the account is a member of the maximum number of organizations
  | { kind: 'no-common-factor' } // the account's organizations already allow no kind in common
  | { kind: 'session-ended' }
  | { kind: 'mistaken'; mistakes: readonly PolicyMistake[] }
  | { kind: 'shuts-you-out' } // the creator does not meet the policy

/** Creates an organization with its creator as administrator. */
export async function createOrganization(
  deps: CreateOrganizationDeps,
  { accountId, sessionId, name, founding, context }: CreateOrganizationInput,
): Promise<CreateOrganizationOutcome> {
  const objection = founding && objectToPolicy(deps, founding)
  if (objection) return objection
  const mfaPolicy = founding?.policy ?? OPEN_MFA_POLICY
  await deps.spendOrganization(accountId, context)
  const now = deps.clock.now()
  const id = newId<OrganizationId>()
  const organization: Organization = {
    id,
    name,
    createdAt: now,
    mfaPolicy,
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
    return (await objectToEntering(deps, { policy: mfaPolicy, membership }, memberships)) ?? membership
  }
  const placed = await givePlace(deps, acting, judge, () => [
    organizationEvent('organization.created', acting, { metadata: { name } }),
    ...(founding ? [policyEvent(acting, OPEN_MFA_POLICY, mfaPolicy)] : []),
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

/** The checks of `setMfaPolicy`, for an organization that does not exist yet. */
function objectToPolicy(
  deps: Pick<CreateOrganizationDeps, 'clock' | 'assurances' | 'installation'>,
  { policy, actor }: FoundingPolicy,
): Exclude<CreateOrganizationOutcome, { kind: 'created' }> | null {
  const now = deps.clock.now()
  const rules = { now, assurances: deps.assurances, inUse: deps.installation.methods }
  const mistakes = checkPolicy(policy, rules)
  if (mistakes.length > 0) return { kind: 'mistaken', mistakes }
  const membership = newMembership(newId<OrganizationId>(), 'ADMIN', now)
  return meetsPolicy(actor, { policy, membership }, rules) ? null : { kind: 'shuts-you-out' }
}
