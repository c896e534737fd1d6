import type { AuditLog } from '../audit/index.js'
import type { Clock } from '../kernel/clock.js'
import type { Messages } from '../kernel/messages.js'
import type { Notices } from '../kernel/notices.js'
import type { RequestedMail, SpendMailRequest } from '../kernel/requested-mail.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Turns } from '../kernel/turns.js'
import { AccountChangesResolver } from './account-changes.graphql.js'
import { LanguageResolver } from './language.graphql.js'
import type { MailSettings } from './confirmation.js'
import { MeResolver } from './me.graphql.js'
import type { PasswordHasher } from './password-hash.js'
import type { PasswordRules } from './password-policy.js'
import type { AccountStore, ConfirmationStore, PasswordGuesses } from './ports.js'
import { SignUpResolver, type SignUpBudgets } from './sign-up.graphql.js'

export interface AccountsPorts {
  readonly accounts: AccountStore
  readonly confirmations: ConfirmationStore
  readonly passwords: PasswordHasher
  readonly turns: Turns
  readonly passwordRules: PasswordRules
  readonly guesses: PasswordGuesses
  /** Addresses that the configuration lists as operators'. */
  readonly administrators: ReadonlySet<string>
  readonly mail: MailSettings
  readonly confirmationSeconds: number
  readonly messages: Messages
  readonly requestedMail: RequestedMail
  readonly messageBudget: SpendMailRequest
  readonly budgets: SignUpBudgets
  readonly notices: Notices
  readonly audit: AuditLog
  readonly secrets: Secrets
  readonly clock: Clock
}

/** Sign-up, the account itself, and changes of its address, password and personal data. */
export function accountsModule(ports: AccountsPorts) {
  return {
    resolvers: [
      new SignUpResolver(ports, ports, ports.budgets),
      new MeResolver(ports),
      new LanguageResolver(ports),
      new AccountChangesResolver(ports, ports, ports),
    ],
  }
}
