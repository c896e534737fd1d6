import type { AccountId, DeviceId } from '../kernel/ids.js'

export interface DeviceStore {
  /** False when the account has no such device. */
  rename(accountId: AccountId, deviceId: DeviceId, name: string): Promise<boolean>
  /** Removes the record: its token proves nothing from then on. False when there is none. */
  forget(accountId: AccountId, deviceId: DeviceId): Promise<boolean>
  /** Takes the trust of a device away because it was copied. To exactly one of any number of callers true. */
  markCopied(accountId: AccountId, deviceId: DeviceId, at: Date): Promise<boolean>
  forgetAll(accountId: AccountId): Promise<void>
}
