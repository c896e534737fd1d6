import type { AccountId, FactorId } from '../../kernel/ids.js'

/** Where a browser lets itself be woken up: an address of its maker's service and the keys to write to it (RFC 8291). */
export interface PushSubscription {
  readonly endpoint: string
  /** The browser's public key, an uncompressed point of P-256 as base64url. */
  readonly p256dh: string
  /** The authentication secret, 16 bytes as base64url. */
  readonly auth: string
}

/** A message that only says that something waits; what it is, the device asks for itself. */
export interface WakeUp {
  readonly subscription: PushSubscription
  readonly payload: string
  readonly ttlSeconds: number
}

/** Wakes devices up through their push services. */
export interface PushDelivery {
  /** The key browsers subscribe with (RFC 8292), as base64url; null: nobody is woken up and devices ask by themselves. */
  readonly publicKey: string | null
  /** Whether the endpoint is one of a push service that may be called at all. */
  admits(endpoint: string): boolean
  /** Never throws. `gone`: the subscription has ended for good. */
  wake(message: WakeUp): Promise<'sent' | 'gone' | 'failed'>
}

/** Forgets subscriptions that have ended. */
export interface PushSubscriptions {
  /** Only while it is still this one: the device may have made another meanwhile. */
  drop(accountId: AccountId, factorId: FactorId, sealedSubscription: string): Promise<void>
}
