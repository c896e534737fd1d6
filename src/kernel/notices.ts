import type { AccountId, DeviceId, FactorId, SessionId } from './ids.js'
import type { AuditContext } from './request-context.js'

/** What people are told about their account or their organization, whether they did it or not (R031, R032). */
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

/** Whom a notice goes to: every proved address of the person, the old ones too when they change. */
export interface Addressee {
  readonly accountId: AccountId
  readonly addresses: readonly string[]
  /** Of the person's messages; null: the installation's. */
  readonly language: string | null
}

/** What the link "this was not me" takes back, besides raising the risk of what comes next. */
export interface TakenBack {
  /** The sign-in that did it: all that came of it ends. */
  readonly signInId: SessionId | null
  /** The device it was done from: forgotten. */
  readonly deviceId: DeviceId | null
  /** The factor that was added: removed. */
  readonly factorId: FactorId | null
  /**
   * True: there was no second factor before that one, so the password alone may be enough again without it. Otherwise
   * the last factor is disabled, not removed, and nobody signs in without another proof.
   */
  readonly wasFirst?: boolean
}

export interface Notice {
  readonly name: NoticeName
  readonly to: Addressee
  /** The request that caused it: time, device and place are told from it. */
  readonly context: AuditContext
  /** What the template may name, such as the name of a factor. Never a secret. */
  readonly details: Readonly<Record<string, string | number>>
  /** Null: there is nothing to take back. */
  readonly takesBack: TakenBack | null
  /** Whoever caused it proved a second factor, so that the password alone cannot cause any number of them. */
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

/** All that came of a sign-in, so far as it is known. */
export function takesBackSession(session: {
  readonly signInId: SessionId | null
  readonly deviceId: DeviceId | null
}): TakenBack {
  return { signInId: session.signInId, deviceId: session.deviceId, factorId: null }
}

/** Tells people. To be called after the answer, so that its time tells nothing. */
export interface Notices {
  tell(notice: Notice): Promise<void>
}
