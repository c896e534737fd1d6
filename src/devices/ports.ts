import type { ChangeEvents } from '../audit/index.js'
import type { AccountId, DeviceId, SessionId } from '../kernel/ids.js'

export interface DeviceStore {
  /** False when the account has no such device. */
  rename(accountId: AccountId, deviceId: DeviceId, name: string, events: ChangeEvents): Promise<boolean>
  /** Removes the record, so that its token proves nothing. False when there is none. */
  forget(accountId: AccountId, deviceId: DeviceId, events: ChangeEvents): Promise<boolean>
  /**
   * Revokes the trust in a copied device and ends its sessions, which are as of `trustRevision`. True for exactly one
   * of any number of callers.
   */
  markCopied(input: MarkCopied): Promise<boolean>
  forgetAll(accountId: AccountId, events: ChangeEvents): Promise<void>
}

export interface MarkCopied {
  readonly accountId: AccountId
  readonly deviceId: DeviceId
  /** The sessions that began on it, with their predecessors and successors. */
  readonly sessions: readonly SessionId[]
  readonly trustRevision: number
  readonly at: Date
  readonly events: ChangeEvents
}

/** Challenges that were answered rightly and proofs that were used, kept until they would expire. */
export interface SpentChallenges {
  /** True for exactly one caller. */
  spend(challengeHash: string, endsAt: Date): Promise<boolean>
}
