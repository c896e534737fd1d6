import type { Clock } from '../kernel/clock.js'
import type { GeoLookup, NetworkLookup } from '../networks/index.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { RiskThresholds } from '../kernel/risk-thresholds.js'
import type { RequestOrigin } from '../kernel/request-context.js'
import type { DeviceTokenState, Key, ProvedSession } from './observation.js'
import type { PopulationCounts } from './population/count-population.js'
import type { PackedProfile } from './profile/pack-profile.js'
import type { PromptBudget } from './prompt-budget.js'

/** What operators have listed; `by` says what the entry is about. */
export type Listed =
  { readonly verdict: 'none' } | { readonly verdict: 'allowed' | 'blocked'; readonly by: 'device' | 'network' }

export interface ListedSubject {
  readonly address: string
  readonly deviceId: string | null
}

export interface RiskDeps {
  readonly clock: Clock
  readonly geo: GeoLookup
  readonly networks: NetworkLookup
  /** Whether an operator has listed the address, its network or country, or the device. Answers from memory. */
  readonly listed: (subject: ListedSubject) => Listed
  readonly population: PopulationCounts
  /** 48 bits of a keyed hash, the same for the same value: profiles hold no address and no agent string. */
  readonly hash: (value: string) => Key
  readonly promptBudget: PromptBudget
}

export const RISK_PURPOSES = ['SIGN_IN', 'OPERATION', 'REFRESH'] as const
export type RiskPurpose = (typeof RISK_PURPOSES)[number]

/** What a request says that is no attempt to sign in. */
export const NO_ATTEMPT = Object.freeze({
  timeZone: null,
  fingerprintBin: null,
  failedAttempts: 0,
  failedHere: 0,
  namesFailedNearby: 0,
  credentialChangedAt: null,
}) satisfies Partial<RiskFacts>

/** What the caller knows. Facts about the account come from the one read it has already made. */
export interface RiskFacts {
  readonly purpose: RiskPurpose
  readonly origin: RequestOrigin
  readonly deviceToken: DeviceTokenState
  /** The device a `trusted` or `known` token names; null otherwise. */
  readonly deviceId: string | null
  /** Null when there is none yet or it could not be read; both mean that nothing is known to be usual. */
  readonly profile: PackedProfile | null
  /** `OPERATION` and `REFRESH`: where the session was last proved. Without it they are judged like a sign-in. */
  readonly session: ProvedSession | null
  /**
   * Time zone as the client reports it, or a hash of it; empty when it told none, null when it was not asked. What was
   * observed before is given as its key.
   */
  readonly timeZone: string | Key | null
  /**
   * How alike the client's attributes are to those of a known device, an index into `FINGERPRINT_BINS`; null: not
   * asked.
   */
  readonly fingerprintBin: number | null
  /** Failed first factors on this account within the last hour, from anywhere. Sign-in only. */
  readonly failedAttempts: number
  /** Failed first factors on this account within 24 hours, from the /24 or /48 of this request. Sign-in only. */
  readonly failedHere: number
  /** How many names had failed first factors from that /24 or /48 within the last hour. Sign-in only. */
  readonly namesFailedNearby: number
  /** How often budgets of mail to the account's mailbox ran out today. Left out: not at a sign-in. */
  readonly mailHeldBack?: number
  /** Whether failed sign-ins in all have used up their budget. Left out: not at a sign-in. */
  readonly isUnderAttack?: boolean
  /** The last password or recovery address change, or reset; null: never. Sign-in only. */
  readonly credentialChangedAt: Date | null
  /** The last successful sign-in before this one; null: unknown or none. Sign-in only. */
  readonly lastSignInAt: Date | null
  /** When a prompt was last denied or an event reported as "not me"; null: never. */
  readonly suspicionAt: Date | null
  /** Whether the account holds a role that reaches beyond its own affairs. */
  readonly privileged: boolean
  /** The kinds of its active factors. */
  readonly factorTypes: readonly FactorType[]
  /**
   * The thresholds of the person's organizations; the stricter of these and the installation's apply. Null: none of
   * their own.
   */
  readonly thresholds: RiskThresholds | null
}
