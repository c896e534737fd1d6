import { isVoid, type RecognizedDevice } from '../devices/index.js'
import type { Assurances } from '../kernel/assurance.js'
import { FACTOR_TYPES } from '../kernel/factor-type.js'
import { kindsAsked } from '../kernel/mfa-rule.js'
import { decideVerdict, type RiskAssessment } from '../risk/index.js'
import type { ArrivePlan } from './arrive.js'
import { methodOf, vouchedBy, type BeginningFactor } from './beginning-factor.js'
import { hasDeadFactor, secondFactors, usableFactors, type FactorRule, type Person } from './person.js'

export interface PlanDeps {
  readonly assurances: Assurances
  /** Risk is written down and not acted on. */
  readonly riskReportOnly: boolean
}

export interface PlanInput {
  readonly first: BeginningFactor
  readonly person: Person
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
  if (recognized.state === 'trusted' && person.mfaRule.rememberedDevices)
    return { verdict: 'ALLOW', level: 'LOW', acceptedFactors: [] }
  return { ...decideVerdict('MEDIUM', FACTOR_TYPES), level: 'MEDIUM' }
}

function planSecondFactor(
  deps: PlanDeps,
  { first, person, recognized, now }: PlanInput,
  risk: ReturnType<typeof actedOn>,
): ArrivePlan | 'block' {
  const rule = factorRuleOf(deps, person, first, now)
  const factors = secondFactors(person, rule)
  if (factors.length === 0 && !hasDeadFactor(person, rule)) {
    // Nobody can be challenged about factors they do not have: a high score is recorded, guarded fields stay shut.
    const isWanted = person.mfaRule.required || person.reEnrollSince !== null || wantsProof(first)
    if (!isWanted) return { kind: 'active' }
    return { kind: 'enroll', enrollable: kindsAsked(person.mfaRule, deps.assurances) }
  }
  if (risk.verdict === 'BLOCK') return 'block'
  // Whoever presents a token that was copied, or has lost its key, is asked once, however ordinary the rest looks.
  const isAsked =
    risk.verdict !== 'ALLOW' || isVoid(recognized) || isAskedByRule(person, recognized) || wantsProof(first)
  if (!isAsked) return { kind: 'active' }
  const accepted =
    risk.verdict === 'ALLOW' ? factors : factors.filter((factor) => risk.acceptedFactors.includes(factor.type))
  const spare = usableFactors(person, rule).filter(({ type, codesLeft }) => type === 'RECOVERY_CODE' && codesLeft !== 0)
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
function isAskedByRule({ mfaRule }: Person, { state }: RecognizedDevice): boolean {
  if (mfaRule.session === null) return false
  const isSpared = state === 'trusted' && mfaRule.rememberedDevices && mfaRule.session.maxAgeSeconds === null
  return !isSpared
}

/** By what rule the person's factors are looked at in this sign-in. */
export const factorRuleOf = (
  { assurances }: Pick<PlanDeps, 'assurances'>,
  { mfaRule }: Person,
  first: BeginningFactor,
  now: Date,
): FactorRule => ({ now, enabled: mfaRule.methods, assurances, first: methodOf(first) })
