import type { ChangeEvents, LostTrust } from '../audit/index.js'
import type { AccountId, DeviceId, SessionId } from '../kernel/ids.js'
import type { CodedLinkStore } from '../kernel/mailed-code.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { SessionTransport } from '../kernel/session-transport.js'
import type { Account, AccountInBrief, AccountStatus } from './account.js'
import type { Confirmation, SignUpConfirmation } from './confirmation.js'

export interface NewPage {
  readonly first: number
  /** Accounts created before this one; null: from the newest. */
  readonly after: { readonly createdAt: Date; readonly id: AccountId } | null
}

export interface AccountStore {
  /**
   * Null when the address is taken. The account may get another id than the given one: if an earlier account with this
   * address was begun and never stored, its id is used.
   */
  create(account: Account, eventsOf: (created: Account) => ChangeEvents): Promise<Account | null>
  find(id: AccountId): Promise<Account | null>
  isTaken(emailKey: string): Promise<boolean>
  /**
   * Replaces the address if it is still `fromKey` and the account's grants are still those of `grantedOn`, unless after
   * `askedAt` the password changed, the owner reported "not me" or the account was granted a role; `taken` when another
   * account has the address by now. Also returns every proved address of the account after the change.
   */
  changeEmail(
    id: AccountId,
    to: {
      email: string
      emailKey: string
      at: Date
      askedAt: Date
      fromKey: string | null
      grantedOn: number | null
    },
    events: ChangeEvents,
  ): Promise<{ readonly account: Account; readonly noticeAddresses: readonly string[] } | 'taken' | null>
  /** Replaces the address for notices of a linked account, if it is still `from`. */
  changeContact(id: AccountId, from: string, to: { email: string; at: Date }, events: ChangeEvents): Promise<boolean>
  /**
   * Replaces the hash if it is still `from`; forgets remembered devices and, in the same update, ends every session but
   * `keep`, unless `endOthers` is false. Null when the password was changed meanwhile, or the grant behind the change
   * was revoked.
   */
  changePassword(
    input: PasswordChange,
    eventsOf: (lost: LostTrust) => ChangeEvents,
  ): Promise<{ readonly account: Account; readonly lost: LostTrust } | null>
  /**
   * Sets the chosen language of messages; null: none is chosen, and mails stay in the language they had. Null when the
   * account is gone.
   */
  setLanguage(id: AccountId, language: string | null, events: ChangeEvents): Promise<Account | null>
  /** Replaces the sealed personal data if it is still `from`: of two parallel changes, one has to read again. */
  replaceProfile(id: AccountId, from: string | null, to: string, events: ChangeEvents): Promise<boolean>
  /** Newest first. */
  list(page: NewPage): Promise<readonly Account[]>
  /** Those whose normalised address begins with a text, by address; `after`: only later addresses. */
  search(
    emailPrefix: string,
    page: { readonly first: number; readonly after: string | null },
  ): Promise<readonly Account[]>
}

export interface PasswordChange {
  readonly id: AccountId
  readonly from: string | null
  readonly to: string
  readonly at: Date
  /** Null: no session stays. */
  readonly keep: SessionId | null
  readonly endOthers: boolean
  /** The revision of the account's grants that the session or link was judged by. */
  readonly grantedOn: number | null
}

/** The account that makes a change to itself, and the session it uses. */
export interface AccountOwner {
  readonly account: AccountInBrief
  readonly session: {
    readonly id: SessionId
    readonly signInId: SessionId
    readonly deviceId: DeviceId | null
    readonly transport: SessionTransport
  }
  readonly noticeAddresses: readonly string[]
  readonly grantRevision: number | null
}

export interface ConfirmationStore extends CodedLinkStore {
  /**
   * Stores a confirmation. It replaces the open one of the same kind: a sign-up replaces the one of the same browser
   * for the same address, a change of address the one of the same account.
   */
  put(confirmation: Confirmation): Promise<void>
  find(id: string, now: Date): Promise<Confirmation | null>
  /** The open sign-up that a browser made for an address. */
  signUpOf(emailKey: string, clientHash: string, now: Date): Promise<SignUpConfirmation | null>
  /** The newest open sign-ups for an address. */
  signUpsFor(emailKey: string, most: number, now: Date): Promise<readonly SignUpConfirmation[]>
  /** Spends one attempt at the password if exactly this many are left, so parallel guesses never share one. */
  spendAttempt(id: string, attemptsLeft: number | null, now: Date): Promise<boolean>
  /** Returns a confirmation that has not expired and removes it, for exactly one caller. */
  take(id: string, now: Date): Promise<Confirmation | null>
  /** The waiting confirmations of an account or an address. */
  waiting(of: ConfirmationsOf, now: Date): Promise<readonly Confirmation[]>
  /** Removes them, whether they have expired or not. */
  forget(of: ConfirmationsOf): Promise<void>
  /**
   * Removes the sign-ups that wait for an address. An account with the address makes them void, but only while it has
   * the address: an account that changes its address must not leave an attacker's password behind to be confirmed
   * (R059).
   */
  forgetSignUps(emailKey: string): Promise<void>
}

export interface ConfirmationsOf {
  readonly accountId: AccountId
  /** Null: only the account's. */
  readonly emailKey: string | null
}

/** Wrong passwords count against the same budgets wherever they are given. */
export interface PasswordGuesses {
  /** Runs `judge` unless the caller has guessed too often; throws the refusal. `used`: see `TurnAsked`. */
  judge(
    caller: {
      readonly emailKey: string
      /** The device of the account's own session; null: the caller has none. */
      readonly knownDevice: DeviceId | null
      readonly context: AuditContext
    },
    judge: (used: number) => Promise<boolean>,
  ): Promise<boolean>
}

export type { AccountStatus }
