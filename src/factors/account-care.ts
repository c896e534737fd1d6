import type { ChangeEvents, LostTrust } from '../audit/index.js'
import type { AccountId, FactorId } from '../kernel/ids.js'

/** What operators may do to the factors of another account: remove and demand them, never set or see them. */
export interface AccountCareStore {
  /**
   * Removes every factor, waiting enrolment, recovery code, claim, session, remembered device and the risk profile,
   * opens the step-up lock, and demands a new factor from `at` on: all in one update. Null when the account is gone.
   */
  resetFactors(
    accountId: AccountId,
    at: Date,
    eventsOf: (reset: FactorReset) => ChangeEvents,
  ): Promise<FactorReset | null>
  /** Demands a factor that is activated from `at` on, and drops waiting enrolments. False when the account is gone. */
  requireReEnrollment(accountId: AccountId, at: Date, events: ChangeEvents): Promise<boolean>
  /** Opens the step-up lock and starts a new window of attempts. False when the account is gone. */
  unlockStepUp(accountId: AccountId, at: Date, events: ChangeEvents): Promise<boolean>
}

export interface FactorReset {
  /** Includes recovery codes and factors that waited for their first proof. */
  readonly removedFactors: readonly FactorId[]
  readonly lost: LostTrust
}
