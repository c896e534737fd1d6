import type { NetworkClass } from '../networks/index.js'
import type { PlaceGap } from './place-gap.js'

/** What a person may be told: never a score, a place or an address. */
export type PersonReason =
  | 'new device'
  | 'unusual device'
  | 'unusual network'
  | 'unusual location'
  | 'failed attempts'
  | 'recent security change'
  | 'unusual activity'

/** Every code, and its reason in words for the person; null if the person is told nothing. */
export const CONTRIBUTION_CODES = {
  DEVICE_TOKEN_TRUSTED: null,
  DEVICE_TOKEN_KNOWN: null,
  DEVICE_TOKEN_NONE: 'new device',
  DEVICE_TOKEN_FOREIGN: 'unusual device',
  SESSION_CONTINUES: null,
  COUNTRY_USUAL: null,
  COUNTRY_NEW: 'unusual location',
  COUNTRY_UNKNOWN: 'unusual location',
  NETWORK_USUAL: null,
  NETWORK_NEW_ASN: 'unusual network',
  NETWORK_NEW: 'unusual network',
  NETWORK_HOSTING: 'unusual network',
  SUBNET_USUAL: null,
  SUBNET_NEW: 'unusual network',
  ADDRESS_USUAL: null,
  ADDRESS_NEW: 'unusual network',
  AGENT_USUAL_SYSTEM: null,
  AGENT_NEW_SYSTEM: 'new device',
  AGENT_USUAL_BROWSER: null,
  AGENT_NEW_BROWSER: 'new device',
  AGENT_VERSION_FORWARD: null,
  AGENT_VERSION_BACK: 'unusual device',
  FINGERPRINT_ALIKE: null,
  FINGERPRINT_UNLIKE: 'unusual device',
  LANGUAGE_USUAL: null,
  LANGUAGE_NEW: 'unusual device',
  TIME_ZONE_USUAL: null,
  TIME_ZONE_NEW: 'unusual location',
  TIME_USUAL: null,
  TIME_UNUSUAL: 'unusual activity',
  PRIOR_ODDS: null,
  FAILED_ATTEMPTS: 'failed attempts',
  NAMES_FAILED_NEARBY: 'failed attempts',
  MAIL_HELD_BACK: 'unusual activity',
  LISTED: 'unusual network',
  CREDENTIAL_CHANGED: 'recent security change',
  PROMPT_DENIED: 'unusual activity',
  ACCOUNT_DORMANT: 'unusual activity',
  ACCOUNT_PRIVILEGED: null,
  STEP_UP_PASSED: null,
  RULE_FOREIGN_DEVICE_TOKEN: 'unusual device',
  RULE_LISTED: 'unusual network',
  RULE_IMPOSSIBLE_TRAVEL: 'unusual location',
  RULE_TRAVEL_UNVERIFIABLE: 'unusual location',
  RULE_CREDENTIAL_CHANGED: 'recent security change',
  RULE_FAILED_ATTEMPTS: 'failed attempts',
  RULE_UNDER_ATTACK: 'unusual activity',
  RULE_PRIVILEGED: null,
  RULE_COLD_START: 'new device',
  RULE_NO_HISTORY: 'unusual activity',
  RULE_TOKEN_MOVED: 'unusual device',
  RULE_NEW_COUNTRY: 'unusual location',
  RULE_SESSION_MOVED: 'unusual device',
} as const satisfies Record<string, PersonReason | null>

export type ContributionCode = keyof typeof CONTRIBUTION_CODES

/**
 * What the codes say beyond themselves, as plain values. Never an address, a place or an agent string: contributions
 * are hashed into the audit log and stay there when its personal parts are erased (0051).
 */
export interface ContributionFacts {
  /** `unlocated`: the data has no place for the address, which counts as a country of its own. */
  COUNTRY_NEW: { readonly where: 'country' | 'unlocated' }
  /** `subnet`: the part of the network is familiar, so its country does not matter. */
  COUNTRY_USUAL: { readonly where: 'country' | 'unlocated' | 'subnet' }
  COUNTRY_UNKNOWN: { readonly gap: PlaceGap | 'unknown' }
  NETWORK_HOSTING: { readonly networkClass: NetworkClass }
  FAILED_ATTEMPTS: { readonly failures: number }
  NAMES_FAILED_NEARBY: { readonly moreThan: number }
  LISTED: { readonly by: 'device' | 'network' }
  CREDENTIAL_CHANGED: { readonly withinHours: number }
  PROMPT_DENIED: { readonly withinHours: number }
  ACCOUNT_DORMANT: { readonly days: number }
  STEP_UP_PASSED: { readonly withinHours: number }
  RULE_LISTED: { readonly by: 'device' | 'network' | 'tor' }
  /** Between the edges of the two places, so they are at least this far apart. */
  RULE_IMPOSSIBLE_TRAVEL: { readonly km: number; readonly seconds: number }
  RULE_CREDENTIAL_CHANGED: { readonly withinHours: number }
  RULE_FAILED_ATTEMPTS: { readonly failures: number }
  RULE_COLD_START: { readonly fewerThan: number }
  /** `network`: no country can be told, and the network is new. */
  RULE_NEW_COUNTRY: { readonly where: 'country' | 'unlocated' | 'network' }
  RULE_SESSION_MOVED: { readonly to: 'browser' | 'country' | 'browser-and-country' }
}

/** What was seen: told apart by `code`, each with its own facts; a code without facts says everything. */
export type Finding = {
  [Code in ContributionCode]: Code extends keyof ContributionFacts
    ? { readonly code: Code; readonly facts: ContributionFacts[Code] }
    : { readonly code: Code; readonly facts?: null }
}[ContributionCode]

/** A finding and what it adds to the score. A hard rule that fired without lifting anything shows 0 nats. */
export type Contribution = {
  [Code in ContributionCode]: {
    readonly code: Code
    readonly nats: number
    readonly facts: Code extends keyof ContributionFacts ? ContributionFacts[Code] : null
  }
}[ContributionCode]

// Multiples of 1/1024 add up exactly in any order, so the contributions sum to the score without rounding errors.
const GRID = 1024
// Far above every threshold, and small enough that sums on the grid stay exact.
const MOST_NATS = 1_000_000

/** A contribution on the grid. What is not a number counts as the most that can speak against the account. */
export function contribution({ code, facts = null }: Finding, nats: number): Contribution {
  const clipped = Number.isNaN(nats) ? MOST_NATS : Math.min(MOST_NATS, Math.max(-MOST_NATS, nats))
  // Adding 0 makes −0 plain 0, which would not survive JSON.
  return { code, nats: Math.round(clipped * GRID) / GRID + 0, facts } as Contribution
}

/** A contribution that lifts `score` to `floor` and no further; rounded up, so that it never falls short. */
export function lift(finding: Finding, score: number, floor: number): Contribution {
  return contribution(finding, Math.ceil(Math.max(0, floor - score) * GRID) / GRID)
}

export function scoreOf(contributions: readonly Contribution[]): number {
  return contributions.reduce((sum, { nats }) => sum + nats, 0)
}

/** The reasons to tell the person: each once, the weightiest first, and only those that raise the score. */
export function reasonsOf(contributions: readonly Contribution[]): readonly PersonReason[] {
  const against = contributions.filter(({ code, nats }) => nats > 0 || code.startsWith('RULE_'))
  const byWeight = against.sort((a, b) => b.nats - a.nats)
  const reasons = byWeight.map(({ code }): PersonReason | null => CONTRIBUTION_CODES[code])
  return [...new Set(reasons.filter((reason) => reason !== null))]
}
