import type { SessionActor } from '../kernel/actor.js'
import type { Assurances } from '../kernel/assurance.js'
import type { AccountId, OrganizationId } from '../kernel/ids.js'
import type { Membership } from '../kernel/membership.js'
import type { MfaRule } from '../kernel/mfa-rule.js'
import type { AuditContext } from '../kernel/request-context.js'
import { giveBreakGlass, takeBreakGlass } from './change-places.js'
import { meetsPolicy } from './enrollment.js'
import type { OrganizationDeps } from './organization-deps.js'
import { organizationEvent } from './organization-event.js'

export interface SetBreakGlassDeps extends OrganizationDeps {
  readonly assurances: Assurances
  readonly installation: Pick<MfaRule, 'methods'>
}

export interface SetBreakGlassInput {
  readonly actor: SessionActor
  readonly organizationId: OrganizationId
  readonly member: AccountId
  readonly isOn: boolean
  /** For the audit log. */
  readonly reason: string
  readonly context: AuditContext
}

export type SetBreakGlassOutcome =
  | { kind: 'set' }
  | { kind: 'unknown' }
  | { kind: 'too-many' }
  /** The caller's own access depends on it. */
  | { kind: 'shuts-you-out' }

/** Exempts a member from the organization's policy, or puts them under it again. */
export async function setBreakGlass(deps: SetBreakGlassDeps, input: SetBreakGlassInput): Promise<SetBreakGlassOutcome> {
  const { actor, organizationId, member, isOn, reason, context } = input
  if (!isOn && member === actor.accountId && !(await isMetBy(deps, actor, organizationId)))
    return { kind: 'shuts-you-out' }
  const place = { accountId: member, organizationId }
  const event = organizationEvent(
    'organization.break_glass_changed',
    { accountId: actor.accountId, organizationId, context },
    { member, metadata: { isOn, note: reason } },
  )
  const eventsOf = (before: Membership | null) => (before?.breakGlass === isOn ? [] : [event])
  const changed = isOn ? await giveBreakGlass(deps, place, eventsOf) : await takeBreakGlass(deps, place, eventsOf)
  return changed.kind === 'same' || changed.kind === 'changed' ? { kind: 'set' } : changed
}

async function isMetBy(deps: SetBreakGlassDeps, actor: SessionActor, id: OrganizationId): Promise<boolean> {
  const [organization] = await deps.organizationStore.find([id])
  const membership = actor.memberships[id]
  if (!organization || !membership) return false
  const { mfaPolicy: policy } = organization
  const rules = { now: deps.clock.now(), assurances: deps.assurances, inUse: deps.installation.methods }
  return meetsPolicy(actor, { policy, membership: { ...membership, breakGlass: false } }, rules)
}
