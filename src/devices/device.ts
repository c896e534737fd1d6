import type { FactorType } from '../kernel/factor-type.js'
import type { AccountId, DeviceId, SessionId } from '../kernel/ids.js'
import type { SecretTimes } from '../kernel/secret-states.js'

/** A browser or app we have seen this person use. */
export interface Device {
  readonly id: DeviceId
  readonly name: string
  /** SHA-256 of the secret in the device's token. */
  readonly secretHash: string
  /** The key that derived the secret in force from the one before, and will derive the next. */
  readonly keyId: string
  readonly rotatedAt: Date
  /** The session its secret was handed out with: when that is presented, the secret arrived. Missing: from before. */
  readonly handedTo?: SessionId
  /** When it is known that the secret in force arrived; missing: it is not, or `handedTo` still tells. */
  readonly presentedAt?: Date
  /** RFC 7638 thumbprint of the key its token only works together with; null: it works alone. */
  readonly keyThumbprint: string | null
  /** When a secret that was used up came back: since then no token of it proves anything. */
  readonly copiedAt: Date | null
  readonly firstSeenAt: Date
  readonly lastSeenAt: Date
  /** Set when the person asked for it right after proving MFA here; absolute, never moved by use. */
  readonly rememberedUntil: Date | null
  /** The kind of factor that MFA was proved with then; left out where it was not kept. */
  readonly rememberedWith?: FactorType | null
  readonly userAgent: string
  readonly address: string
  /** Keyed hashes of attributes the client reported about itself, by attribute name: a weak signal, never proof. */
  readonly fingerprint: Readonly<Record<string, string>>
}

export type Devices = Readonly<Record<DeviceId, Device>>

export interface DeviceSettings {
  /** How long a device is remembered, 1 to 365 days. */
  readonly rememberDays: number
  readonly secretTimes: SecretTimes
  readonly maxPerAccount: number
}

/** What a presented device token proves: a remembered device, one we know, nothing, or that its secret was made up. */
export type DeviceTokenState = 'trusted' | 'known' | 'none' | 'foreign'

/** Why a token of a device that exists does not speak for it. */
export type DeviceTokenFault =
  'wrong-secret' | 'reused' | 'superseded' | 'copied' | 'key-missing' | 'key-differs' | 'key-forged' | 'proof-replayed'

export interface RecognizedDevice {
  readonly state: DeviceTokenState
  /** The device the token names, whether it speaks for it or not. */
  readonly device: Device | null
  /** The secret that was presented, plain: the next one is derived from it. Never stored or logged. */
  readonly secret: string
  /** Null when the token speaks for its device, and when there is no such device. */
  readonly fault: DeviceTokenFault | null
}

/** The device the token speaks for; null when it speaks for none. */
export const spokenFor = ({ state, device }: RecognizedDevice): Device | null =>
  state === 'trusted' || state === 'known' ? device : null

/**
 * Whether a token has a secret of its device and proves nothing all the same: it was replaced or copied, or came without
 * its key. That is no reason to refuse anybody, and none to spare anybody the second factor.
 */
export const isVoid = ({ state, fault }: RecognizedDevice): boolean => state === 'none' && fault !== null

/** A device credential for its client; plain, so never stored or logged. */
export interface DeviceCredential {
  readonly accountId: AccountId
  readonly token: string
  readonly expiresAt: Date
}
