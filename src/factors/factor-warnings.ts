import type { FactorType } from '../kernel/factor-type.js'

export const FACTOR_WARNINGS = {
  RESTRICTED_AUTHENTICATOR:
    'Codes sent to a phone number can be intercepted or redirected; NIST SP 800-63B calls them a restricted authenticator. ' +
    'Enrol a passkey or an authenticator app as well.',
  MAILBOX_ONLY: 'A code sent by e-mail proves a mailbox, which the password may be reset with; it can be phished.',
} as const
export type FactorWarning = keyof typeof FACTOR_WARNINGS

const WARNINGS_OF: Partial<Record<FactorType, readonly FactorWarning[]>> = {
  SMS: ['RESTRICTED_AUTHENTICATOR'],
  EMAIL: ['MAILBOX_ONLY'],
}

/** What the owner must be told about a kind of factor (R040, R044). */
export const warningsOf = (type: FactorType): readonly FactorWarning[] => WARNINGS_OF[type] ?? []
