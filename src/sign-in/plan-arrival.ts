import { isVoid, type RecognizedDevice } from '../devices/index.js'
import type { FactorSummary } from '../kernel/actor.js'
import { isAtLeast, type Assurances } from '../kernel/assurance.js'
import { FACTOR_TYPES } from '../kernel/factor-type.js'
import type { OrganizationId } from '../kernel/ids.js'
import { assuranceWanted, kindsAsked, ruleFor, sparesPrompt, type MfaRule } from '../kernel/mfa-rule.js'
import { decideVerdict, type RiskAssessment } from '../risk/index.js'
import type { ArrivePlan } from './arrive.js'
import { methodOf, vouchedBy, type BeginningFactor } from './beginning-factor.js'
import { type FactorRule, hasDeadFactor, type Person, secondFactors, usableFactors } from '../sessions/index.js'

export interface PlanDeps {
  readonly assurances: Assurances
  /** Risk is only recorded, without affecting sign-ins. */
  readonly riskReportOnly: boolean
}

export interface PlanInput {
  readonly first: BeginningFactor
  readonly person: Person
  /** The organization the session will be for; null: none, or not chosen yet. */
  readonly organizationId: OrganizationId | null
  readonly risk: RiskAssessment
  /** Demands a second factor of an account that has one, regardless of risk. */
  readonly provesFactor?: boolean
  readonly recognized: RecognizedDevice
  readonly now: Date
}

/** What a right first factor leads to. */
export function planArrival(deps: PlanDeps, input: PlanInput): ArrivePlan | 'block' {
  if (methodOf(input.first) === 'PASSKEY') return planPasskey(deps, input.risk)
  return planSecondFactor(deps, input, actedOn(deps, input))
}

/** The strongest factor is already proved, so a challenge is answered; only a block remains possible. */
const planPasskey = ({ riskReportOnly }: PlanDeps, { verdict }: RiskAssessment): ArrivePlan | 'block' =>
  verdict === 'BLOCK' && !riskReportOnly ? 'block' : { kind: 'active' }

/**
 * In report-only mode every account with a second factor is challenged for any of them, except on remembered devices.
 */
function actedOn(
  { riskReportOnly }: PlanDeps,
  { risk, recognized, person }: PlanInput,
): Pick<RiskAssessment, 'verdict' | 'level' | 'acceptedFactors'> {
  if (!riskReportOnly) return risk
  if (recognized.state === 'trusted' && person.mfaRules.everywhere.rememberedDevices)
    return { verdict: 'ALLOW', level: 'LOW', acceptedFactors: [] }
  return { ...decideVerdict('MEDIUM', FACTOR_TYPES), level: 'MEDIUM' }
}

function planSecondFactor(
  deps: PlanDeps,
  { first, person, organizationId, provesFactor = false, recognized, now }: PlanInput,
  risk: ReturnType<typeof actedOn>,
): ArrivePlan | 'block' {
  const rule = ruleFor(person.mfaRules, organizationId)
  const factorRule = factorRuleOf(deps, person, first, now)
  const factors = fittingFirst(deps, rule, secondFactors(person, factorRule))
  if (factors.length === 0 && !hasDeadFactor(person, factorRule)) {
    // An account without factors cannot be challenged: a high score is recorded, and guarded fields stay closed.
    const isWanted = rule.required || person.reEnrollSince !== null || wantsProof(first)
    if (!isWanted) return { kind: 'active' }
    return { kind: 'enroll', enrollable: enrollableBy(deps, rule, person) }
  }
  if (risk.verdict === 'BLOCK') return 'block'
  // A copied token, or one whose key is missing, always causes a challenge, however ordinary the rest looks.
  const isAsked =
    provesFactor ||
    risk.verdict !== 'ALLOW' ||
    isVoid(recognized) ||
    isAskedByRule(person, rule, recognized) ||
    wantsProof(first)
  if (!isAsked) return { kind: 'active' }
  const accepted =
    risk.verdict === 'ALLOW' ? factors : factors.filter((factor) => risk.acceptedFactors.includes(factor.type))
  const spare = usableFactors(person, factorRule).filter(
    ({ type, codesLeft }) => type === 'RECOVERY_CODE' && codesLeft !== 0,
  )
  // Possibly empty: when wrong answers have disabled every factor, the password alone must not be enough again (R014).
  const options = [...accepted, ...(risk.level === 'CRITICAL' ? [] : spare)]
  const isRisk = risk.verdict !== 'ALLOW' || isVoid(recognized)
  const reason = isRisk ? (person.riskProfile ? 'RISK_ELEVATED' : 'MFA_MISSING') : 'POLICY'
  return { kind: 'challenge', options, reason }
}

/** Whether the backend that begins the sign-in demands a second factor, regardless of risk. */
function wantsProof(first: BeginningFactor): boolean {
  const { authentication } = vouchedBy(first)
  return authentication !== null && authentication.intent !== 'SIGN_IN'
}

/**
 * Whether the rule demands a proof regardless of risk: it does unless the device is remembered and may spare the
 * prompt.
 */
function isAskedByRule({ mfaRules }: Person, rule: MfaRule, { state, device }: RecognizedDevice): boolean {
  if (rule.session === null) return false
  if (state !== 'trusted' || !mfaRules.everywhere.rememberedDevices) return true
  return !sparesPrompt(rule, mfaRules.account, device?.rememberedWith ?? null)
}

/**
 * Factors that count for the organization come first, so that one prompt serves both. The others finish the sign-in
 * too: they open the person's own account, and the organization's operations demand a factor that counts there.
 */
function fittingFirst(
  { assurances }: Pick<PlanDeps, 'assurances'>,
  rule: MfaRule,
  factors: readonly FactorSummary[],
): readonly FactorSummary[] {
  const isFit = ({ type }: FactorSummary): boolean =>
    rule.methods.includes(type) && isAtLeast(assurances.of(type), assuranceWanted(rule))
  return rule.session === null ? factors : [...factors.filter(isFit), ...factors.filter((factor) => !isFit(factor))]
}

function enrollableBy({ assurances }: Pick<PlanDeps, 'assurances'>, rule: MfaRule, { mfaRules }: Person) {
  return kindsAsked(rule, assurances).filter((type) => mfaRules.everywhere.enrollable.includes(type))
}

/** The rule that selects factors in this sign-in: always the installation's, for any organization. */
export const factorRuleOf = (
  { assurances }: Pick<PlanDeps, 'assurances'>,
  { mfaRules }: Person,
  first: BeginningFactor,
  now: Date,
): FactorRule => ({ now, enabled: mfaRules.account.methods, assurances, first: methodOf(first) })
