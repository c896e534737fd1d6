import type { SessionActor } from '../kernel/actor.js'
import type { Assurances } from '../kernel/assurance.js'
import type { MfaRule } from '../kernel/mfa-rule.js'
import type { AuditContext } from '../kernel/request-context.js'
import { changeOrganization } from './change-organization.js'
import { checkPolicy, type PolicyMistake } from './check-policy.js'
import { meetsPolicy } from './enrollment.js'
import type { OrganizationDeps } from './organization-deps.js'
import type { Organization, OrganizationMfaPolicy } from './organization.js'
import { policyEvent } from './policy-event.js'

export interface SetMfaPolicyDeps extends OrganizationDeps {
  readonly assurances: Assurances
  readonly installation: Pick<MfaRule, 'methods'>
}

export interface SetMfaPolicyInput {
  readonly actor: SessionActor
  readonly organizationId: Organization['id']
  readonly policy: OrganizationMfaPolicy
  /** The revision the organization must still have; null: any. */
  readonly revision: number | null
  readonly context: AuditContext
}

export type SetMfaPolicyOutcome =
  | { kind: 'set'; organization: Organization }
  | { kind: 'mistaken'; mistakes: readonly PolicyMistake[] }
  /** The caller would be shut out, and there is no break-glass member. */
  | { kind: 'shuts-you-out' }
  | { kind: 'outdated' } // another administrator changed the organization meanwhile
  | { kind: 'unknown' }

/** Changes what an organization requires of its members; it applies from the next operation of every live session. */
export async function setMfaPolicy(deps: SetMfaPolicyDeps, input: SetMfaPolicyInput): Promise<SetMfaPolicyOutcome> {
  const { actor, organizationId, policy, revision, context } = input
  const rules = { now: deps.clock.now(), assurances: deps.assurances, inUse: deps.installation.methods }
  const mistakes = checkPolicy(policy, rules)
  if (mistakes.length > 0) return { kind: 'mistaken', mistakes }
  const membership = actor.memberships[organizationId]
  if (!membership) return { kind: 'unknown' }
  const isMet = meetsPolicy(actor, { policy, membership }, rules)
  const judge = async (organization: Organization) => {
    if (revision !== null && organization.revision !== revision) return { kind: 'outdated' } as const
    const { breakGlassIds } = organization
    if (!isMet && (await deps.members.countWho('break-glass', organizationId, breakGlassIds)) === 0)
      return { kind: 'shuts-you-out' } as const
    return { ...organization, mfaPolicy: policy }
  }
  const acting = { accountId: actor.accountId, organizationId, context }
  const changed = await changeOrganization(deps, organizationId, judge, (before) => [
    policyEvent(acting, before.mfaPolicy, policy),
  ])
  if (changed.kind === 'domain-taken') return { kind: 'unknown' }
  if (changed.kind !== 'changed') return changed
  return { kind: 'set', organization: changed.organization }
}
