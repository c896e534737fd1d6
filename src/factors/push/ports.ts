import type { AccountId, FactorId } from '../../kernel/ids.js'

/**
 * Where a browser can be woken up: an endpoint of its vendor's push service, and the keys to encrypt for it (RFC 8291).
 */
export interface PushSubscription {
  readonly endpoint: string
  /** The browser's public key, an uncompressed point of P-256 as base64url. */
  readonly p256dh: string
  /** The authentication secret, 16 bytes as base64url. */
  readonly auth: string
}

/** A message that only says that something is waiting; the device fetches the rest itself. */
export interface WakeUp {
  readonly subscription: PushSubscription
  readonly payload: string
  readonly ttlSeconds: number
}

/** Wakes devices up through their push services. */
export interface PushDelivery {
  /** The key browsers subscribe with (RFC 8292), as base64url; null: no device is woken up, and devices poll. */
  readonly publicKey: string | null
  /** Whether the endpoint belongs to a push service that may be called at all. */
  admits(endpoint: string): boolean
  /** Never throws. `gone`: the subscription has ended permanently. */
  wake(message: WakeUp): Promise<'sent' | 'gone' | 'failed'>
}

/** Forgets subscriptions that have ended. */
export interface PushSubscriptions {
  /** Only if it is unchanged: the device may have subscribed again meanwhile. */
  drop(accountId: AccountId, factorId: FactorId, sealedSubscription: string): Promise<void>
}
