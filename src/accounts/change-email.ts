import { accountActor, type AuditLog } from '../audit/index.js'
import { secondsAfter, type Clock } from '../kernel/clock.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Account } from './account.js'
import { newConfirmationToken } from './confirmation.js'
import { parseEmailAddress } from '../kernel/email-address.js'
import { confirmEmailChangeMail, emailChangeRequestedMail, type MailSettings } from './emails.js'
import type { ConfirmationStore, Mailer } from './ports.js'

export interface ChangeEmailDeps {
  readonly confirmations: ConfirmationStore
  readonly mailer: Mailer
  /** For mail to an address that is not proved: so much of it, and no more. */
  readonly requestedMail: Mailer
  readonly mail: MailSettings
  readonly audit: AuditLog
  readonly secrets: Secrets
  readonly clock: Clock
  readonly confirmationSeconds: number
}

export type ChangeEmailOutcome =
  /** Said for taken addresses too: whether somebody else has one is learned from the mailbox alone. */
  { kind: 'confirmation-sent'; notify: () => Promise<void> } | { kind: 'bad-email' }

/** Asks the new address to confirm and tells the old one. Nothing changes until the link is followed. */
export async function changeEmail(
  deps: ChangeEmailDeps,
  input: { readonly account: Account; readonly newEmail: string; readonly context: AuditContext },
): Promise<ChangeEmailOutcome> {
  const email = parseEmailAddress(input.newEmail)
  if (!email) return { kind: 'bad-email' }
  const now = deps.clock.now()
  const { token, id } = newConfirmationToken(deps.secrets)
  await deps.confirmations.create({
    kind: 'EMAIL_CHANGE',
    id,
    accountId: input.account.id,
    email: email.written,
    emailKey: email.key,
    createdAt: now,
    expiresAt: secondsAfter(now, deps.confirmationSeconds),
  })
  await deps.audit.record([
    {
      action: 'account.email_change_requested',
      actor: accountActor(input.account.id),
      targets: [{ id: input.account.id, type: 'ACCOUNT' }],
      outcome: 'SUCCESS',
      context: input.context,
    },
  ])
  return {
    kind: 'confirmation-sent',
    notify: async () => {
      await deps.requestedMail.send(confirmEmailChangeMail(deps.mail, email.written, token))
      await deps.mailer.send(emailChangeRequestedMail(deps.mail, input.account.email))
    },
  }
}
