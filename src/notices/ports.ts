import type { ChangeEvents } from '../audit/index.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { WantedInstead } from '../kernel/factors-left.js'
import type { MfaRules } from '../kernel/mfa-rule.js'
import type { AccountId, DeviceId, FactorId, SessionId } from '../kernel/ids.js'
import type { TakenBack } from '../kernel/notices.js'

export interface TakeBack extends TakenBack {
  /** The factors that must remain when a factor of this type is removed. */
  readonly wantedInstead: (rules: MfaRules, type: FactorType) => WantedInstead
  readonly accountId: AccountId
  /** When the notice was sent. All reports after it count as one. */
  readonly toldAt: Date
  readonly at: Date
}

/** The trust that a report revoked. */
export interface TakenBackTrust {
  readonly endedSessions: readonly SessionId[]
  readonly forgottenDevices: readonly DeviceId[]
  readonly removedFactors: readonly FactorId[]
  /** The factor that was disabled instead of removed, so that the password alone is not enough. */
  readonly disabledFactor: FactorId | null
}

export interface SuspicionStore {
  /**
   * Ends the sessions of a sign-in and of a device, forgets the device, removes or disables a factor and dates the
   * suspicion, all in one update. Null when nothing was left to revoke or the account no longer exists.
   */
  takeBack(input: TakeBack, eventsOf: (taken: TakenBackTrust) => ChangeEvents): Promise<TakenBackTrust | null>
}
