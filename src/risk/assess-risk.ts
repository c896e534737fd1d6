import { reasonsOf, scoreOf } from './contribution.js'
import { decideVerdict } from './decide-verdict.js'
import type { Evidence } from './evidence.js'
import { withHardRules } from './hard-rules.js'
import { sight } from './observe.js'
import type { RiskDeps, RiskFacts } from './ports.js'
import { withSession, type RiskProfile } from './profile.js'
import { levelOf, type RiskAssessment } from './risk.js'
import { SIGNALS } from './signals/all-signals.js'

/**
 * Scores a sign-in, an operation or a refresh and says what to do about it. Reads nothing and sends nothing: the same
 * facts at the same time give the same answer. Risk only raises: `ALLOW` never spares what a guard asks for.
 */
export function assessRisk(deps: RiskDeps, facts: RiskFacts): RiskAssessment {
  const { thresholds } = deps.settings
  const evidence = evidenceOf(deps, facts)
  const signals = SIGNALS.flatMap((signal) => signal(evidence))
  const contributions = withHardRules(signals, evidence, thresholds)
  const score = scoreOf(contributions)
  const level = levelOf(score, thresholds)
  return { score, level, ...decideVerdict(level, facts.factorTypes), contributions, reasons: reasonsOf(contributions) }
}

function evidenceOf(deps: RiskDeps, facts: RiskFacts): Evidence {
  const now = deps.clock.now()
  const session = facts.purpose === 'SIGN_IN' ? null : facts.session
  const profile = facts.profile !== null && facts.profile.learned > 0 ? facts.profile : null
  const history: RiskProfile | null = session === null ? profile : withSession(profile, session, now)
  return { facts, seen: sight(deps, facts), history, inSession: session !== null, now }
}
