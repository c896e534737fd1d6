import type { AccountId, ServiceKeyId } from '../kernel/ids.js'
import type { ServiceKey } from './service-key.js'

export interface ServiceKeyPage {
  readonly first: number
  /** Keys made before this one, or from the newest. */
  readonly after: { readonly createdAt: Date; readonly id: ServiceKeyId } | null
}

export interface ServiceKeyStore {
  create(key: ServiceKey): Promise<void>
  find(id: ServiceKeyId): Promise<ServiceKey | null>
  /** Those that exist, in one command. */
  findThese(ids: readonly ServiceKeyId[]): Promise<readonly ServiceKey[]>
  /** Newest first, ended ones too. */
  list(page: ServiceKeyPage): Promise<readonly ServiceKey[]>
  /** Those that work at this moment and whose secret in force this account has seen. */
  knownTo(accountId: AccountId, now: Date): Promise<readonly ServiceKey[]>
  /** How many work at this moment. */
  countLive(now: Date): Promise<number>
  /**
   * Puts another secret in force if the one in force is still `from` and the key still works. Of any number of callers
   * exactly one is answered the key.
   */
  rotate(id: ServiceKeyId, from: string, to: RotatedSecret, now: Date): Promise<ServiceKey | null>
  /** Ends a key; answers it to the one caller that did. */
  revoke(id: ServiceKeyId, now: Date): Promise<ServiceKey | null>
  /** Moves `lastUsedAt`, never backwards. */
  touch(id: ServiceKeyId, at: Date): Promise<void>
}

export type RotatedSecret = Pick<ServiceKey, 'secretHash' | 'former' | 'expiresAt'> & { readonly rotatedBy: AccountId }
