import type { AccountId, DeviceId, SessionId } from '../kernel/ids.js'

export interface DeviceStore {
  /** False when the account has no such device. */
  rename(accountId: AccountId, deviceId: DeviceId, name: string): Promise<boolean>
  /** Removes the record: its token proves nothing from then on. False when there is none. */
  forget(accountId: AccountId, deviceId: DeviceId): Promise<boolean>
  /**
   * Takes the trust of a device away because it was copied, and ends its sessions, which are as of `trustRevision`. To
   * exactly one of any number of callers true.
   */
  markCopied(input: MarkCopied): Promise<boolean>
  forgetAll(accountId: AccountId): Promise<void>
}

export interface MarkCopied {
  readonly accountId: AccountId
  readonly deviceId: DeviceId
  /** The sessions that began on it, with what they replaced and what would replace them. */
  readonly sessions: readonly SessionId[]
  readonly trustRevision: number
  readonly at: Date
}

/** Challenges that were answered rightly and proofs that were used, until they would have ended. */
export interface SpentChallenges {
  /** True for exactly one caller. */
  spend(challengeHash: string, endsAt: Date): Promise<boolean>
}
