import { accountActor, type AuditLog } from '../audit/index.js'
import type { Clock } from '../kernel/clock.js'
import { addresseeOf, takesBackSession, type Notices } from '../kernel/notices.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Turns } from '../kernel/turns.js'
import type { Account } from './account.js'
import type { EmailChangeConfirmation } from './confirmation.js'
import type { PasswordHasher } from './password-hash.js'
import type { AccountStore, ConfirmationStore, PasswordGuesses } from './ports.js'
import { isFromClient, judgePassword } from './prove-asker.js'
import type { VerifyEmailInput, VerifyEmailOutcome } from './following.js'

export interface ConfirmEmailChangeDeps {
  readonly accounts: AccountStore
  readonly confirmations: ConfirmationStore
  readonly passwords: Pick<PasswordHasher, 'verify'>
  readonly turns: Turns
  /** The password opens an existing account, so guesses count like those at sign-in. */
  readonly guesses: PasswordGuesses
  readonly notices: Notices
  readonly audit: AuditLog
  readonly secrets: Secrets
  readonly clock: Clock
  /** Normalised addresses that no account may change to. */
  readonly administrators: ReadonlySet<string>
}

/**
 * Gives an account its new address. The link proves the mailbox, so its reader must also be the account: the browser
 * that requested it, a session of the account, or its password. Otherwise one click would give an attacker's account
 * the reader's address.
 */
export async function confirmEmailChange(
  deps: ConfirmEmailChangeDeps,
  link: EmailChangeConfirmation,
  input: VerifyEmailInput,
): Promise<VerifyEmailOutcome> {
  // The address may have been listed after the change was requested.
  if (deps.administrators.has(link.emailKey)) return { kind: 'not-available' }
  const now = deps.clock.now()
  const before = await deps.accounts.find(link.accountId)
  if (!before) return { kind: 'not-available' }
  const isOwner = isFromClient(deps.secrets, link, input.client) || input.signedInTo === before.id
  if (isOwner) return replaceEmail(deps, link, before, input, now)
  const { password, context } = input
  if (password === null) return { kind: 'proof-required' }
  const { emailKey, passwordHash } = before
  const judged = await judgePassword(deps, link, { now, context }, async () => {
    const verify = () => deps.passwords.verify(password, passwordHash)
    return (await deps.guesses.judge({ emailKey, knownDevice: null, context }, verify)) ? before : null
  })
  return judged.kind === 'right' ? replaceEmail(deps, link, before, input, now) : judged
}

async function replaceEmail(
  deps: ConfirmEmailChangeDeps,
  { id }: EmailChangeConfirmation,
  before: Account,
  { context }: VerifyEmailInput,
  now: Date,
): Promise<VerifyEmailOutcome> {
  const link = await deps.confirmations.take(id, now)
  if (link?.kind !== 'EMAIL_CHANGE') return { kind: 'not-available' }
  const { email, emailKey, createdAt: askedAt, fromKey = null, grantRevision: grantedOn = null, askedBy } = link
  // The old mailbox was told to change the password if it was not them: that stops a pending change.
  const to = { email, emailKey, at: now, askedAt, fromKey, grantedOn }
  const targets = [{ id: before.id, type: 'ACCOUNT' }] as const
  const actor = accountActor(before.id)
  const events = deps.audit.prepare([{ action: 'account.email_changed', actor, targets, outcome: 'SUCCESS', context }])
  const changed = await deps.accounts.changeEmail(before.id, to, events)
  if (!changed || changed === 'taken') return { kind: 'not-available' }
  const { account, noticeAddresses } = changed
  await deps.confirmations.forgetSignUps(emailKey)
  const notify = () =>
    deps.notices.tell({
      name: 'email-changed',
      // The old address matters most: its owner can still read it.
      to: addresseeOf({ account, noticeAddresses: [before.email, ...noticeAddresses] }),
      context,
      details: {},
      takesBack: askedBy ? takesBackSession(askedBy) : null,
    })
  return { kind: 'email-changed', account, notify }
}
