import type { NetworkClass } from '../networks/index.js'

/** `trusted`: remembered after MFA; `known`: valid but not remembered; `foreign`: not this person's, or used up. */
export type DeviceTokenState = 'trusted' | 'known' | 'none' | 'foreign'

/** A value as 48 bits of a keyed hash. It tells the values of one person apart and cannot be reversed. */
export type Key = number

/** Rounded to a tenth of a degree, about 11 km. */
export type Place = { readonly latitude: number; readonly longitude: number; readonly radiusKm: number }

/** From coarse to fine; `browser` implies `system`. A client that says nothing has a key of its own. */
export type ObservedAgent = {
  /** Operating system and form (mobile or desktop). */
  readonly system: Key
  /** Browser family on that system. */
  readonly browser: Key
  /** Compared by direction only, since browsers change it every month. */
  readonly major: number | null
}

/** What one request showed, as keyed hashes: what profiles learn and sessions keep. Plain, so it can be stored. */
export type Observation = {
  /** Null when there is no geo data to ask; an address that the data does not know is a country of its own. */
  readonly country: Key | null
  /** The ASN, or `prefix` where no ASN is known; null when the address cannot be read. */
  readonly network: Key | null
  /** /16 or /32. */
  readonly prefix: Key | null
  /** /24 or /48. */
  readonly subnet: Key | null
  /** /32 or /64. */
  readonly host: Key | null
  readonly networkClass: NetworkClass | null
  readonly place: Place | null
  readonly agent: ObservedAgent
  /** Primary language; null when it was not looked at. */
  readonly language: Key | null
  /** Time zone as the client reports it; null when it was not looked at. */
  readonly timeZone: Key | null
  readonly device: Key | null
}

/** Whether two requests look like one client in one place. Values that are unknown in both count as equal. */
export const isSameClient = (a: Observation, b: Observation): boolean =>
  a.country === b.country && a.network === b.network && a.agent.browser === b.agent.browser

/** What `observe` answered when the session was started or last stepped up. */
export interface ProvedSession {
  readonly observation: Observation
  readonly provedAt: Date
}
