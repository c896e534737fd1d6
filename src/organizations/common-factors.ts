import { isAtLeast, type Assurance, type Assurances } from '../kernel/assurance.js'
import type { FactorType } from '../kernel/factor-type.js'
import { assuranceAsked, kindsCommonTo, type MemberPolicy } from './fold-policies.js'

export interface CommonFactorRules {
  readonly assurances: Assurances
  /** The kinds of factor that the installation uses. */
  readonly inUse: readonly FactorType[]
}

/**
 * Whether the account, once it joins, could not meet the rule of the new organization, or no longer that of one it is a
 * member of, with a factor that all of its organizations allow. No enrolment could help it then, so it cannot join
 * (R135). A grace period makes no difference, because it ends.
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
  // Later policy changes may have made two of its organizations incompatible already: that is no reason to refuse a
  // third.
  return ![entering, ...bound.filter(isMetBy(before))].every(isMetBy(after))
}

/** The assurance a member needs now or later; null: none. Administrators must prove MFA whatever the policy says. */
function assuranceNeeded(member: MemberPolicy): Assurance | null {
  const asked = assuranceAsked(member)
  const mayNeed = member.policy.methods !== null || member.membership.role === 'ADMIN'
  return asked ?? (mayNeed ? 'MFA' : null)
}
