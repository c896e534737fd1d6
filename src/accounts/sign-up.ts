import { secondsAfter, type Clock } from '../kernel/clock.js'
import { newId } from '../kernel/ids.js'
import { mailLanguage } from '../kernel/language.js'
import { newMailedCode } from '../kernel/mailed-code.js'
import type { Messages } from '../kernel/messages.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Turns } from '../kernel/turns.js'
import { confirmationGaps, newConfirmationToken, type MailSettings } from './confirmation.js'
import { parseEmailAddress } from '../kernel/email-address.js'
import type { PasswordHasher } from './password-hash.js'
import { objectToPassword, type PasswordObjection, type PasswordRules } from './password-policy.js'
import type { MailCaller, RequestedMail } from '../kernel/requested-mail.js'
import type { AccountStore, ConfirmationStore } from './ports.js'

export interface SignUpDeps {
  readonly accounts: AccountStore
  readonly confirmations: ConfirmationStore
  readonly passwords: PasswordHasher
  readonly turns: Turns
  readonly passwordRules: PasswordRules
  readonly requestedMail: RequestedMail
  readonly messages: Messages
  readonly mail: MailSettings
  readonly secrets: Secrets
  readonly clock: Clock
  readonly confirmationSeconds: number
}

export interface SignUpInput {
  readonly email: string
  readonly password: string
  /** The browser's secret from an earlier link; null: a new one is made. */
  readonly client: string | null
  /** The client's `Accept-Language` header. */
  readonly acceptLanguage: string
  readonly caller: MailCaller
  /** Whether the client has disconnected. */
  readonly isGone?: () => boolean
}

export type SignUpOutcome =
  /** The same for new and known addresses; `notify` sends the mail, which differs, after the answer is sent. */
  | { kind: 'accepted'; client: string; requestId: string | null; notify: () => Promise<void> }
  | { kind: 'bad-email' }
  | { kind: 'bad-password'; objection: PasswordObjection }

/** Accepts a sign-up. `verifyEmail` creates the account; until then only the mailbox learns about it. */
export async function signUp(deps: SignUpDeps, input: SignUpInput): Promise<SignUpOutcome> {
  const email = parseEmailAddress(input.email)
  if (!email) return { kind: 'bad-email' }
  const objection = objectToPassword(deps.passwordRules, input.password, email.key)
  if (objection) return { kind: 'bad-password', objection }

  const now = deps.clock.now()
  const language = mailLanguage(input.acceptLanguage, deps.messages.languages)
  const { token, id } = newConfirmationToken(deps.secrets)
  const { confirmationSeconds: linkSeconds } = deps
  const { mailedCode, gaps } = newMailedCode(deps.secrets, {
    ...{ id, now, linkSeconds },
    seconds: deps.mail.mailedCodeSeconds,
  })
  const client = input.client ?? deps.secrets.random()
  const { caller, isGone } = input
  const asked = { device: null, account: null, purpose: 'new', used: 0, context: caller.context, isGone } as const
  const passwordHash = await deps.turns.take(asked, () => deps.passwords.hash(input.password))
  // Stored for taken addresses too, so that known and unknown ones cost the same. Its link is never sent, so it just
  // expires.
  await deps.confirmations.put({
    kind: 'SIGN_UP',
    id,
    accountId: newId(),
    email: email.written,
    emailKey: email.key,
    clientHash: deps.secrets.digest(client),
    attemptsLeft: deps.mail.confirmationAttempts,
    mailedCode,
    passwordHash,
    language,
    createdAt: now,
    expiresAt: secondsAfter(now, linkSeconds),
  })
  // Checked after storing: an account created meanwhile is either seen here, and the link is never sent, or it finds
  // the sign-up and removes it (R059).
  const message = (await deps.accounts.isTaken(email.key))
    ? deps.messages.render('already-registered', language, {})
    : deps.messages.render('confirm-sign-up', language, { ...confirmationGaps(deps.mail, token), ...gaps })
  const request = { kind: 'sign-up', caller } as const
  const notify = async () => {
    await deps.requestedMail.send({ to: email.written, ...message }, request)
  }
  return { kind: 'accepted', client, requestId: mailedCode && id, notify }
}
