import type { RiskThresholds } from '../kernel/risk-thresholds.js'
import { lift, scoreOf, type Contribution, type ContributionCode } from './contribution.js'
import type { Evidence } from './evidence.js'
import { countOf } from './profile/profile.js'
import { isWherePassed } from './recent-step-up.js'
import { floorOf, type RiskLevel } from './risk.js'
import { isCredentialFresh } from './signals/credential-change.js'
import { atLeastNone } from './signals/failed-here.js'
import { sightingsOfNetwork } from './signals/network.js'
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
  { code: 'RULE_LISTED', atLeast: 'HIGH', applies: listed },
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
    code: 'RULE_SESSION_MOVED',
    atLeast: 'HIGH',
    applies: (evidence) =>
      hasOtherBrowser(evidence) && hasOtherCountry(evidence)
        ? 'the session turned up in another browser and a new country'
        : null,
  },
  {
    code: 'RULE_SESSION_MOVED',
    atLeast: 'MEDIUM',
    applies: (evidence) => {
      const [browser, country] = [hasOtherBrowser(evidence), hasOtherCountry(evidence)]
      if (browser === country) return null
      return browser ? 'the session turned up in another browser' : 'the session turned up in a new country'
    },
  },
  { code: 'RULE_TOKEN_MOVED', atLeast: 'MEDIUM', applies: tokenMoved },
  { code: 'RULE_NEW_COUNTRY', atLeast: 'MEDIUM', applies: travelled },
  {
    code: 'RULE_FAILED_ATTEMPTS',
    atLeast: 'MEDIUM',
    applies: (evidence) =>
      isUntrustedSignIn(evidence) && atLeastNone(evidence.facts.failedAttempts) >= MANY_FAILURES
        ? `${MANY_FAILURES} failures or more within an hour`
        : null,
  },
  {
    // No higher: strangers cause it, and it must not block anybody.
    code: 'RULE_UNDER_ATTACK',
    atLeast: 'MEDIUM',
    applies: ({ inSession, facts }) =>
      !inSession && facts.deviceToken === 'none' && facts.isUnderAttack === true
        ? 'failed sign-ins in all have used up their budget'
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
    applies: (evidence) => {
      const { inSession, facts, history } = evidence
      if (inSession || facts.deviceToken !== 'none' || history.learned >= FEW_SIGN_INS) return null
      return isWherePassed(evidence) ? null : 'too few sign-ins to judge by'
    },
  },
  {
    code: 'RULE_NO_HISTORY',
    atLeast: 'MEDIUM',
    applies: ({ history }) => (history.learned === 0 ? 'no profile, or it could not be read' : null),
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

function listed(evidence: Evidence): string | null {
  const { listed: entry, seen } = evidence
  if (entry.verdict === 'blocked' && (entry.by === 'device' || !isTrusted(evidence))) return 'on the block list'
  const isTor = seen.observation.networkClass === 'tor' && entry.verdict !== 'allowed'
  return isTor && !isTrusted(evidence) ? 'an exit of the Tor network' : null
}

/** A cookie does not move from one browser to another by itself, so one that did was carried (R088). */
function tokenMoved({ facts, seen: { observation }, history }: Evidence): string | null {
  if (facts.deviceToken !== 'trusted' && facts.deviceToken !== 'known') return null
  const own = history.places.find(({ device }) => device !== 0 && device === observation.device)
  const { browser } = observation.agent
  const isItsOwn = own ? own.browser === browser : countOf(history.browsers, browser) > 0
  return isItsOwn || history.learned === 0 ? null : 'its device was proved with another browser or system'
}

/**
 * Attackers and thieves of tokens are mostly abroad, which the score makes little of where a token vouches or history is short.
 * Where countries cannot be told, every network that is new counts like a new country (R088).
 */
function travelled(evidence: Evidence): string | null {
  const { facts, seen, history, inSession } = evidence
  if (inSession || history.learned === 0) return null
  if (isNewCountry(evidence)) return 'a country never seen for this account'
  const hasToken = facts.deviceToken === 'trusted' || facts.deviceToken === 'known'
  if (!hasToken || seen.observation.country !== null) return null
  return sightingsOfNetwork(evidence) === 0 ? 'its device is in a new network, and its country cannot be told' : null
}

function hasOtherBrowser({ inSession, facts: { session }, seen }: Evidence): boolean {
  return inSession && session !== null && session.observation.agent.browser !== seen.observation.agent.browser
}

const hasOtherCountry = (evidence: Evidence): boolean => evidence.inSession && isNewCountry(evidence)

/** Data that puts a familiar place elsewhere has changed; the person has not moved. */
function isNewCountry({ seen: { observation }, history }: Evidence): boolean {
  const { country, subnet } = observation
  return country !== null && countOf(history.countries, country) === 0 && countOf(history.subnets, subnet) === 0
}
