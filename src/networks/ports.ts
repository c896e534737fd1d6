import type { NetworkClass } from './classes/network-class.js'

/** Where an address is, as far as anybody knows: a point and how far off it may be. */
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

/** Address → place, from memory. Given public addresses only. An answer is checked, so it need not be trusted. */
export interface GeoLookup {
  locate(address: string): GeoAnswer
  /** Loads the data; call once at start, without waiting. Never rejects: until it is done `locate` says `not-ready`. */
  warmUp(): Promise<void>
}

/** Whose network an address is in, as far as anybody knows. */
export interface NetworkAnswer {
  /** Null: it is not known; `gap` says why. */
  readonly asn: number | null
  /** Null: the network of people who live somewhere, or nobody knows. */
  readonly class: NetworkClass | null
  readonly gap: GeoGap | null
}

/** Address → network, from memory. Given public addresses only; never throws. */
export interface NetworkLookup {
  lookup(address: string): NetworkAnswer
}
