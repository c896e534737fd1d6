import type { NetworkClass } from '../classes/network-class.js'

/** Why there is no network: the address is not in the data, the data is still loading, broken, or not configured. */
export type AsnGap = 'not-found' | 'not-ready' | 'failed' | 'off'

/** The autonomous system of an address, and its built-in class; null: an access network, or unknown. */
export interface FoundAsn {
  readonly kind: 'found'
  readonly asn: number
  readonly class: NetworkClass | null
}

export type AsnAnswer = FoundAsn | { readonly kind: 'gap'; readonly gap: AsnGap }

/** Address → autonomous system, from memory. Never throws; an address that is not public is `not-found`. */
export interface AsnLookup {
  lookup(address: string): AsnAnswer
  /** Loads the data; call once at start, without waiting. Never rejects: until it is done `lookup` says `not-ready`. */
  warmUp(): Promise<void>
}
