import type { Key, Place } from '../observation.js'

/** How often a value was seen in proved sign-ins and step-ups, as of `RiskProfile.at`, and on which day last. */
export interface Counted {
  readonly key: Key
  /** The coarser value it was seen under; 0 at the top of a chain. */
  readonly parent: Key
  /** Decays by the age of what was seen; never whole for long. */
  readonly count: number
  /** Days since 1970. */
  readonly day: number
}

export interface CountedBrowser extends Counted {
  /** The newest version seen; null when it never told. */
  readonly major: number | null
}

/** Where a device was last, and the browser that it showed. */
export interface DevicePlace {
  /** 0: no token named a device. */
  readonly device: Key
  readonly browser: Key
  readonly place: Place | null
  /** Whether its traffic came by way of a hosting network, a VPN or a relay: then the place is not the person's. */
  readonly relayed: boolean
  /** Milliseconds since 1970. */
  readonly at: number
}

/** The last step-up that was passed: while it is fresh, the same client in the same network is not asked again. */
export interface PassedStepUp {
  readonly at: number
  readonly score: number
  readonly device: Key
  readonly browser: Key
  readonly network: Key
  readonly host: Key
}

/** What is usual for one person: of bounded size, and without anything that leads back to a place or an address. */
export interface RiskProfile {
  /** The time, in milliseconds since 1970, the counts are as of. */
  readonly at: number
  /** When its first lesson was, in milliseconds since 1970: what was proved before that is not in it. */
  readonly since: number
  /** How many proved sign-ins and step-ups it was learned from. */
  readonly learned: number
  /** The same, decayed. */
  readonly total: number
  readonly countries: readonly Counted[]
  readonly networks: readonly Counted[]
  readonly prefixes: readonly Counted[]
  readonly subnets: readonly Counted[]
  readonly hosts: readonly Counted[]
  readonly systems: readonly Counted[]
  readonly browsers: readonly CountedBrowser[]
  readonly languages: readonly Counted[]
  readonly timeZones: readonly Counted[]
  /** Sign-ins that brought a valid device token, and those that did not; decayed. */
  readonly withToken: number
  readonly withoutToken: number
  /** How alike the client's attributes were to a known device, by `FINGERPRINT_BINS`. */
  readonly fingerprints: readonly number[]
  /** Sign-ins by `HOUR_BINS` of the week in UTC. */
  readonly hours: readonly number[]
  readonly places: readonly DevicePlace[]
  readonly passed: PassedStepUp | null
}

/** The most values a profile holds of each kind; the one not seen for longest makes room. */
export const PROFILE_LIMITS = {
  countries: 10,
  networks: 16,
  prefixes: 16,
  subnets: 32,
  hosts: 32,
  systems: 6,
  browsers: 10,
  languages: 4,
  timeZones: 4,
  places: 8,
} as const

/** None, some, most and all attributes of the most similar known device. */
export const FINGERPRINT_BINS = 4
/** Of three hours each. */
export const HOUR_BINS = 56

const MS_PER_DAY = 86_400_000
/** Nothing older is kept: it adds little (Wiefling et al., TOPS 2022), and keeping it would need a reason. */
export const KEPT_DAYS = 180
/** Counts fall to 1/e in this time. */
const DECAY_DAYS = 90

export const emptyProfile: RiskProfile = Object.freeze({
  at: 0,
  since: 0,
  learned: 0,
  total: 0,
  countries: [],
  networks: [],
  prefixes: [],
  subnets: [],
  hosts: [],
  systems: [],
  browsers: [],
  languages: [],
  timeZones: [],
  withToken: 0,
  withoutToken: 0,
  fingerprints: Array.from({ length: FINGERPRINT_BINS }, () => 0),
  hours: Array.from({ length: HOUR_BINS }, () => 0),
  places: [],
  passed: null,
})

export const dayOf = (at: number): number => Math.floor(at / MS_PER_DAY)

/** What is left of a count after a time; 1 when the clock went back or cannot be read. */
export function decayOver(fromMs: number, toMs: number): number {
  const days = (toMs - fromMs) / MS_PER_DAY
  return days > 0 ? Math.exp(-days / DECAY_DAYS) : 1
}

export const countOf = (list: readonly Counted[], key: Key | null): number => find(list, key)?.count ?? 0

export function find<T extends Counted>(list: readonly T[], key: Key | null): T | null {
  if (key === null) return null
  for (const entry of list) if (entry.key === key) return entry
  return null
}

/** How many different values were seen under a parent, each counting as far as its sightings have not faded. */
export function distinctUnder(list: readonly Counted[], parent: Key): number {
  let distinct = 0
  for (const entry of list) if (entry.parent === parent) distinct += Math.min(1, entry.count)
  return distinct
}

/** 0 to `HOUR_BINS` − 1. */
export function hourBinOf(at: number): number {
  const hours = Math.floor(at / 3_600_000)
  return Number.isFinite(hours) ? Math.floor((((hours % 168) + 168) % 168) / (168 / HOUR_BINS)) : 0
}
