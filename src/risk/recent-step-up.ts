import type { RiskThresholds } from '../kernel/risk-thresholds.js'
import { contribution, scoreOf, type Contribution } from './contribution.js'
import type { Evidence } from './evidence.js'

const FRESH_HOURS = 24
const MOST_RISE_NATS = 3

/**
 * After a passed step-up, the same client in the same network is not challenged again for a day, unless the score rises
 * by 3. This lowers the score to the highest that is allowed, and no further; hard rules still apply.
 */
export function withRecentStepUp(
  contributions: readonly Contribution[],
  evidence: Evidence,
  thresholds: RiskThresholds,
): readonly Contribution[] {
  const score = scoreOf(contributions)
  const mostScore = (evidence.history.passed?.score ?? 0) + MOST_RISE_NATS
  if (score <= thresholds.low || score > mostScore || !isWherePassed(evidence)) return contributions
  const nats = Math.floor((thresholds.low - score) * 1024) / 1024
  return [...contributions, contribution({ code: 'STEP_UP_PASSED', facts: { withinHours: FRESH_HOURS } }, nats)]
}

/**
 * Whether this is the client that passed a step-up within the last day. A device token identifies the client. Without
 * one, it has to be the same browser on exactly the same address.
 */
export function isWherePassed({ history: { passed }, seen: { observation }, now, facts }: Evidence): boolean {
  if (passed === null || !(now - passed.at < FRESH_HOURS * 3_600_000)) return false
  if (facts.deviceToken === 'foreign' || observation.network === null) return false
  if (passed.browser !== observation.agent.browser || passed.network !== observation.network) return false
  const device = observation.device ?? 0
  return passed.device === device && (device !== 0 || passed.host === observation.host)
}
