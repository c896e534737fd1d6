import type { ConfirmationsOf } from '../../accounts/index.js'
import type { MailedLink } from './mailed-link.js'

/** Links that wait to be followed. What has expired at `now` is as if it were not there. */
export interface LinkStore {
  create(link: MailedLink): Promise<void>
  find(id: string, now: Date): Promise<MailedLink | null>
  /** Spends one attempt at the code if there are still so many: of parallel guesses no two share one. */
  spendAttempt(id: string, attemptsLeft: number, now: Date): Promise<boolean>
  /** Hands the link out and removes it, to exactly one caller. */
  take(id: string, now: Date): Promise<MailedLink | null>
  /** Those an account or an address waits for. */
  waiting(of: ConfirmationsOf, now: Date): Promise<readonly MailedLink[]>
  /** Removes them, whether they have expired or not. */
  forget(of: ConfirmationsOf): Promise<void>
}
