import type { Assurances } from '../kernel/assurance.js'
import type { Clock } from '../kernel/clock.js'
import type { Memberships } from '../kernel/membership.js'
import type { MfaRule, MfaRules } from '../kernel/mfa-rule.js'
import type { Directory } from './directory.js'
import { foldPolicies, policiesOf } from './fold-policies.js'

/** Returns the rules that currently apply to an account. */
export type MfaRulesOf = (memberships: Memberships) => Promise<MfaRules>

export interface MfaRulesDeps {
  readonly directory: Pick<Directory, 'find'>
  readonly clock: Clock
  readonly assurances: Assurances
}

export function mfaRules({ directory, clock, assurances }: MfaRulesDeps, installation: MfaRule): MfaRulesOf {
  const ofNobodysMember = foldPolicies(installation, [], { now: clock.now(), assurances })
  return async (memberships) => {
    const places = Object.values(memberships)
    if (places.length === 0) return ofNobodysMember
    const organizations = await directory.find(places.map(({ organizationId }) => organizationId))
    const policies = policiesOf(places, (id) => organizations.get(id) ?? null)
    return foldPolicies(installation, policies, { now: clock.now(), assurances })
  }
}
