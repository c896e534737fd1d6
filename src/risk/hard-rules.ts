import { lift, scoreOf, type Contribution, type ContributionCode } from './contribution.js'
import type { Evidence } from './evidence.js'
import { floorOf, type RiskLevel, type RiskThresholds } from './risk.js'
import { isCredentialFresh } from './signals/credential-change.js'
import { countOf } from './signals/failed-attempts.js'
import { judgeTravel } from './signals/impossible-travel.js'

/** What sums cannot talk down: answers why it applies, or null. */
interface HardRule {
  readonly code: ContributionCode
  readonly atLeast: Exclude<RiskLevel, 'LOW'>
  readonly applies: (evidence: Evidence) => string | null
}

const MANY_FAILURES = 10
const FEW_SIGN_INS = 3

const isTrusted = ({ facts }: Evidence): boolean => facts.deviceToken === 'trusted'
/** Rules about signing in do not bite again on every operation of a session that has passed them. */
const isUntrustedSignIn = (evidence: Evidence): boolean => !evidence.inSession && !isTrusted(evidence)

/** Highest level first, so that the lift is put down to the rule that asks for most. */
const HARD_RULES: readonly HardRule[] = [
  {
    code: 'RULE_FOREIGN_DEVICE_TOKEN',
    atLeast: 'CRITICAL',
    applies: ({ facts }) => (facts.deviceToken === 'foreign' ? 'a foreign or copied device token' : null),
  },
  {
    code: 'RULE_IMPOSSIBLE_TRAVEL',
    atLeast: 'HIGH',
    applies: (evidence) => {
      const travel = isTrusted(evidence) ? null : judgeTravel(evidence)
      if (travel?.kind !== 'impossible') return null
      return `at least ${Math.round(travel.km)} km in ${travel.hours.toFixed(2)} h`
    },
  },
  {
    code: 'RULE_TRAVEL_UNVERIFIABLE',
    atLeast: 'HIGH',
    applies: (evidence) => {
      const travel = isTrusted(evidence) ? null : judgeTravel(evidence)
      return travel?.kind === 'unverifiable' ? 'too soon after the last place to come from an unknown one' : null
    },
  },
  {
    code: 'RULE_CREDENTIAL_CHANGED',
    atLeast: 'HIGH',
    applies: (evidence) =>
      isUntrustedSignIn(evidence) && isCredentialFresh(evidence) ? 'credentials changed less than 24 h ago' : null,
  },
  {
    code: 'RULE_FAILED_ATTEMPTS',
    atLeast: 'MEDIUM',
    applies: (evidence) =>
      isUntrustedSignIn(evidence) && countOf(evidence.facts.failedAttempts) >= MANY_FAILURES
        ? `${MANY_FAILURES} failures or more within an hour`
        : null,
  },
  {
    code: 'RULE_PRIVILEGED',
    atLeast: 'MEDIUM',
    applies: (evidence) =>
      isUntrustedSignIn(evidence) && evidence.facts.privileged ? 'a privileged account on an untrusted device' : null,
  },
  {
    code: 'RULE_COLD_START',
    atLeast: 'MEDIUM',
    applies: (evidence) =>
      isUntrustedSignIn(evidence) && (evidence.history?.learned ?? 0) < FEW_SIGN_INS
        ? 'too few sign-ins to judge by'
        : null,
  },
  {
    code: 'RULE_NO_HISTORY',
    atLeast: 'MEDIUM',
    applies: ({ history }) => (history === null ? 'no profile, or it could not be read' : null),
  },
]

/** The signals' contributions and, for every hard rule that applies, what lifts their sum to its level. */
export function withHardRules(
  contributions: readonly Contribution[],
  evidence: Evidence,
  thresholds: RiskThresholds,
): readonly Contribution[] {
  let all = contributions
  for (const { code, atLeast, applies } of HARD_RULES) {
    const detail = applies(evidence)
    if (detail !== null) all = [...all, lift(code, scoreOf(all), floorOf(atLeast, thresholds), detail)]
  }
  return all
}
