import { parseEmailAddress } from '../../accounts/index.js'
import { ANONYMOUS_ACTOR, type AuditLog } from '../../audit/index.js'
import { secondsAfter, type Clock } from '../../kernel/clock.js'
import { mailLanguage } from '../../kernel/language.js'
import { newMailedCode } from '../../kernel/mailed-code.js'
import type { Messages } from '../../kernel/messages.js'
import type { MailCaller, RequestedMail } from '../../kernel/requested-mail.js'
import type { Secrets } from '../../kernel/secrets.js'
import type { SessionStore } from '../../sessions/index.js'
import { linkGaps, newLinkToken, type LinkSettings } from './mailed-link.js'
import type { LinkStore } from './ports.js'

export interface RequestPasswordResetDeps {
  readonly links: LinkStore
  readonly sessions: Pick<SessionStore, 'findPersonByEmail'>
  readonly requestedMail: RequestedMail
  readonly messages: Messages
  readonly audit: AuditLog
  readonly secrets: Secrets
  readonly clock: Clock
  readonly linkSettings: LinkSettings
}

export interface RequestPasswordResetInput {
  readonly email: string
  /** The browser's secret from an earlier request; null: a new one is made. */
  readonly client: string | null
  readonly acceptLanguage: string
  readonly caller: MailCaller
}

export type RequestPasswordResetOutcome =
  /** The same for known and unknown addresses; `notify` does the part that differs after the answer is sent. */
  { kind: 'accepted'; client: string; requestId: string | null; notify: () => Promise<void> } | { kind: 'bad-email' }

/** Mails a link that sets a new password; an address without an account is mailed that there is none. */
export async function requestPasswordReset(
  deps: RequestPasswordResetDeps,
  input: RequestPasswordResetInput,
): Promise<RequestPasswordResetOutcome> {
  const { linkSettings: settings } = deps
  const email = parseEmailAddress(input.email)
  if (!email) return { kind: 'bad-email' }
  const now = deps.clock.now()
  const { token, id } = newLinkToken(deps.secrets)
  const client = input.client ?? deps.secrets.random()
  const { resetSeconds: linkSeconds, mailedCodeSeconds: seconds } = settings
  const { mailedCode, gaps } = newMailedCode(deps.secrets, { id, now, linkSeconds, seconds })
  const person = await deps.sessions.findPersonByEmail(email.key)
  const accountId = person?.account.status === 'ACTIVE' ? person.account.id : null
  await deps.links.create({
    kind: 'RESET',
    id,
    accountId,
    email: email.written,
    emailKey: email.key,
    grantRevision: person?.grantRevision ?? null,
    clientHash: deps.secrets.digest(client),
    mailedCode,
    createdAt: now,
    expiresAt: secondsAfter(now, settings.resetSeconds),
  })
  const language = person?.account.language ?? mailLanguage(input.acceptLanguage, deps.messages.languages)
  const message =
    accountId === null
      ? deps.messages.render('no-account', language, {})
      : deps.messages.render('reset-password', language, {
          ...linkGaps(settings.resetUrl, token, linkSeconds),
          ...gaps,
        })
  return {
    kind: 'accepted',
    client,
    requestId: mailedCode && id,
    notify: async () => {
      const { caller } = input
      const isSent = await deps.requestedMail.send(
        { to: email.written, ...message },
        { kind: 'password-reset', caller },
      )
      if (accountId === null || !isSent) return
      const targets = [{ id: accountId, type: 'ACCOUNT' }] as const
      const { context } = caller
      await deps.audit.record([
        { action: 'account.password_reset_requested', actor: ANONYMOUS_ACTOR, targets, outcome: 'SUCCESS', context },
      ])
    },
  }
}
