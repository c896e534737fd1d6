import { stricterThresholds, type RiskThresholds } from '../kernel/risk-thresholds.js'
import { reasonsOf, scoreOf, type Contribution } from './contribution.js'
import { decideVerdict } from './decide-verdict.js'
import type { Evidence, Signal } from './evidence.js'
import { gatherEvidence } from './gather-evidence.js'
import { withHardRules } from './hard-rules.js'
import { foldEvidence, type EvidenceGroup } from './model/fold-evidence.js'
import type { Observation } from './observation.js'
import type { RiskDeps, RiskFacts } from './ports.js'
import { withRecentStepUp } from './recent-step-up.js'
import { levelOf, type RiskAssessment } from './risk.js'
import { ADJUSTMENTS, SIGNALS } from './signals/all-signals.js'

/** An assessment with its observation, so that a verified sign-in can be learned without observing it again. */
export interface AssessedRisk extends RiskAssessment {
  readonly observation: Observation
  /** Whether a hard rule applied. If so, no threshold would have changed the verdict. */
  readonly isRuled: boolean
  /** Up to this score, in nats, nothing was asked: the configured threshold, moved by the prompt budget. */
  readonly threshold: number
  /** The share of legitimate sign-ins that may be prompted; null: the threshold never moves. */
  readonly promptBudget: number | null
  readonly modelVersion: number
}

/**
 * Raise it with every change that gives the same request another score. Recorded scores can only be compared within one
 * version.
 */
export const RISK_MODEL_VERSION = 1

/**
 * Scores a sign-in, an operation or a refresh and says what to do about it. Reads nothing and sends nothing: the same
 * facts at the same time give the same answer. Risk only raises: `ALLOW` never spares what a guard asks for.
 */
export const assessRisk = (deps: RiskDeps, facts: RiskFacts): AssessedRisk => assessRiskBy(RISK_MODEL, deps, facts)

/** The parts of the model that a benchmark can replace, to measure what each is worth. */
export interface RiskModel {
  readonly signals: readonly Signal[]
  readonly fold: (groups: readonly EvidenceGroup[]) => readonly Contribution[]
}

/** The model of docs/risk.md. */
export const RISK_MODEL: RiskModel = { signals: SIGNALS, fold: (groups) => foldEvidence(groups) }

/** The same with another model. */
export function assessRiskBy(model: RiskModel, deps: RiskDeps, facts: RiskFacts): AssessedRisk {
  const thresholds = stricterThresholds(deps.promptBudget.thresholds(deps.clock.now().getTime()), facts.thresholds)
  const evidence = gatherEvidence(deps, facts)
  const contributions = contributionsOf(model, evidence, thresholds)
  const score = scoreOf(contributions)
  const level = levelOf(score, thresholds)
  return {
    score,
    level,
    ...decideVerdict(level, facts.factorTypes),
    contributions,
    reasons: reasonsOf(contributions),
    observation: evidence.seen.observation,
    isRuled: contributions.some(({ code }) => code.startsWith('RULE_')),
    threshold: thresholds.low,
    promptBudget: deps.promptBudget.share,
    modelVersion: RISK_MODEL_VERSION,
  }
}

function contributionsOf(model: RiskModel, evidence: Evidence, thresholds: RiskThresholds): readonly Contribution[] {
  const groups = model.signals.map((signal) => signal(evidence)).filter((group) => group !== null)
  const adjustments = ADJUSTMENTS.flatMap((adjustment) => adjustment(evidence))
  const summed = [...model.fold(groups), ...adjustments]
  return withHardRules(withRecentStepUp(summed, evidence, thresholds), evidence, thresholds)
}
