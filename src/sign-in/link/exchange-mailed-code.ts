import type { Clock } from '../../kernel/clock.js'
import type { AccountId } from '../../kernel/ids.js'
import {
  canBeMailedCode,
  exchangedToken,
  linkIdOf,
  matchesMailedCode,
  type CodedLink,
  type CodedLinkStore,
} from '../../kernel/mailed-code.js'
import type { AuditContext } from '../../kernel/request-context.js'
import type { Secrets } from '../../kernel/secrets.js'
import type { SpendCall } from '../../kernel/spend-call.js'

export interface ExchangeMailedCodeDeps {
  readonly links: CodedLinkStore
  readonly confirmations: CodedLinkStore
  readonly secrets: Secrets
  readonly clock: Clock
  /** Counts an invalid code against the client's address; throws the refusal when there were too many. */
  readonly countWrong: SpendCall
  /** Counts a guess at a code of a mailbox, with or without an account; throws the refusal. */
  readonly countGuess: (emailKey: string, context: AuditContext) => Promise<void>
}

export interface ExchangeMailedCodeInput {
  readonly requestId: string
  readonly code: string
  /** The secret of the browser or app; null: it never requested a mail. */
  readonly client: string | null
  /** The account of the active session; null: none. */
  readonly signedInTo: AccountId | null
  readonly context: AuditContext
}

export type ExchangeMailedCodeOutcome =
  { kind: 'exchanged'; token: string } | { kind: 'wrong-code'; attemptsLeft: number } | { kind: 'not-available' } // unknown, expired, used, out of attempts, or requested elsewhere

/**
 * Exchanges the code of a mail for the token of its link. Only the browser or app that requested the mail can: a code
 * that is read out to an attacker works nowhere else. What the token opens is decided as for any link (R192).
 */
export async function exchangeMailedCode(
  deps: ExchangeMailedCodeDeps,
  input: ExchangeMailedCodeInput,
): Promise<ExchangeMailedCodeOutcome> {
  const now = deps.clock.now()
  const { requestId: id, code, context } = input
  const found = await findLink(deps, id, now)
  const mailedCode = found?.link.mailedCode
  if (!found || !mailedCode || mailedCode.attemptsLeft <= 0 || mailedCode.expiresAt <= now) {
    return refuse(deps, context)
  }
  const { link, store } = found
  if (!isRequester(deps.secrets, link, input)) return refuse(deps, context)
  // Text that cannot be a code guesses nothing, so it costs no attempt (R023).
  if (!canBeMailedCode(code)) return { kind: 'wrong-code', attemptsLeft: mailedCode.attemptsLeft }
  // Each request has its own attempts and anyone can make many requests, so the mailbox has a budget as well.
  await deps.countGuess(link.emailKey, context)
  // The attempt is spent before the code is checked, so parallel guesses cannot share one.
  if (!(await store.spendCodeAttempt(id, mailedCode.attemptsLeft, now))) return refuse(deps, context)
  if (!matchesMailedCode(deps.secrets, { id, mailedCode }, code)) {
    await deps.countWrong(context)
    return { kind: 'wrong-code', attemptsLeft: mailedCode.attemptsLeft - 1 }
  }
  const token = exchangedToken(deps.secrets, id)
  const isExchanged = await store.replaceToken(id, linkIdOf(deps.secrets, token), now)
  return isExchanged ? { kind: 'exchanged', token } : refuse(deps, context)
}

async function findLink(
  { links, confirmations }: ExchangeMailedCodeDeps,
  id: string,
  now: Date,
): Promise<{ readonly link: CodedLink; readonly store: CodedLinkStore } | null> {
  for (const store of [links, confirmations]) {
    const link = await store.find(id, now)
    if (link) return { link, store }
  }
  return null
}

/** An address change that was requested without a cookie has no client; a session of its account vouches for it. */
function isRequester(secrets: Secrets, link: CodedLink, { client, signedInTo }: ExchangeMailedCodeInput): boolean {
  const { clientHash = null, accountId = null, kind } = link
  if (clientHash === null) return kind === 'EMAIL_CHANGE' && accountId !== null && accountId === signedInTo
  return client !== null && secrets.equal(secrets.digest(client), clientHash)
}

async function refuse(deps: ExchangeMailedCodeDeps, context: AuditContext): Promise<ExchangeMailedCodeOutcome> {
  await deps.countWrong(context)
  return { kind: 'not-available' }
}
