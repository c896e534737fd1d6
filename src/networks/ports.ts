import type { NetworkClass } from './classes/network-class.js'

/** The known location of an address: a point and its accuracy. */
export interface GeoPlace {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly latitude: number
  readonly longitude: number
  /** The accuracy radius; null when the source has none. */
  readonly radiusKm: number | null
}

/** Why there is no place: the address is not in the data, the data is still loading, broken, or not configured. */
export type GeoGap = 'not-found' | 'not-ready' | 'failed' | 'off'

export type GeoAnswer =
  { readonly kind: 'place'; readonly place: GeoPlace } | { readonly kind: 'gap'; readonly gap: GeoGap }

/**
 * Address → place, from memory or a file. Only called with public addresses. An answer is validated, so it need not be trusted.
 */
export interface GeoLookup {
  locate(address: string): GeoAnswer
  /** Opens the data; call once at start, without waiting. Never rejects: until it is done `locate` says `not-ready`. */
  warmUp(): Promise<void>
}

/** What is known about an address's network. */
export interface NetworkAnswer {
  /** Null: unknown; `gap` says why. */
  readonly asn: number | null
  /** Null: an access network where people live, or unknown. */
  readonly class: NetworkClass | null
  readonly gap: GeoGap | null
}

/** Address → network, from memory. Only called with public addresses; never throws. */
export interface NetworkLookup {
  lookup(address: string): NetworkAnswer
}
