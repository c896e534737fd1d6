import type { ChangeEvents } from '../audit/index.js'
import type { AccountId, ServiceKeyId } from '../kernel/ids.js'
import type { ServiceKey } from './service-key.js'

export interface ServiceKeyPage {
  readonly first: number
  /** Keys made before this one; null: from the newest. */
  readonly after: { readonly createdAt: Date; readonly id: ServiceKeyId } | null
}

export interface ServiceKeyStore {
  create(key: ServiceKey, events: ChangeEvents): Promise<void>
  find(id: ServiceKeyId): Promise<ServiceKey | null>
  /** Those that exist, in one command. */
  findThese(ids: readonly ServiceKeyId[]): Promise<readonly ServiceKey[]>
  /** Newest first, including ended ones. */
  list(page: ServiceKeyPage): Promise<readonly ServiceKey[]>
  /** The valid keys whose current secret this account has seen. */
  knownTo(accountId: AccountId, now: Date): Promise<readonly ServiceKey[]>
  /** The number of valid keys. */
  countLive(now: Date): Promise<number>
  /**
   * Replaces the secret if the current one is still `from` and the key is still valid. Returns the key to exactly one
   * of any number of callers.
   */
  rotate(id: ServiceKeyId, from: string, to: RotatedSecret, now: Date, events: ChangeEvents): Promise<ServiceKey | null>
  /** Revokes a key; returns it to the one caller that did. */
  revoke(id: ServiceKeyId, now: Date, eventsOf: (key: ServiceKey) => ChangeEvents): Promise<ServiceKey | null>
  /** Moves `lastUsedAt`, never backwards. */
  touch(id: ServiceKeyId, at: Date): Promise<void>
}

export type RotatedSecret = Pick<ServiceKey, 'secretHash' | 'former' | 'expiresAt'> & { readonly rotatedBy: AccountId }
