import { secondsAfter } from './clock.js'
import type { AccountId } from './ids.js'
import { randomDigits } from './random-digits.js'
import type { Secrets } from './secrets.js'
import { withoutTypingMarks } from './typing-marks.js'

/**
 * The code beside a link in a mail. It is entered where the mail was requested, and is exchanged there for a token that
 * replaces the one in the link (R192).
 */
export interface MailedCode {
  /** Keyed hash of the code, valid only for the request it was made for. */
  readonly hash: string
  /** Wrong codes that are still allowed. They leave the link as it is. */
  readonly attemptsLeft: number
  readonly expiresAt: Date
}

/** What a mailed code stands for: a link that has not been followed yet. */
export interface CodedLink {
  readonly id: string
  readonly kind: 'SIGN_IN' | 'RESET' | 'SIGN_UP' | 'EMAIL_CHANGE'
  readonly emailKey: string
  readonly accountId?: AccountId | null
  /** SHA-256 of the secret of the browser or app that requested it; null: the requesting session vouches for it. */
  readonly clientHash?: string | null
  readonly mailedCode?: MailedCode | null
}

export interface CodedLinkStore {
  find(id: string, now: Date): Promise<CodedLink | null>
  /** Spends one attempt at the mailed code if exactly this many are left, so parallel guesses never share one. */
  spendCodeAttempt(id: string, attemptsLeft: number, now: Date): Promise<boolean>
  /**
   * Gives the link the id of another token and removes the code, for exactly one caller: afterwards neither the link nor the
   * code of the mail works.
   */
  replaceToken(id: string, newId: string, now: Date): Promise<boolean>
}

const MAILED_CODE_ATTEMPTS = 5
/** Two more than the codes of factors have: anyone can request this one, for any address. */
const DIGITS = 8
const PURPOSE = 'mailed-code'
const CODE = new RegExp(`^[0-9]{${DIGITS}}$`)

/**
 * The code of a new link, and the values of its mail. `seconds`: how long the code works; null: mails have no codes. A
 * code never outlives its link.
 */
export function newMailedCode(
  secrets: Pick<Secrets, 'keyedHash'>,
  link: { readonly id: string; readonly now: Date; readonly linkSeconds: number; readonly seconds: number | null },
) {
  if (link.seconds === null) return { mailedCode: null, gaps: {} }
  const code = randomDigits(DIGITS)
  const seconds = Math.min(link.seconds, link.linkSeconds)
  const mailedCode: MailedCode = {
    hash: secrets.keyedHash(PURPOSE, `${link.id}:${code}`),
    attemptsLeft: MAILED_CODE_ATTEMPTS,
    expiresAt: secondsAfter(link.now, seconds),
  }
  return { mailedCode, gaps: { code, minutes: Math.floor(seconds / 60) } }
}

/**
 * The id of the link that a token opens: the hash of the token. A token that a code was exchanged for names the link it
 * replaces as well, so that the store finds the link by its first id.
 */
export function linkIdOf(secrets: Pick<Secrets, 'digest'>, token: string): string {
  const dot = token.indexOf('.')
  const hash = secrets.digest(token)
  return dot < 0 ? hash : `${token.slice(0, dot)}.${hash}`
}

/** The token that replaces the one of a link. */
export const exchangedToken = (secrets: Pick<Secrets, 'random'>, id: string): string => `${id}.${secrets.random()}`

/** Whether the typed text can be a mailed code at all. */
export const canBeMailedCode = (typed: string): boolean => CODE.test(withoutTypingMarks(typed))

export const matchesMailedCode = (
  secrets: Pick<Secrets, 'matchesKeyedHash'>,
  { id, mailedCode }: { readonly id: string; readonly mailedCode: MailedCode },
  typed: string,
): boolean => secrets.matchesKeyedHash(PURPOSE, `${id}:${withoutTypingMarks(typed)}`, mailedCode.hash)
