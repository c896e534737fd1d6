import type { RiskThresholds } from '../kernel/risk-thresholds.js'
import { lift, scoreOf, type Contribution, type Finding } from './contribution.js'
import type { Evidence } from './evidence.js'
import { countOf } from './profile/profile.js'
import { isWherePassed } from './recent-step-up.js'
import { floorOf, type RiskLevel } from './risk.js'
import { FRESH_CREDENTIAL_HOURS, isCredentialFresh } from './signals/credential-change.js'
import { atLeastNone } from './signals/failed-here.js'
import { sightingsOfNetwork, whereIs } from './signals/network.js'
import { judgeTravel } from './signals/impossible-travel.js'

/** A minimum level that no other signal can lower. */
interface HardRule {
  readonly atLeast: Exclude<RiskLevel, 'LOW'>
  /** Why it applies, or null. */
  readonly applies: (evidence: Evidence) => Finding | null
}

const MANY_FAILURES = 10
const FEW_SIGN_INS = 3

const isTrusted = ({ facts }: Evidence): boolean => facts.deviceToken === 'trusted'
/** Rules about sign-ins do not apply again to every operation of the session. */
const isUntrustedSignIn = (evidence: Evidence): boolean => !evidence.inSession && !isTrusted(evidence)

/** Highest level first, so the lift is attributed to the strictest rule. */
const HARD_RULES: readonly HardRule[] = [
  {
    atLeast: 'CRITICAL',
    applies: ({ facts }) => (facts.deviceToken === 'foreign' ? { code: 'RULE_FOREIGN_DEVICE_TOKEN' } : null),
  },
  { atLeast: 'HIGH', applies: listed },
  {
    atLeast: 'HIGH',
    applies: (evidence) => {
      const travel = isTrusted(evidence) ? null : judgeTravel(evidence)
      if (travel?.kind !== 'impossible') return null
      const [km, seconds] = [Math.round(travel.km), Math.round(travel.hours * 3600)]
      return { code: 'RULE_IMPOSSIBLE_TRAVEL', facts: { km, seconds } }
    },
  },
  {
    atLeast: 'HIGH',
    applies: (evidence) => {
      const travel = isTrusted(evidence) ? null : judgeTravel(evidence)
      return travel?.kind === 'unverifiable' ? { code: 'RULE_TRAVEL_UNVERIFIABLE' } : null
    },
  },
  {
    atLeast: 'HIGH',
    applies: (evidence) =>
      isUntrustedSignIn(evidence) && isCredentialFresh(evidence)
        ? { code: 'RULE_CREDENTIAL_CHANGED', facts: { withinHours: FRESH_CREDENTIAL_HOURS } }
        : null,
  },
  {
    atLeast: 'HIGH',
    applies: (evidence) =>
      hasOtherBrowser(evidence) && hasOtherCountry(evidence)
        ? { code: 'RULE_SESSION_MOVED', facts: { to: 'browser-and-country' } }
        : null,
  },
  {
    atLeast: 'MEDIUM',
    applies: (evidence) => {
      const [browser, country] = [hasOtherBrowser(evidence), hasOtherCountry(evidence)]
      if (browser === country) return null
      return { code: 'RULE_SESSION_MOVED', facts: { to: browser ? 'browser' : 'country' } }
    },
  },
  { atLeast: 'MEDIUM', applies: tokenMoved },
  { atLeast: 'MEDIUM', applies: travelled },
  {
    atLeast: 'MEDIUM',
    applies: (evidence) => {
      const failures = atLeastNone(evidence.facts.failedAttempts)
      if (!isUntrustedSignIn(evidence) || failures < MANY_FAILURES) return null
      return { code: 'RULE_FAILED_ATTEMPTS', facts: { failures } }
    },
  },
  {
    // No higher: strangers can cause it, so it must not block an account.
    atLeast: 'MEDIUM',
    applies: ({ inSession, facts }) =>
      !inSession && facts.deviceToken === 'none' && facts.isUnderAttack === true ? { code: 'RULE_UNDER_ATTACK' } : null,
  },
  {
    atLeast: 'MEDIUM',
    applies: (evidence) =>
      isUntrustedSignIn(evidence) && evidence.facts.privileged ? { code: 'RULE_PRIVILEGED' } : null,
  },
  {
    atLeast: 'MEDIUM',
    applies: (evidence) => {
      const { inSession, facts, history } = evidence
      if (inSession || facts.deviceToken !== 'none' || history.learned >= FEW_SIGN_INS) return null
      return isWherePassed(evidence) ? null : { code: 'RULE_COLD_START', facts: { fewerThan: FEW_SIGN_INS } }
    },
  },
  {
    atLeast: 'MEDIUM',
    applies: ({ history }) => (history.learned === 0 ? { code: 'RULE_NO_HISTORY' } : null),
  },
]

/** The contributions of the signals, plus one for each hard rule that applies. It lifts the sum to the rule's level. */
export function withHardRules(
  contributions: readonly Contribution[],
  evidence: Evidence,
  thresholds: RiskThresholds,
): readonly Contribution[] {
  let all = contributions
  for (const { atLeast, applies } of HARD_RULES) {
    const finding = applies(evidence)
    if (finding !== null) all = [...all, lift(finding, scoreOf(all), floorOf(atLeast, thresholds))]
  }
  return all
}

function listed(evidence: Evidence): Finding | null {
  const { listed: entry, seen } = evidence
  if (entry.verdict === 'blocked' && (entry.by === 'device' || !isTrusted(evidence))) {
    return { code: 'RULE_LISTED', facts: { by: entry.by } }
  }
  const isTor = seen.observation.networkClass === 'tor' && entry.verdict !== 'allowed'
  return isTor && !isTrusted(evidence) ? { code: 'RULE_LISTED', facts: { by: 'tor' } } : null
}

/** A cookie does not move between browsers by itself, so the token was copied (R088). */
function tokenMoved({ facts, seen: { observation }, history }: Evidence): Finding | null {
  if (facts.deviceToken !== 'trusted' && facts.deviceToken !== 'known') return null
  const own = history.places.find(({ device }) => device !== 0 && device === observation.device)
  const { browser } = observation.agent
  const isItsOwn = own ? own.browser === browser : countOf(history.browsers, browser) > 0
  return isItsOwn || history.learned === 0 ? null : { code: 'RULE_TOKEN_MOVED' }
}

/**
 * Attackers and token thieves are mostly abroad. The score weighs that too little when a token vouches or history is
 * short. Where countries are unknown, a new network counts like a new country (R088).
 */
function travelled(evidence: Evidence): Finding | null {
  const { facts, seen, history, inSession } = evidence
  if (inSession || history.learned === 0) return null
  if (isNewCountry(evidence)) return { code: 'RULE_NEW_COUNTRY', facts: { where: whereIs(seen) } }
  const hasToken = facts.deviceToken === 'trusted' || facts.deviceToken === 'known'
  if (!hasToken || seen.observation.country !== null) return null
  return sightingsOfNetwork(evidence) === 0 ? { code: 'RULE_NEW_COUNTRY', facts: { where: 'network' } } : null
}

function hasOtherBrowser({ inSession, facts: { session }, seen }: Evidence): boolean {
  return inSession && session !== null && session.observation.agent.browser !== seen.observation.agent.browser
}

const hasOtherCountry = (evidence: Evidence): boolean => evidence.inSession && isNewCountry(evidence)

/** If the data moves a familiar network to another country, the data changed and the person did not. */
function isNewCountry({ seen: { observation }, history }: Evidence): boolean {
  const { country, subnet } = observation
  return country !== null && countOf(history.countries, country) === 0 && countOf(history.subnets, subnet) === 0
}
