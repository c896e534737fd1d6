import type { AccountId, DeviceId, SessionId } from '../kernel/ids.js'
import type { MailedCode } from '../kernel/mailed-code.js'
import type { Secrets } from '../kernel/secrets.js'

/**
 * A change that waits until a link sent by e-mail is followed. A sign-up is one too: the account is created when the
 * address is proved, so an unproved one can neither be taken over nor be told from an unknown one (R055, R059). The
 * link only proves the mailbox. A password becomes valid only together with the browser, or the password, of the
 * sign-up it was given in (R121).
 */
export type Confirmation = SignUpConfirmation | EmailChangeConfirmation

interface ConfirmationBase {
  /** SHA-256 of the token in the link. */
  readonly id: string
  readonly accountId: AccountId
  readonly email: string
  readonly emailKey: string
  /** SHA-256 of the secret of the browser or app that requested it; null: the requesting session vouches for it. */
  readonly clientHash: string | null
  /** Wrong passwords the link still allows; null: one, because an older version stored it. */
  readonly attemptsLeft: number | null
  /** Null: the mail has no code; missing in older documents. */
  readonly mailedCode?: MailedCode | null
  readonly createdAt: Date
  readonly expiresAt: Date
}

export interface SignUpConfirmation extends ConfirmationBase {
  readonly kind: 'SIGN_UP'
  readonly passwordHash: string
  readonly language: string | null
}

export interface EmailChangeConfirmation extends ConfirmationBase {
  readonly kind: 'EMAIL_CHANGE'
  /** The account's previous address, normalised; missing in older documents. */
  readonly fromKey?: string
  /** Of the account at the time of the request; missing in older documents. */
  readonly grantRevision?: number | null
  /** The sign-in that requested it, so that the notice can take it back; missing in older documents. */
  readonly askedBy?: { readonly signInId: SessionId; readonly deviceId: DeviceId | null }
}

export interface MailSettings {
  /**
   * Where the links lead: the address of the application; the token is its fragment, which browsers never send to a
   * server.
   */
  readonly confirmUrl: string
  readonly confirmationSeconds: number
  /** Wrong passwords that end a link. */
  readonly confirmationAttempts: number
  /** How long the code in the mail works; null: mails have no codes. */
  readonly mailedCodeSeconds: number | null
}

/** The template values of a message with a confirmation link. */
export const confirmationGaps = (settings: MailSettings, token: string) => ({
  link: `${settings.confirmUrl}#token=${token}`,
  lifetime: { seconds: settings.confirmationSeconds },
})

/** A new link token and the id it is stored under: 256 bits, of which only the hash is kept. */
export function newConfirmationToken(secrets: Secrets): { readonly token: string; readonly id: string } {
  const token = secrets.random()
  return { token, id: secrets.digest(token) }
}
