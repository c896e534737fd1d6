import { isExpired, type FactorSummary } from './actor.js'
import { isAtLeast, type Assurances } from './assurance.js'
import { FACTOR_TYPES, type FactorType } from './factor-type.js'
import type { FactorId } from './ids.js'
import { kindsAsked, type MfaRules } from './mfa-rule.js'

/** The parts of a factor that the rule reads. */
export type CountedFactor = Pick<FactorSummary, 'id' | 'type' | 'status' | 'activatedAt' | 'expiresAt'>

/** What an account must have: a factor of one of these kinds, activated since then. */
export interface WantedFactor {
  readonly types: readonly FactorType[]
  /** When a new factor was demanded; null: a factor of any age counts. */
  readonly since: Date | null
}

/** The account whose factors are judged. */
export interface FactorOwner {
  readonly mfaRules: MfaRules
  readonly reEnrollSince: Date | null
  readonly factors: readonly CountedFactor[]
}

/**
 * What the account must have, by policy or because a new factor was demanded; null: nothing. A mailbox meets a demand
 * only when the account never had a better factor (R044).
 */
export function wantedFactor(owner: FactorOwner, assurances: Assurances): WantedFactor | null {
  const { mfaRules, reEnrollSince, factors } = owner
  const rule = mfaRules.account
  const asked = kindsAsked(rule, assurances)
  if (rule.required) return { types: asked, since: reEnrollSince }
  if (reEnrollSince === null) return null
  return { types: hasHadMfa(factors, assurances) ? asked : rule.methods, since: reEnrollSince }
}

/**
 * What must be left when a factor is removed: what the account needs, and what each organization needs. A factor from
 * before the latest demand counts for nothing, so no organization's rule protects it.
 */
export function wantedWithout(
  owner: FactorOwner,
  going: Pick<CountedFactor, 'type' | 'activatedAt'>,
  assurances: Assurances,
): readonly WantedFactor[] {
  const own = wantedFactor(owner, assurances)
  const lists = isOutdated(going, owner.reEnrollSince) ? [] : owner.mfaRules.everywhere.keepOneOf
  const counting = lists.filter((kinds) => kinds.includes(going.type))
  return [...(own ? [own] : []), ...counting.map((types) => ({ types, since: null }))]
}

/** Whether a factor predates the demand for a new one. Recovery codes are exempt: they come with another factor. */
export function isOutdated({ type, activatedAt }: Pick<CountedFactor, 'type' | 'activatedAt'>, since: Date | null) {
  return since !== null && type !== 'RECOVERY_CODE' && (activatedAt === null || activatedAt < since)
}

/**
 * Whether a factor meets the demand: proved, not disabled, not expired, of a wanted kind, and activated since the
 * demand.
 */
export function isWanted(factor: CountedFactor, { types, since }: WantedFactor, now: Date): boolean {
  if (factor.status !== 'ACTIVE' || isExpired(factor, now) || !types.includes(factor.type)) return false
  return since === null || (factor.activatedAt !== null && factor.activatedAt >= since)
}

export interface FactorChange<F extends CountedFactor> {
  readonly removes: readonly FactorId[]
  readonly adds: F | null
}

/**
 * A factor that still meets the demand after the change, preferring the new one; null: none would. Every path that
 * removes a factor checks this, and its update is conditional on the factor returned (R143).
 */
export function leftAfter<F extends CountedFactor>(
  factors: readonly F[],
  { removes, adds }: FactorChange<F>,
  wanted: WantedFactor,
  now: Date,
): F | null {
  const staying = factors.filter(({ id }) => !removes.includes(id))
  return [...(adds ? [adds] : []), ...staying].find((factor) => isWanted(factor, wanted, now)) ?? null
}

/** One such factor for each demand, after the change; null: at least one demand would not be met. */
export function allLeftAfter<F extends CountedFactor>(
  factors: readonly F[],
  change: FactorChange<F>,
  wanted: readonly WantedFactor[],
  now: Date,
): readonly F[] | null {
  const left = wanted.map((each) => leftAfter(factors, change, each, now))
  return left.every((each) => each !== null) ? left : null
}

/** What must be left when a factor is reported through a link in a mail. */
export interface WantedInstead {
  /** An equivalent factor: a mailbox does not replace anything better. */
  readonly asGood: WantedFactor
  /**
   * One of each organization list that names the kind. Otherwise a factor of a kind the organization forbids could be
   * used to enrol the next factor that counts there.
   */
  readonly inOrganizations: readonly WantedFactor[]
}

export function wantedInstead({ everywhere }: MfaRules, type: FactorType, assurances: Assurances): WantedInstead {
  const others = FACTOR_TYPES.filter((each) => each !== 'RECOVERY_CODE')
  const types = isMfa(type, assurances) ? others.filter((each) => isMfa(each, assurances)) : others
  const lists = [...everywhere.keepOneOf, ...everywhere.vouching].filter((kinds) => kinds.includes(type))
  return { asGood: { types, since: null }, inOrganizations: lists.map((kinds) => ({ types: kinds, since: null })) }
}

/**
 * Whether a factor that makes a session `MFA` was ever proved and not removed since, even if it is disabled or expired
 * now.
 */
export const hasHadMfa = (
  factors: readonly Pick<CountedFactor, 'type' | 'status'>[],
  assurances: Assurances,
): boolean =>
  factors.some(({ type, status }) => type !== 'RECOVERY_CODE' && status !== 'PENDING' && isMfa(type, assurances))

const isMfa = (type: FactorType, assurances: Assurances): boolean => isAtLeast(assurances.of(type), 'MFA')
