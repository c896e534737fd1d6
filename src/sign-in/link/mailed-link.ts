import type { AccountId } from '../../kernel/ids.js'
import type { MailedCode } from '../../kernel/mailed-code.js'
import type { Secrets } from '../../kernel/secrets.js'
import { withoutTypingMarks } from '../../kernel/typing-marks.js'

/** A link that was mailed to a mailbox and has not been followed yet. */
export type MailedLink = SignInLink | ResetLink

interface LinkBase {
  /** SHA-256 of the token in the link. */
  readonly id: string
  /** Null: the mail has no code; missing in older documents. */
  readonly mailedCode?: MailedCode | null
  readonly email: string
  readonly emailKey: string
  /**
   * The account's revision when the link was requested; null or left out: never changed until then, or there was no
   * account.
   */
  readonly grantRevision?: number | null
  readonly createdAt: Date
  readonly expiresAt: Date
}

export interface SignInLink extends LinkBase {
  readonly kind: 'SIGN_IN'
  /** The account it was mailed to; null: there was none; missing in older documents. */
  readonly accountId?: AccountId | null
  readonly language: string | null
  /** SHA-256 of the secret of the browser or app that requested it: there the link needs no code (R058). */
  readonly clientHash: string
  /** Keyed hash of the code shown where the link was requested; every other browser must enter it. */
  readonly codeHash: string
  readonly attemptsLeft: number
}

export interface ResetLink extends LinkBase {
  readonly kind: 'RESET'
  /** Null: the address had no account, so the link leads nowhere. */
  readonly accountId: AccountId | null
  /** SHA-256 of the secret of the browser or app that requested it: only there the code works; missing in older documents. */
  readonly clientHash?: string
}

export interface LinkSettings {
  /** Whether links sign people in. */
  readonly magicLinks: boolean
  /** Pages of the application that sign-in links may lead to, the default one first; the token is in the fragment. */
  readonly magicLinkUrls: readonly string[]
  readonly magicLinkSeconds: number
  /** Whether following a link creates an account when the address has none. */
  readonly magicLinkSignUp: boolean
  readonly resetUrl: string
  readonly resetSeconds: number
  /** How long the code in the mail works; null: mails have no codes. */
  readonly mailedCodeSeconds: number | null
}

/** Wrong codes before a link stops working. */
export const LINK_ATTEMPTS = 5
export const LINK_CODE_DIGITS = 6

const PURPOSE = 'link-code'
const CODE = new RegExp(`^[0-9]{${LINK_CODE_DIGITS}}$`)

/** A new token and the id it is stored under: 256 bits, of which only the hash is kept. */
export function newLinkToken(secrets: Pick<Secrets, 'random' | 'digest'>): {
  readonly token: string
  readonly id: string
} {
  const token = secrets.random()
  return { token, id: secrets.digest(token) }
}

export const hashLinkCode = (secrets: Pick<Secrets, 'keyedHash'>, id: string, code: string): string =>
  secrets.keyedHash(PURPOSE, `${id}:${code}`)

/** Whether the typed text can be a link's code at all. */
export const isLinkCode = (typed: string): boolean => CODE.test(withoutTypingMarks(typed))

export const matchesLinkCode = (secrets: Pick<Secrets, 'matchesKeyedHash'>, link: SignInLink, typed: string): boolean =>
  secrets.matchesKeyedHash(PURPOSE, `${link.id}:${withoutTypingMarks(typed)}`, link.codeHash)

/**
 * The template values of a message with a link. The token is in the fragment, which browsers never send to a server.
 */
export const linkGaps = (url: string, token: string, seconds: number) => ({
  link: `${url}#token=${token}`,
  lifetime: { seconds },
})
