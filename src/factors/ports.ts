import type { LostTrust } from '../audit/index.js'
import type { WantedFactor } from '../kernel/factors-left.js'
import type { AccountId, FactorId, SessionId } from '../kernel/ids.js'
import type { Factor } from './factor.js'

export interface FactorStore {
  /** False when the account has no such factor. */
  rename(accountId: AccountId, factorId: FactorId, name: string): Promise<boolean>
  /**
   * Removes an active or disabled factor, forgets remembered devices, ends every session but `keep`, and takes the
   * factor's proof from that one: all in one update. It refuses where one of the factors that are wanted would be missing,
   * also when two calls remove the last two at the same time.
   */
  remove(input: RemoveFactor): Promise<FactorRemoval>
  /** Puts new recovery codes in place of all old ones. False when the account is gone. */
  replaceRecoveryCodes(accountId: AccountId, factor: Factor): Promise<boolean>
}

export type FactorRemoval =
  { readonly kind: 'removed'; readonly lost: LostTrust } | { readonly kind: 'last' } | { readonly kind: 'unknown' }

export interface RemoveFactor {
  readonly accountId: AccountId
  readonly factorId: FactorId
  readonly keep: SessionId
  /** What has to be left at `at`: one factor for each. */
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
   * Hands a text message to the next hop; nothing says whether it is read. Throws `Unavailable` when that is down and
   * `Undeliverable` when it refused for good.
   */
  send(message: TextMessage): Promise<void>
}
