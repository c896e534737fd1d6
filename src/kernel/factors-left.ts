import { isExpired, type FactorSummary } from './actor.js'
import { isAtLeast, type Assurances } from './assurance.js'
import { FACTOR_TYPES, type FactorType } from './factor-type.js'
import type { FactorId } from './ids.js'
import { kindsAsked, type MfaRules } from './mfa-rule.js'

/** What the rule looks at in a factor. */
export type CountedFactor = Pick<FactorSummary, 'id' | 'type' | 'status' | 'activatedAt' | 'expiresAt'>

/** What an account has to have: a factor of one of these kinds, activated since then. */
export interface WantedFactor {
  readonly types: readonly FactorType[]
  /** When a new factor was demanded; null: any counts, however old. */
  readonly since: Date | null
}

/** Whoever's factors they are. */
export interface FactorOwner {
  readonly mfaRules: MfaRules
  readonly reEnrollSince: Date | null
  readonly factors: readonly CountedFactor[]
}

/**
 * What the account has to have, by policy or because a new factor was demanded; null: nothing. A mailbox meets a demand only
 * where there never was a better factor (R044).
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
 * What has to be left when a factor goes: what the account has to have, and what each organization wants. One from before a
 * new factor was demanded counts for nothing, so no organization keeps it.
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

/** Whether a factor is from before a new one was demanded. Recovery codes come with another factor and are not asked. */
export function isOutdated({ type, activatedAt }: Pick<CountedFactor, 'type' | 'activatedAt'>, since: Date | null) {
  return since !== null && type !== 'RECOVERY_CODE' && (activatedAt === null || activatedAt < since)
}

/** Whether a factor is what is wanted: proved, neither disabled nor expired, of such a kind, and not from before. */
export function isWanted(factor: CountedFactor, { types, since }: WantedFactor, now: Date): boolean {
  if (factor.status !== 'ACTIVE' || isExpired(factor, now) || !types.includes(factor.type)) return false
  return since === null || (factor.activatedAt !== null && factor.activatedAt >= since)
}

export interface FactorChange<F extends CountedFactor> {
  readonly removes: readonly FactorId[]
  readonly adds: F | null
}

/**
 * A factor that is what is wanted once the change is made, the new one first; null: none would be left. Every door that takes
 * a factor away asks this, and its update holds on to the factor that is answered (R143).
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

/** A factor for each that is wanted, once the change is made; null: one of them would be missing. */
export function allLeftAfter<F extends CountedFactor>(
  factors: readonly F[],
  change: FactorChange<F>,
  wanted: readonly WantedFactor[],
  now: Date,
): readonly F[] | null {
  const left = wanted.map((each) => leftAfter(factors, change, each, now))
  return left.every((each) => each !== null) ? left : null
}

/** What has to be left when a factor is reported by a link in a mail. */
export interface WantedInstead {
  /** Something as good: no mailbox for anything better. */
  readonly asGood: WantedFactor
  /** One of each list it is in: else a kind that an organization forbids would make the next factor that counts there. */
  readonly inOrganizations: readonly WantedFactor[]
}

export function wantedInstead({ everywhere }: MfaRules, type: FactorType, assurances: Assurances): WantedInstead {
  const others = FACTOR_TYPES.filter((each) => each !== 'RECOVERY_CODE')
  const types = isMfa(type, assurances) ? others.filter((each) => isMfa(each, assurances)) : others
  const lists = [...everywhere.keepOneOf, ...everywhere.vouching].filter((kinds) => kinds.includes(type))
  return { asGood: { types, since: null }, inOrganizations: lists.map((kinds) => ({ types: kinds, since: null })) }
}

/** Whether a factor that makes a session `MFA` was ever proved and not removed since, live or dead. */
export const hasHadMfa = (
  factors: readonly Pick<CountedFactor, 'type' | 'status'>[],
  assurances: Assurances,
): boolean =>
  factors.some(({ type, status }) => type !== 'RECOVERY_CODE' && status !== 'PENDING' && isMfa(type, assurances))

const isMfa = (type: FactorType, assurances: Assurances): boolean => isAtLeast(assurances.of(type), 'MFA')
