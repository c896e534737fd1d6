import type { ChangeEvents, LostTrust } from '../audit/index.js'
import type { WantedFactor } from '../kernel/factors-left.js'
import type { AccountId, FactorId, SessionId } from '../kernel/ids.js'
import type { Factor } from './factor.js'

export interface FactorStore {
  /** False when the account has no such factor. */
  rename(accountId: AccountId, factorId: FactorId, name: string, events: ChangeEvents): Promise<boolean>
  /**
   * Removes an active or disabled factor, forgets remembered devices, ends every session but `keep`, and removes the
   * factor's proof from that one: all in one update. Refuses if a wanted factor would be missing afterwards, even when
   * two calls remove the last two at the same time.
   */
  remove(input: RemoveFactor, eventsOf: (lost: LostTrust) => ChangeEvents): Promise<FactorRemoval>
  /** Replaces all old recovery codes with new ones. False when the account is gone. */
  replaceRecoveryCodes(accountId: AccountId, factor: Factor, events: ChangeEvents): Promise<boolean>
}

export type FactorRemoval =
  { readonly kind: 'removed'; readonly lost: LostTrust } | { readonly kind: 'last' } | { readonly kind: 'unknown' }

export interface RemoveFactor {
  readonly accountId: AccountId
  readonly factorId: FactorId
  readonly keep: SessionId
  /** What must be left at `at`: one factor for each. */
  readonly wanted: readonly WantedFactor[]
  readonly at: Date
}

export interface TextMessage {
  /** One number in international form, such as `+12025550123`. */
  readonly to: string
  readonly text: string
}

export interface TextSender {
  /**
   * Hands a text message to the next hop; delivery is never confirmed. Throws `Unavailable` when the hop is down and
   * `Undeliverable` when it refused permanently.
   */
  send(message: TextMessage): Promise<void>
}
