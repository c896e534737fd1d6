/** `trusted`: remembered after MFA; `known`: valid but not remembered; `foreign`: not this person's, or used up. */
export type DeviceTokenState = 'trusted' | 'known' | 'none' | 'foreign'

/** Rounded to a tenth of a degree, about 11 km. */
export type Place = { readonly latitude: number; readonly longitude: number; readonly radiusKm: number }

/** Keyed hashes from coarse to fine; `browser` implies `system`. A client that says nothing has a hash of its own. */
export type ObservedAgent = {
  /** Operating system and form (mobile or desktop). */
  readonly system: string
  /** Browser family on that system. */
  readonly browser: string
  /** Compared by direction only, since browsers change it every month. */
  readonly major: number | null
}

/** What one request showed, as keyed hashes: what profiles learn and sessions keep. Plain, so it can be stored. */
export type Observation = {
  readonly country: string | null
  /** /16 or /32; null when the address cannot be read. */
  readonly network: string | null
  /** /24 or /48. */
  readonly subnet: string | null
  readonly place: Place | null
  readonly agent: ObservedAgent
  readonly device: string | null
}

/** Whether two requests look like one client in one place. What nobody knows of both is no difference. */
export const isSameClient = (a: Observation, b: Observation): boolean =>
  a.country === b.country && a.network === b.network && a.agent.browser === b.agent.browser

/** What `observe` answered when the session was started or last stepped up. */
export interface ProvedSession {
  readonly observation: Observation
  readonly provedAt: Date
}
