import type { AccountId } from './ids.js'
import type { Mail } from './mailer.js'
import { auditContextOf, type AuditContext, type RequestContext } from './request-context.js'

/** Spends one call that asks for mail, to be sent to `email` or, when null, to anybody; throws the refusal. */
export type SpendMailRequest = (caller: MailCaller, email: string | null) => Promise<void>

/** What a mail is for that is sent because a caller asked for it. Each kind has budgets of its own. */
export const MAIL_KINDS = [
  'sign-up',
  'sign-in-link',
  'password-reset',
  'email-change',
  'email-code',
  'invitation',
] as const
export type MailKind = (typeof MAIL_KINDS)[number]

/** Who asks for a mail. What the caller has of the mailbox's owner decides which budget pays for it. */
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
   * Sends the mail if the budgets of its mailbox allow it, and answers whether they did. Call it after the answer: it
   * looks the mailbox's owner up, which must not show in the time an answer takes (R056).
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
