/** How often a person signs in; also the name of the group. */
export type GapClass = 'daily' | 'few-days' | 'weekly' | 'few-weeks' | 'rare'

/** How often a person uses private windows. */
export type PrivacyHabit = 'private-seldom' | 'private-sometimes' | 'private-often'

export type Whereabouts = 'home' | 'work' | 'mobile' | 'other'

/** A stretch of whole weeks since the start: from the first, up to and without the second. */
export interface Weeks {
  readonly from: number
  readonly until: number
}

/**
 * Everything about the simulated world that can be turned. Shares are fractions, times are days where not said
 * otherwise.
 */
export interface WorldSettings {
  readonly people: number
  readonly days: number
  /** Milliseconds since 1970, UTC. */
  readonly startsAt: number
  /** Where people live, most first; their numbers follow Zipf's law. */
  readonly countries: readonly string[]
  readonly countryExponent: number
  /** Where people travel and naive attackers live as well, most first. */
  readonly furtherCountries: readonly string[]

  readonly gaps: Readonly<Record<GapClass, { readonly share: number; readonly meanDays: number }>>
  readonly mistypedShare: number

  readonly places: Readonly<Record<Whereabouts, number>>
  readonly fixedLineHazardPerDay: number
  /** How many mobile addresses are still the same after one day and after thirty. */
  readonly mobileSurvival: { readonly oneDay: number; readonly thirtyDays: number }
  readonly cgnatShare: number
  readonly cgnatAddressesPerCarrier: number
  readonly officeSize: number
  readonly householdShare: number
  readonly sharedDeviceShare: number

  readonly tripPerThreeDays: number
  readonly tripMeanDays: number
  readonly tripAbroadShare: number

  readonly vpnPeopleShare: number
  readonly vpnUse: number
  /** How many VPN people leave in their own country. */
  readonly vpnHomeExitShare: number

  /** How many people have one, two and three devices. */
  readonly deviceCounts: readonly number[]
  readonly deviceLifeDays: number
  readonly cookieLifeDays: number
  readonly secondBrowserShare: number
  readonly browserLagDays: number
  readonly privateWindows: Readonly<Record<PrivacyHabit, { readonly share: number; readonly use: number }>>

  readonly attacks: AttackSettings
}

export interface AttackSettings {
  /** Every attacker tries each of these people once during the campaign. */
  readonly victimShare: number
  /** Every attacker tries each of these people right after their N-th sign-in, for the N below. */
  readonly probedShare: number
  readonly probedSizes: readonly number[]
  readonly campaign: Weeks
  /** The time the campaign is compared with. */
  readonly quiet: Weeks
  /** Accounts the stuffing campaign tries; victims of the other attackers are left out. */
  readonly stuffedShare: number
  /** How often the stuffed password is the right one. */
  readonly stuffingHitRate: number
  /** How many addresses the stuffing campaign comes from, for each of the people. */
  readonly botnetShare: number
  /** How often the poisoner comes back during the campaign. */
  readonly poisonerVisits: number
}

/** The world of the published tables. */
export const DEFAULT_WORLD: WorldSettings = {
  people: 10_000,
  days: 365,
  startsAt: Date.UTC(2025, 0, 6),
  countries: ['US', 'DE', 'GB', 'FR', 'BR', 'IN', 'ES', 'IT', 'JP', 'NL', 'PL', 'MX', 'CA', 'AU', 'TR', 'NO'],
  countryExponent: 1,
  furtherCountries: ['RU', 'CN', 'NG', 'VN', 'ID', 'PT', 'TH', 'GR', 'RO', 'UA', 'AT', 'PK', 'AR', 'AE'],

  gaps: {
    daily: { share: 0.25, meanDays: 1 },
    'few-days': { share: 0.25, meanDays: 3 },
    weekly: { share: 0.25, meanDays: 7 },
    'few-weeks': { share: 0.15, meanDays: 21 },
    rare: { share: 0.1, meanDays: 60 },
  },
  mistypedShare: 0.08,

  places: { home: 0.5, work: 0.15, mobile: 0.3, other: 0.05 },
  fixedLineHazardPerDay: 0.0075,
  mobileSurvival: { oneDay: 0.7, thirtyDays: 0.116 },
  cgnatShare: 0.3,
  cgnatAddressesPerCarrier: 48,
  officeSize: 20,
  householdShare: 0.2,
  sharedDeviceShare: 0.03,

  tripPerThreeDays: 0.012,
  tripMeanDays: 6,
  tripAbroadShare: 0.7,

  vpnPeopleShare: 0.08,
  vpnUse: 0.3,
  vpnHomeExitShare: 0.7,

  deviceCounts: [0.35, 0.45, 0.2],
  deviceLifeDays: 540,
  cookieLifeDays: 200,
  secondBrowserShare: 0.1,
  browserLagDays: 14,
  privateWindows: {
    'private-seldom': { share: 0.6, use: 0.01 },
    'private-sometimes': { share: 0.32, use: 0.05 },
    'private-often': { share: 0.08, use: 0.3 },
  },

  attacks: {
    victimShare: 0.15,
    probedShare: 0.05,
    probedSizes: [1, 2, 4, 8, 12, 20, 39],
    campaign: { from: 30, until: 34 },
    quiet: { from: 24, until: 28 },
    stuffedShare: 0.3,
    stuffingHitRate: 0.03,
    botnetShare: 0.075,
    poisonerVisits: 10,
  },
}

/**
 * People who look new more often: private windows, VPNs, phones and cleared cookies. A budget chosen for the world above
 * can be too small for them. What attackers do is the same.
 */
export const RESTLESS_WORLD: WorldSettings = {
  ...DEFAULT_WORLD,
  places: { home: 0.4, work: 0.1, mobile: 0.43, other: 0.07 },
  fixedLineHazardPerDay: 0.015,
  tripPerThreeDays: 0.018,
  vpnPeopleShare: 0.2,
  vpnUse: 0.4,
  cookieLifeDays: 120,
  secondBrowserShare: 0.15,
  privateWindows: {
    'private-seldom': { share: 0.45, use: 0.02 },
    'private-sometimes': { share: 0.37, use: 0.08 },
    'private-often': { share: 0.18, use: 0.35 },
  },
}

/** `--quick`: fewer people, and more attempts for each of them so that percentages still mean something. */
export const QUICK_WORLD: WorldSettings = {
  ...DEFAULT_WORLD,
  people: 2000,
  attacks: { ...DEFAULT_WORLD.attacks, victimShare: 0.3, probedShare: 0.1, stuffingHitRate: 0.1 },
}
