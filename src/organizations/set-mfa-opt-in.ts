import { givePlace } from './change-places.js'
import { assuranceAsked } from './fold-policies.js'
import type { OrganizationDeps } from './organization-deps.js'
import { organizationEvent, type Acting } from './organization-event.js'
import type { Affiliate } from './ports.js'

export type SetMfaOptInOutcome =
  | { kind: 'set' }
  | { kind: 'unknown' }
  /** The organization requires it, so there is no choice. */
  | { kind: 'not-yours-to-choose' }

/** Opts a member in to or out of a second factor, where the organization leaves that to its members. */
export async function setMfaOptIn(
  deps: OrganizationDeps,
  input: Acting & { readonly optIn: boolean },
): Promise<SetMfaOptInOutcome> {
  const { accountId, organizationId, optIn } = input
  const [organization] = await deps.organizationStore.find([organizationId])
  if (!organization) return { kind: 'unknown' }
  const { mfaPolicy: policy } = organization
  const judge = ({ memberships }: Affiliate) => {
    const before = memberships[organizationId]
    if (!before) return { kind: 'unknown' } as const
    // Whether it is required of them anyway. If the policy changes at this moment, the policy wins over the choice.
    const isAsked = assuranceAsked({ policy, membership: { ...before, mfaOptIn: false } }) !== null
    return isAsked ? ({ kind: 'not-yours-to-choose' } as const) : { ...before, mfaOptIn: optIn }
  }
  const metadata = { optIn }
  const chosen = organizationEvent('member.mfa_choice_changed', input, { member: accountId, metadata })
  const changed = await givePlace(deps, input, judge, (before) => (before?.mfaOptIn === optIn ? [] : [chosen]))
  if (changed.kind === 'too-many-admins') return { kind: 'unknown' }
  return changed.kind === 'changed' ? { kind: 'set' } : changed
}
