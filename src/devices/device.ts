import type { AccountId, DeviceId } from '../kernel/ids.js'

/** A browser or app we have seen this person use. */
export interface Device {
  readonly id: DeviceId
  readonly name: string
  /** SHA-256 of the secret in the device's token. */
  readonly secretHash: string
  /** The secret before it, accepted for a short while because answers get lost and tabs race. */
  readonly previousSecretHash: string | null
  readonly rotatedAt: Date
  readonly firstSeenAt: Date
  readonly lastSeenAt: Date
  /** Set when the person asked for it right after proving MFA here; absolute, never moved by use. */
  readonly rememberedUntil: Date | null
  readonly userAgent: string
  readonly address: string
  /** Keyed hashes of attributes the client reported about itself, by attribute name: a weak signal, never proof. */
  readonly fingerprint: Readonly<Record<string, string>>
}

export type Devices = Readonly<Record<DeviceId, Device>>

export interface DeviceSettings {
  /** How long a device is remembered, 1 to 365 days. */
  readonly rememberDays: number
  /** How long the secret before the current one is still accepted. */
  readonly rotationGraceSeconds: number
  readonly maxPerAccount: number
}

/** What a presented device token proves: a remembered device, one we know, nothing, or somebody's copy of an old token. */
export type DeviceTokenState = 'trusted' | 'known' | 'none' | 'foreign'

export interface RecognizedDevice {
  readonly state: DeviceTokenState
  readonly device: Device | null
}

/** A device credential for its client; plain, so never stored or logged. */
export interface DeviceCredential {
  readonly accountId: AccountId
  readonly token: string
  readonly expiresAt: Date
}
