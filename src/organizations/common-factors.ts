import { isAtLeast, type Assurance, type Assurances } from '../kernel/assurance.js'
import type { FactorType } from '../kernel/factor-type.js'
import { assuranceAsked, kindsCommonTo, type MemberPolicy } from './fold-policies.js'

export interface CommonFactorRules {
  readonly assurances: Assurances
  /** The kinds of factor the installation has in use. */
  readonly inUse: readonly FactorType[]
}

/**
 * Whether whoever enters could not meet the rule of the new organization, or no longer that of one they are in, with a
 * factor that all of their organizations allow. They could then enrol nothing that helps, so they do not get in (R135). A
 * grace date changes nothing: it will be over.
 */
export function hasNoCommonFactor(
  rules: CommonFactorRules,
  entering: MemberPolicy,
  others: readonly MemberPolicy[],
): boolean {
  const bound = others.filter(({ membership }) => !membership.breakGlass)
  const before = kindsCommonTo(rules.inUse, bound)
  const after = kindsCommonTo(before, [entering])
  const isMetBy = (kinds: readonly FactorType[]) => (member: MemberPolicy) => {
    const wanted = assuranceNeeded(member)
    return wanted === null || kinds.some((type) => isAtLeast(rules.assurances.of(type), wanted))
  }
  // Policies that were changed since may have made two organizations of theirs impossible together: no reason to refuse a third.
  return ![entering, ...bound.filter(isMetBy(before))].every(isMetBy(after))
}

/** What a member needs sooner or later; null: nothing. Administrators prove MFA whatever the policy says. */
function assuranceNeeded(member: MemberPolicy): Assurance | null {
  const asked = assuranceAsked(member)
  const mayNeed = member.policy.methods !== null || member.membership.role === 'ADMIN'
  return asked ?? (mayNeed ? 'MFA' : null)
}
