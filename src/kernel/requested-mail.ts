import type { AccountId } from './ids.js'
import type { Mail } from './mailer.js'
import { auditContextOf, type AuditContext, type RequestContext } from './request-context.js'

/** Spends one call that requests mail to `email`, or to no particular address when it is null; throws the refusal. */
export type SpendMailRequest = (caller: MailCaller, email: string | null) => Promise<void>

/** The purposes of mail that a caller can request. Each kind has its own budgets. */
export const MAIL_KINDS = [
  'sign-up',
  'sign-in-link',
  'password-reset',
  'email-change',
  'email-code',
  'invitation',
] as const
export type MailKind = (typeof MAIL_KINDS)[number]

/** The caller that requests a mail. What it can show of the mailbox's owner decides which budget pays. */
export interface MailCaller {
  readonly context: AuditContext
  /** The account of the active session the request came with; null without one. */
  readonly accountId: AccountId | null
  /** The device token the client presented for an account. */
  readonly deviceTokenFor: (accountId: AccountId) => string | null
}

export interface MailRequest {
  readonly kind: MailKind
  readonly caller: MailCaller
}

/** Mail to addresses that the caller has not proved. */
export interface RequestedMail {
  /**
   * Sends the mail if the budgets of its mailbox allow it, and returns whether they did. Call it after the answer is
   * sent: it looks up the mailbox's owner, and the response time must not show that (R056).
   */
  send(message: Mail, request: MailRequest): Promise<boolean>
}

/** The caller of a request. A pending session proves no more than the password does, so it does not count. */
export function mailCallerOf(context: RequestContext): MailCaller {
  const { actor, jar } = context
  return {
    context: auditContextOf(context),
    accountId: actor.kind === 'session' && actor.state === 'active' ? actor.accountId : null,
    deviceTokenFor: (accountId) => jar.deviceToken(accountId),
  }
}
