import type { LostTrust } from '../audit/index.js'
import type { AccountId, FactorId } from '../kernel/ids.js'

/** What operators may do to the factors of somebody else's account: take away and demand, never set or see. */
export interface AccountCareStore {
  /**
   * Removes every factor, waiting enrolment, recovery code, claim, session and remembered device, and what was learned of
   * the person, opens the step-up lock, and demands a new factor from `at` on: all in one update. Null when the account
   * is gone.
   */
  resetFactors(accountId: AccountId, at: Date): Promise<FactorReset | null>
  /** Demands a factor that is activated from `at` on, and gives up enrolments that wait. False when the account is gone. */
  requireReEnrollment(accountId: AccountId, at: Date): Promise<boolean>
  /** Opens the step-up lock and begins a new window of attempts. False when the account is gone. */
  unlockStepUp(accountId: AccountId, at: Date): Promise<boolean>
}

export interface FactorReset {
  /** Recovery codes are among them, and factors that waited for their first proof. */
  readonly removedFactors: readonly FactorId[]
  readonly lost: LostTrust
}
