import type { ConfirmationsOf } from '../../accounts/index.js'
import type { CodedLinkStore } from '../../kernel/mailed-code.js'
import type { MailedLink } from './mailed-link.js'

/** Links that have not been followed yet. A link that has expired at `now` is treated as absent. */
export interface LinkStore extends CodedLinkStore {
  create(link: MailedLink): Promise<void>
  find(id: string, now: Date): Promise<MailedLink | null>
  /** Spends one attempt at the code if exactly this many are left, so parallel guesses never share one. */
  spendAttempt(id: string, attemptsLeft: number, now: Date): Promise<boolean>
  /** Returns the link and removes it, for exactly one caller. */
  take(id: string, now: Date): Promise<MailedLink | null>
  /** The waiting links of an account or an address. */
  waiting(of: ConfirmationsOf, now: Date): Promise<readonly MailedLink[]>
  /** Removes them, whether they have expired or not. */
  forget(of: ConfirmationsOf): Promise<void>
}
