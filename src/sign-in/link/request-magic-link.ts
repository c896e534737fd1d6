import { parseEmailAddress } from '../../accounts/index.js'
import { secondsAfter, type Clock } from '../../kernel/clock.js'
import { mailLanguage } from '../../kernel/language.js'
import { newMailedCode } from '../../kernel/mailed-code.js'
import type { Messages } from '../../kernel/messages.js'
import { randomDigits } from '../../kernel/random-digits.js'
import type { MailCaller, RequestedMail } from '../../kernel/requested-mail.js'
import type { Secrets } from '../../kernel/secrets.js'
import type { SessionStore } from '../../sessions/index.js'
import {
  hashLinkCode,
  LINK_ATTEMPTS,
  LINK_CODE_DIGITS,
  linkGaps,
  newLinkToken,
  type LinkSettings,
} from './mailed-link.js'
import type { LinkStore } from './ports.js'

export interface RequestMagicLinkDeps {
  readonly links: LinkStore
  readonly sessions: Pick<SessionStore, 'findPersonByEmail'>
  readonly requestedMail: RequestedMail
  readonly messages: Messages
  readonly secrets: Secrets
  readonly clock: Clock
  readonly linkSettings: LinkSettings
}

export interface RequestMagicLinkInput {
  readonly email: string
  /** The page the link leads to; null: the default page. */
  readonly redirectUrl: string | null
  /** The browser's secret from an earlier link request, so that several links work in one browser. */
  readonly client: string | null
  readonly acceptLanguage: string
  readonly caller: MailCaller
}

export type RequestMagicLinkOutcome =
  /** The same for known and unknown addresses; `notify` sends the mail, which differs, after the answer is sent. */
  | {
      kind: 'accepted'
      client: string
      code: string
      requestId: string | null
      expiresAt: Date
      notify: () => Promise<void>
    }
  | { kind: 'bad-email' }
  | { kind: 'bad-redirect' }

/**
 * Mails a sign-in link. It works in the browser that requested it, and anywhere else together with the code shown
 * there.
 */
export async function requestMagicLink(
  deps: RequestMagicLinkDeps,
  input: RequestMagicLinkInput,
): Promise<RequestMagicLinkOutcome> {
  const { secrets, linkSettings: settings } = deps
  const email = parseEmailAddress(input.email)
  if (!email) return { kind: 'bad-email' }
  const url = input.redirectUrl ?? settings.magicLinkUrls[0]
  // Compared as text: another spelling is not on the list, however a parser would read it.
  if (url === undefined || !settings.magicLinkUrls.includes(url)) return { kind: 'bad-redirect' }
  const now = deps.clock.now()
  const expiresAt = secondsAfter(now, settings.magicLinkSeconds)
  const { token, id } = newLinkToken(secrets)
  const client = input.client ?? secrets.random()
  const code = randomDigits(LINK_CODE_DIGITS)
  const { magicLinkSeconds: linkSeconds, mailedCodeSeconds: seconds } = settings
  const { mailedCode, gaps } = newMailedCode(secrets, { id, now, linkSeconds, seconds })
  const language = mailLanguage(input.acceptLanguage, deps.messages.languages)
  const person = await deps.sessions.findPersonByEmail(email.key)
  // Stored for unknown addresses too, so that known and unknown ones cost the same.
  await deps.links.create({
    kind: 'SIGN_IN',
    id,
    email: email.written,
    emailKey: email.key,
    accountId: person?.account.id ?? null,
    grantRevision: person?.grantRevision ?? null,
    language,
    clientHash: secrets.digest(client),
    codeHash: hashLinkCode(secrets, id, code),
    attemptsLeft: LINK_ATTEMPTS,
    mailedCode,
    createdAt: now,
    expiresAt,
  })
  const isGood = person === null ? settings.magicLinkSignUp : person.account.status === 'ACTIVE'
  const spoken = person?.account.language ?? language
  const message = isGood
    ? deps.messages.render('sign-in-link', spoken, { ...linkGaps(url, token, linkSeconds), ...gaps })
    : deps.messages.render('no-account', spoken, {})
  const request = { kind: 'sign-in-link', caller: input.caller } as const
  const notify = async () => {
    await deps.requestedMail.send({ to: email.written, ...message }, request)
  }
  return { kind: 'accepted', client, code, requestId: mailedCode && id, expiresAt, notify }
}
