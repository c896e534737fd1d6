import type { FactorType } from '../kernel/factor-type.js'
import type { SentenceId } from '../kernel/sentences.js'

/** The warnings there are, and what a person reads. */
export const FACTOR_WARNINGS = {
  RESTRICTED_AUTHENTICATOR: 'factor-warning.restricted',
  MAILBOX_ONLY: 'factor-warning.mailbox',
} as const satisfies Record<string, SentenceId>
export type FactorWarning = keyof typeof FACTOR_WARNINGS

const WARNINGS_OF: Partial<Record<FactorType, readonly FactorWarning[]>> = {
  SMS: ['RESTRICTED_AUTHENTICATOR'],
  EMAIL: ['MAILBOX_ONLY'],
}

/** What the owner must be told about a kind of factor (R040, R044). */
export const warningsOf = (type: FactorType): readonly FactorWarning[] => WARNINGS_OF[type] ?? []
