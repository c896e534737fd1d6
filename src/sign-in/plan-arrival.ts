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
  /** Risk is written down and not acted on. */
  readonly riskReportOnly: boolean
}

export interface PlanInput {
  readonly first: BeginningFactor
  readonly person: Person
  /** The organization the session will be for; null: none, or it is not chosen yet. */
  readonly organizationId: OrganizationId | null
  readonly risk: RiskAssessment
  readonly recognized: RecognizedDevice
  readonly now: Date
}

/** What a right first factor leads to. */
export function planArrival(deps: PlanDeps, input: PlanInput): ArrivePlan | 'block' {
  if (methodOf(input.first) === 'PASSKEY') return planPasskey(deps, input.risk)
  return planSecondFactor(deps, input, actedOn(deps, input))
}

/** The strongest factor there is has been proved: a challenge has its answer, and only a block is left. */
const planPasskey = ({ riskReportOnly }: PlanDeps, { verdict }: RiskAssessment): ArrivePlan | 'block' =>
  verdict === 'BLOCK' && !riskReportOnly ? 'block' : { kind: 'active' }

/** Where risk is only written down, whoever has a second factor is asked for any of them, but on remembered devices. */
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
  { first, person, organizationId, recognized, now }: PlanInput,
  risk: ReturnType<typeof actedOn>,
): ArrivePlan | 'block' {
  const rule = ruleFor(person.mfaRules, organizationId)
  const factorRule = factorRuleOf(deps, person, first, now)
  const factors = fittingFirst(deps, rule, secondFactors(person, factorRule))
  if (factors.length === 0 && !hasDeadFactor(person, factorRule)) {
    // Nobody can be challenged about factors they do not have: a high score is recorded, guarded fields stay shut.
    const isWanted = rule.required || person.reEnrollSince !== null || wantsProof(first)
    if (!isWanted) return { kind: 'active' }
    return { kind: 'enroll', enrollable: enrollableBy(deps, rule, person) }
  }
  if (risk.verdict === 'BLOCK') return 'block'
  // Whoever presents a token that was copied, or has lost its key, is asked once, however ordinary the rest looks.
  const isAsked =
    risk.verdict !== 'ALLOW' || isVoid(recognized) || isAskedByRule(person, rule, recognized) || wantsProof(first)
  if (!isAsked) return { kind: 'active' }
  const accepted =
    risk.verdict === 'ALLOW' ? factors : factors.filter((factor) => risk.acceptedFactors.includes(factor.type))
  const spare = usableFactors(person, factorRule).filter(
    ({ type, codesLeft }) => type === 'RECOVERY_CODE' && codesLeft !== 0,
  )
  // Maybe none: wrong answers that disabled every factor must not make the password enough again (R014).
  const options = [...accepted, ...(risk.level === 'CRITICAL' ? [] : spare)]
  const isRisk = risk.verdict !== 'ALLOW' || isVoid(recognized)
  const reason = isRisk ? (person.riskProfile ? 'RISK_ELEVATED' : 'MFA_MISSING') : 'POLICY'
  return { kind: 'challenge', options, reason }
}

/** Whether the backend that begins it wants a second factor, however ordinary it looks. */
function wantsProof(first: BeginningFactor): boolean {
  const { authentication } = vouchedBy(first)
  return authentication !== null && authentication.intent !== 'SIGN_IN'
}

/** Whether every session has to be proved, whatever its risk: by everybody whose device may not, or does not, spare it. */
function isAskedByRule({ mfaRules }: Person, rule: MfaRule, { state, device }: RecognizedDevice): boolean {
  if (rule.session === null) return false
  if (state !== 'trusted' || !mfaRules.everywhere.rememberedDevices) return true
  return !sparesPrompt(rule, mfaRules.account, device?.rememberedWith ?? null)
}

/**
 * Those that the organization counts come first, so that one prompt does for both. The others finish the sign-in as well:
 * it opens the person's own account, and the organization's operations ask for what counts there.
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

/** By what rule the person's factors are looked at in this sign-in: the installation's, whatever it is for. */
export const factorRuleOf = (
  { assurances }: Pick<PlanDeps, 'assurances'>,
  { mfaRules }: Person,
  first: BeginningFactor,
  now: Date,
): FactorRule => ({ now, enabled: mfaRules.account.methods, assurances, first: methodOf(first) })
