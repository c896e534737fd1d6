import type { FactorType } from '../kernel/factor-type.js'
import { areRising, type RiskThresholds } from '../kernel/risk-thresholds.js'
import type { Contribution, PersonReason } from './contribution.js'

export const RISK_LEVELS = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const
export type RiskLevel = (typeof RISK_LEVELS)[number]

export const VERDICTS = ['ALLOW', 'CHALLENGE', 'BLOCK'] as const
export type Verdict = (typeof VERDICTS)[number]

/** The assessment of one sign-in, operation or refresh, and its verdict. */
export interface RiskAssessment {
  /** In nats; the exact sum of `contributions`. For the audit log and operators, never for the client. */
  readonly score: number
  readonly level: RiskLevel
  readonly verdict: Verdict
  /** The kinds of the account's factors that may answer a `CHALLENGE`. */
  readonly acceptedFactors: readonly FactorType[]
  readonly contributions: readonly Contribution[]
  /** Coarse enough to show to the person. */
  readonly reasons: readonly PersonReason[]
}

export interface RiskSettings {
  readonly thresholds: RiskThresholds
}

/** `low` is the prompt threshold τ: 0 says that one missed attacker costs as much as 10,000 needless prompts. */
export const DEFAULT_RISK_SETTINGS: RiskSettings = { thresholds: { low: 0, medium: 4, high: 8 } }

/** Settings from the configuration. Throws if the thresholds are not finite and rising, to be reported at start. */
export function riskSettings(thresholds: Partial<RiskThresholds> = {}): RiskSettings {
  const all = { ...DEFAULT_RISK_SETTINGS.thresholds, ...thresholds }
  if (!areRising(all)) {
    throw new RangeError('risk thresholds must be finite and rise by at least 1: low, medium, high')
  }
  return { thresholds: all }
}

/** The level of a score. NaN compares as false with every threshold, so it is `CRITICAL`. */
export function levelOf(score: number, thresholds: RiskThresholds): RiskLevel {
  if (score <= thresholds.low) return 'LOW'
  if (score <= thresholds.medium) return 'MEDIUM'
  if (score <= thresholds.high) return 'HIGH'
  return 'CRITICAL'
}

// A threshold belongs to the level below it, so the floor of a level is a little higher.
const FLOOR_MARGIN = 0.125

/** The score a hard rule lifts to when it asks for at least `level`. */
export function floorOf(level: Exclude<RiskLevel, 'LOW'>, thresholds: RiskThresholds): number {
  const below = { MEDIUM: thresholds.low, HIGH: thresholds.medium, CRITICAL: thresholds.high } as const
  return below[level] + FLOOR_MARGIN
}
