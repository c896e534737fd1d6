import { accountActor, type AuditLog } from '../audit/index.js'
import { secondsAfter, type Clock } from '../kernel/clock.js'
import { newMailedCode } from '../kernel/mailed-code.js'
import type { Messages } from '../kernel/messages.js'
import { addresseeOf, takesBackSession, type Notices } from '../kernel/notices.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { RequestedMail } from '../kernel/requested-mail.js'
import type { Secrets } from '../kernel/secrets.js'
import { confirmationGaps, newConfirmationToken, type MailSettings } from './confirmation.js'
import { parseEmailAddress } from '../kernel/email-address.js'
import type { AccountOwner, ConfirmationStore } from './ports.js'

export interface ChangeEmailDeps {
  readonly confirmations: ConfirmationStore
  readonly notices: Notices
  readonly messages: Messages
  readonly requestedMail: RequestedMail
  readonly mail: MailSettings
  readonly audit: AuditLog
  readonly secrets: Secrets
  readonly clock: Clock
  readonly confirmationSeconds: number
  /** Normalised addresses that no account may change to: those of STEPGATE_ADMINISTRATORS. */
  readonly administrators: ReadonlySet<string>
}

export type ChangeEmailOutcome =
  /** Also returned for taken and listed addresses: only the reader of the mailbox learns whether an address is one. */
  | { kind: 'confirmation-sent'; requestId: string | null; notify: () => Promise<void> }
  | { kind: 'bad-email' }
  | { kind: 'linked' } // the external login decides the address

/** Mails the new address a confirmation link and notifies the old one. Nothing changes until the link is followed. */
export async function changeEmail(
  deps: ChangeEmailDeps,
  input: {
    readonly owner: AccountOwner
    readonly newEmail: string
    /** The secret of the browser, which may confirm after the session has ended; null: the client keeps no cookies. */
    readonly client: string | null
    readonly context: AuditContext
  },
): Promise<ChangeEmailOutcome> {
  if (input.owner.account.linkedTo !== null) return { kind: 'linked' }
  const email = parseEmailAddress(input.newEmail)
  if (!email) return { kind: 'bad-email' }
  const { account, session } = input.owner
  const now = deps.clock.now()
  // Answered like any other address, otherwise the answer would reveal the operators. Its link is never sent, so it
  // just expires.
  const isListed = deps.administrators.has(email.key)
  const { token, id } = newConfirmationToken(deps.secrets)
  const { confirmationSeconds: linkSeconds } = deps
  const { mailedCode, gaps } = newMailedCode(deps.secrets, {
    ...{ id, now, linkSeconds },
    seconds: deps.mail.mailedCodeSeconds,
  })
  // Before the link is stored: a request is on record whatever becomes of it.
  await deps.audit.record([
    {
      action: 'account.email_change_requested',
      actor: accountActor(account.id),
      targets: [{ id: account.id, type: 'ACCOUNT' }],
      outcome: isListed ? 'DENIED' : 'SUCCESS',
      reason: isListed ? 'listed-address' : null,
      context: input.context,
    },
  ])
  await deps.confirmations.put({
    kind: 'EMAIL_CHANGE',
    id,
    accountId: account.id,
    email: email.written,
    emailKey: email.key,
    fromKey: account.emailKey,
    grantRevision: input.owner.grantRevision,
    clientHash: input.client === null ? null : deps.secrets.digest(input.client),
    attemptsLeft: deps.mail.confirmationAttempts,
    mailedCode,
    askedBy: { signInId: session.signInId, deviceId: session.deviceId },
    createdAt: now,
    expiresAt: secondsAfter(now, linkSeconds),
  })
  return {
    kind: 'confirmation-sent',
    requestId: mailedCode && id,
    notify: async () => {
      await deps.notices.tell({
        name: 'email-change-requested',
        to: addresseeOf(input.owner),
        context: input.context,
        details: {},
        takesBack: takesBackSession(session),
      })
      const message = isListed
        ? deps.messages.render('address-not-available', account.language, {})
        : deps.messages.render('confirm-email-change', account.language, {
            ...confirmationGaps(deps.mail, token),
            ...gaps,
          })
      const caller = { context: input.context, accountId: account.id, deviceTokenFor: () => null }
      await deps.requestedMail.send({ to: email.written, ...message }, { kind: 'email-change', caller })
    },
  }
}
