import type { FactorType } from '../kernel/factor-type.js'
import type { AccountId, DeviceId, SessionId } from '../kernel/ids.js'
import type { SecretTimes } from '../kernel/secret-states.js'
import type { Fingerprint } from './fingerprint.js'

/** A browser or app that this account has signed in on. */
export interface Device {
  readonly id: DeviceId
  readonly name: string
  /** SHA-256 of the secret in the device's token. */
  readonly secretHash: string
  /** The key that derived the current secret from the previous one, and will derive the next. */
  readonly keyId: string
  readonly rotatedAt: Date
  /**
   * The session its secret was handed out with: once that session is presented, the secret has arrived. Missing in
   * older documents.
   */
  readonly handedTo?: SessionId
  /** When the current secret is known to have arrived; missing: unknown, or `handedTo` still tells. */
  readonly presentedAt?: Date
  /** RFC 7638 thumbprint of the key that its token needs; null: the token works alone. */
  readonly keyThumbprint: string | null
  /** When a used-up secret came back: since then no token of the device proves anything. */
  readonly copiedAt: Date | null
  readonly firstSeenAt: Date
  readonly lastSeenAt: Date
  /** Set when the person asked for it right after proving MFA here; absolute, never extended by use. */
  readonly rememberedUntil: Date | null
  /** The kind of factor that MFA was proved with then; left out if it was not recorded. */
  readonly rememberedWith?: FactorType | null
  /** Only in older documents: its name says as much as a device needs. */
  readonly userAgent?: string
  readonly address: string
  /** Attributes the client reported about itself: a weak signal, never proof. */
  readonly fingerprint: Fingerprint
}

export type Devices = Readonly<Record<DeviceId, Device>>

export interface DeviceSettings {
  /** How long a device is remembered, 1 to 365 days. */
  readonly rememberDays: number
  readonly secretTimes: SecretTimes
  readonly maxPerAccount: number
}

/** What a presented device token proves: a remembered device, a known one, nothing, or that its secret was made up. */
export type DeviceTokenState = 'trusted' | 'known' | 'none' | 'foreign'

/** Why a token of an existing device does not prove the device. */
export type DeviceTokenFault =
  'wrong-secret' | 'reused' | 'superseded' | 'copied' | 'key-missing' | 'key-differs' | 'key-forged' | 'proof-replayed'

export interface RecognizedDevice {
  readonly state: DeviceTokenState
  /** The device the token names, whether or not the token proves it. */
  readonly device: Device | null
  /** The presented secret, plain: the next one is derived from it. Never stored or logged. */
  readonly secret: string
  /** Null when the token proves its device, and when there is no such device. */
  readonly fault: DeviceTokenFault | null
}

/** The device that the token proves; null when it proves none. */
export const spokenFor = ({ state, device }: RecognizedDevice): Device | null =>
  state === 'trusted' || state === 'known' ? device : null

/**
 * Whether a token has a secret of its device but proves nothing: it was replaced or copied, or its key is missing. Such
 * a token neither refuses a sign-in nor spares the second factor.
 */
export const isVoid = ({ state, fault }: RecognizedDevice): boolean => state === 'none' && fault !== null

/** A device credential for its client; plain, so never stored or logged. */
export interface DeviceCredential {
  readonly accountId: AccountId
  readonly token: string
  readonly expiresAt: Date
}
