import { isExpired, type FactorSummary, type SessionActor } from '../kernel/actor.js'
import { isAtLeast, type Assurance, type Assurances } from '../kernel/assurance.js'
import { secondsBetween } from '../kernel/clock.js'
import type { FactorType } from '../kernel/factor-type.js'
import { assuranceAsked, type MemberPolicy } from './fold-policies.js'

export interface EnrollmentRules {
  readonly now: Date
  readonly assurances: Assurances
  /** The kinds of factor that the installation uses. */
  readonly inUse: readonly FactorType[]
}

/** Whether a member meets what the organization requires, or will require after the grace period. */
export function isEnrolled(factors: readonly FactorSummary[], member: MemberPolicy, rules: EnrollmentRules): boolean {
  const wanted = assuranceAsked(member) ?? 'MFA'
  return factors.some((factor) => isFit(factor, member, rules, wanted))
}

/** Whether a session could continue if this policy applied from now on. */
export function meetsPolicy(
  { factors, proofs }: Pick<SessionActor, 'factors' | 'proofs'>,
  member: MemberPolicy,
  rules: EnrollmentRules,
): boolean {
  const asked = assuranceAsked(member)
  if (asked === null) return true
  const { maxAgeSeconds } = member.policy
  const fit = factors.filter((factor) => isFit(factor, member, rules, asked))
  return proofs.some(({ factorId, provedAt }) => {
    const isRecent = maxAgeSeconds === null || secondsBetween(provedAt, rules.now) <= maxAgeSeconds
    return isRecent && fit.some(({ id }) => id === factorId)
  })
}

function isFit(
  factor: FactorSummary,
  { policy }: MemberPolicy,
  { now, assurances, inUse }: EnrollmentRules,
  wanted: Assurance,
): boolean {
  const { type, status } = factor
  // Recovery codes come with another factor and do not count as one.
  if (type === 'RECOVERY_CODE' || status !== 'ACTIVE' || isExpired(factor, now)) return false
  const isAllowed = inUse.includes(type) && (policy.methods?.includes(type) ?? true)
  return isAllowed && isAtLeast(assurances.of(type), wanted)
}
