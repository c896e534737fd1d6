import type { DeviceTokenState } from '../../src/risk/index.js'

/** One sign-in as a gateway sees it: what arrives with the request, and nothing that only the simulation knows. */
export interface SignInEvent {
  /** Milliseconds since 1970, UTC. Events come in the order of time. */
  readonly at: number
  readonly userId: string
  readonly address: string
  /** ISO 3166-1 alpha-2; empty if unknown. */
  readonly country: string
  /** Null if unknown. */
  readonly asn: number | null
  readonly place: EventPlace | null
  readonly userAgent: string
  /**
   * The cookie jar the request came with, if it holds a device token; null without. Policies remember whom they trust.
   */
  readonly cookie: string | null
  /** A state that was recorded with the event; null: the policy works it out from `cookie`. */
  readonly deviceToken: DeviceTokenState | null
  /** Primary language tag; empty when none was sent. */
  readonly language: string
  /** IANA name; empty when none was sent. */
  readonly timeZone: string
  /** Whether the first factor was right. Attackers have the right password unless they guess. */
  readonly successful: boolean
}

export interface EventPlace {
  readonly latitude: number
  readonly longitude: number
  /** How far off the point may be; null when the source does not say. */
  readonly radiusKm: number | null
}

/** What only the simulation knows. It reaches the measurement and never a policy. */
export interface Truth {
  /** Empty: the person. */
  readonly attacker: string
  /** What kind of person it is, for tables by group, such as `traveller`, `vpn`, `private-mode`, `daily`. */
  readonly groups: readonly string[]
}

export interface TrueEvent {
  readonly event: SignInEvent
  readonly truth: Truth
}
