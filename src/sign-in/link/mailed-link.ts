import type { AccountId } from '../../kernel/ids.js'
import type { Secrets } from '../../kernel/secrets.js'

/** A link that was mailed to whoever reads a mailbox, and waits to be followed. */
export type MailedLink = SignInLink | ResetLink

interface LinkBase {
  /** SHA-256 of the token in the link. */
  readonly id: string
  readonly email: string
  readonly emailKey: string
  /** Of the account when it was asked for; null or left out: never changed until then, or there was no account. */
  readonly grantRevision?: number | null
  readonly createdAt: Date
  readonly expiresAt: Date
}

export interface SignInLink extends LinkBase {
  readonly kind: 'SIGN_IN'
  /** The account it was mailed to; null: there was none; left out by older ones. */
  readonly accountId?: AccountId | null
  readonly language: string | null
  /** SHA-256 of the secret of the browser or app that asked for it: there the link needs nothing else (R058). */
  readonly clientHash: string
  /** Keyed hash of the code that was shown where it was asked for, to be typed anywhere else. */
  readonly codeHash: string
  readonly attemptsLeft: number
}

export interface ResetLink extends LinkBase {
  readonly kind: 'RESET'
  /** Null: there was no account with the address, and there is nothing to follow. */
  readonly accountId: AccountId | null
}

export interface LinkSettings {
  /** Whether links sign anybody in. */
  readonly magicLinks: boolean
  /** Pages of the application that sign-in links may lead to, the usual one first; the token is in the fragment. */
  readonly magicLinkUrls: readonly string[]
  readonly magicLinkSeconds: number
  /** Whether following a link makes an account where the address has none. */
  readonly magicLinkSignUp: boolean
  readonly resetUrl: string
  readonly resetSeconds: number
}

/** Wrong codes a link outlives. */
export const LINK_ATTEMPTS = 5
export const LINK_CODE_DIGITS = 6

const PURPOSE = 'link-code'

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

export const matchesLinkCode = (secrets: Pick<Secrets, 'matchesKeyedHash'>, link: SignInLink, typed: string): boolean =>
  secrets.matchesKeyedHash(PURPOSE, `${link.id}:${typed.replaceAll(/[\s-]/g, '')}`, link.codeHash)

/** What the message with a link is filled with. The token is in the fragment, which no server ever sees. */
export const linkGaps = (url: string, token: string, seconds: number) => ({
  link: `${url}#token=${token}`,
  lifetime: { seconds },
})
