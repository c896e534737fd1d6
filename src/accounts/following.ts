import type { AccountId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Account } from './account.js'

/** A link that is followed, and the proofs of its reader. */
export interface VerifyEmailInput {
  readonly token: string
  /** The secret of the browser or app; null: it never requested a link. */
  readonly client: string | null
  /** The password that was typed; null: none yet. */
  readonly password: string | null
  /** The account the request is fully signed in to, with every factor it needs; null: none. */
  readonly signedInTo: AccountId | null
  readonly context: AuditContext
}

export type VerifyEmailOutcome =
  | { kind: 'account-created'; account: Account; signedUpAt: Date }
  | { kind: 'email-changed'; account: Account; notify: () => Promise<void> }
  | { kind: 'proof-required' } // followed in another browser, without the password
  | { kind: 'wrong-password'; attemptsLeft: number }
  | { kind: 'not-available' } // unknown, expired, used, or the address was taken meanwhile
