import type { FactorType } from '../kernel/factor-type.js'
import type { WantedInstead } from '../kernel/factors-left.js'
import type { MfaRules } from '../kernel/mfa-rule.js'
import type { AccountId, DeviceId, FactorId, SessionId } from '../kernel/ids.js'
import type { TakenBack } from '../kernel/notices.js'

export interface TakeBack extends TakenBack {
  /** What has to be left when a factor of this type is taken back. */
  readonly wantedInstead: (rules: MfaRules, type: FactorType) => WantedInstead
  readonly accountId: AccountId
  /** When the person was told: a report made since then counts once. */
  readonly toldAt: Date
  readonly at: Date
}

/** What was there to be taken back. */
export interface TakenBackTrust {
  readonly endedSessions: readonly SessionId[]
  readonly forgottenDevices: readonly DeviceId[]
  readonly removedFactors: readonly FactorId[]
  /** The factor that had to stay, so that the password does not become enough. */
  readonly disabledFactor: FactorId | null
}

export interface SuspicionStore {
  /**
   * Ends the sessions of a sign-in and of a device, forgets the device, removes or disables a factor and dates the
   * suspicion, all in one update. Null when there was nothing left to do, or the account is gone.
   */
  takeBack(input: TakeBack): Promise<TakenBackTrust | null>
}
