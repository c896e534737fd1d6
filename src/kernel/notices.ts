import type { AccountId, DeviceId, FactorId, SessionId } from './ids.js'
import type { AuditContext } from './request-context.js'

/** What people are told about their account or organization, whether or not they caused it (R031, R032). */
export const NOTICES = [
  'email-change-requested',
  'email-changed',
  'password-changed',
  'password-set-by-link',
  'factor-added',
  'factor-replaced',
  'factor-removed',
  'factor-disabled',
  'factors-reset',
  're-enrollment-required',
  'recovery-codes-replaced',
  'recovery-code-used',
  'new-device',
  'unusual-sign-in',
  'device-copied',
  'wrong-codes',
  'push-denied',
  'organization-entered',
  'organization-membership-ended',
  'role-granted',
  'role-revoked',
  'break-glass-used',
  'data-exported',
  'account-closed',
  'account-erased',
] as const
export type NoticeName = (typeof NOTICES)[number]

/** Who receives a notice: every proved address of the person, including the old ones when addresses change. */
export interface Addressee {
  readonly accountId: AccountId
  readonly addresses: readonly string[]
  /** The language of the person's messages; null: the installation's. */
  readonly language: string | null
}

/** What the “This wasn’t me” link undoes, besides raising the risk of later sign-ins. */
export interface TakenBack {
  /** The sign-in that caused it: every session and change that came from it ends. */
  readonly signInId: SessionId | null
  /** The device it was done from, which is forgotten. */
  readonly deviceId: DeviceId | null
  /** The factor that was added, which is removed. */
  readonly factorId: FactorId | null
  /**
   * True: the account had no second factor before this one, so the password alone may be enough again once it is
   * removed. Otherwise the last factor is disabled instead of removed, and the account cannot sign in without another
   * proof.
   */
  readonly wasFirst?: boolean
}

export interface Notice {
  readonly name: NoticeName
  readonly to: Addressee
  /** The request that caused it; the notice takes time, device and place from it. */
  readonly context: AuditContext
  /** Values for the template, such as the name of a factor. Never a secret. */
  readonly details: Readonly<Record<string, string | number>>
  /** Null: there is nothing to take back. */
  readonly takesBack: TakenBack | null
  /** The caller proved a second factor, so an attacker with only the password cannot trigger unlimited notices. */
  readonly isProved?: boolean
}

/** Every proved address of a person, as read from the store. */
export function addresseeOf(person: {
  readonly account: { readonly id: AccountId; readonly language: string | null }
  readonly noticeAddresses: readonly string[]
}): Addressee {
  const { account, noticeAddresses } = person
  return { accountId: account.id, addresses: noticeAddresses, language: account.language }
}

/** Everything known to come from a sign-in. */
export function takesBackSession(session: {
  readonly signInId: SessionId | null
  readonly deviceId: DeviceId | null
}): TakenBack {
  return { signInId: session.signInId, deviceId: session.deviceId, factorId: null }
}

/** Sends notices. Call it after the answer is sent, so that the response time reveals nothing. */
export interface Notices {
  tell(notice: Notice): Promise<void>
}
