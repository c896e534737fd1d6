import type { ContributionSentence } from './contribution-sentence.js'
import type { ErrorCode } from './error-codes.js'

/** What a person reads when a resolver or a check refuses. messages/ has the words in every language. */
export type RefusalSentence =
  | 'account.address-from-issuer'
  | 'account.language-unknown'
  | 'account.no-password-here'
  | 'audit.bad-checkpoint'
  | 'audit.bad-filter'
  | 'audit.bad-page-size'
  | 'audit.bad-range'
  | 'challenge.asks-first'
  | 'challenge.factor-not-admitted'
  | 'challenge.factor-out-of-use'
  | 'challenge.one-of-two'
  | 'challenge.token-of-another-call'
  | 'challenge.undeliverable'
  | 'cursor.connection'
  | 'cursor.export'
  | 'enrollment.another-began'
  | 'enrollment.factor-does-not-count'
  | 'enrollment.factor-first'
  | 'enrollment.phone-number'
  | 'enrollment.same-channel'
  | 'enrollment.too-many'
  | 'enrollment.type-not-offered'
  | 'enrollment.undeliverable'
  | 'erasure.last-admin'
  | 'erasure.operator'
  | 'factor.last'
  | 'http.accept-json'
  | 'http.content-type'
  | 'http.foreign-origin'
  | 'http.malformed'
  | 'http.method'
  | 'http.not-found'
  | 'input.fields'
  | 'input.no-operation'
  | 'invitation.not-available'
  | 'invitation.too-many'
  | 'link.code-not-available'
  | 'link.codes-off'
  | 'link.not-available'
  | 'link.other-browser-code'
  | 'link.other-browser-password'
  | 'link.sign-in-off'
  | 'list.blocks-you'
  | 'list.expired'
  | 'list.full'
  | 'list.one-subject'
  | 'list.too-wide'
  | 'list.unknown'
  | 'operator.not-yourself'
  | 'organization.changed-meanwhile'
  | 'organization.decides'
  | 'organization.domain-not-proved'
  | 'organization.domain-public'
  | 'organization.domain-taken'
  | 'organization.last-admin'
  | 'organization.last-admin-of-it'
  | 'organization.no-common-factor'
  | 'organization.no-dns-answer'
  | 'organization.not-selected'
  | 'organization.policy-age'
  | 'organization.policy-deadline'
  | 'organization.policy-roles'
  | 'organization.policy-type-not-offered'
  | 'organization.policy-types-too-weak'
  | 'organization.policy-window'
  | 'organization.shuts-you-out'
  | 'organization.too-many'
  | 'organization.too-many-admins'
  | 'organization.too-many-domains'
  | 'organization.too-many-exempt'
  | 'passkey.not-offered'
  | 'passkey.wrong'
  | 'password.common'
  | 'password.contains-email'
  | 'password.too-long'
  | 'password.too-short'
  | 'password.wrong'
  | 'push.device-unknown'
  | 'risk.label-full'
  | 'risk.label-nothing-kept'
  | 'risk.label-too-old'
  | 'service-key.audience'
  | 'service-key.changed-meanwhile'
  | 'service-key.expiry'
  | 'service-key.scope'
  | 'service-key.too-many'
  | 'service-key.unknown'
  | 'session.newer-credential'
  | 'sign-in.blocked'
  | 'sign-in.over'
  | 'token.wrong'
  | 'wait.attempts'
  | 'wait.requests'

/** Why a session has to prove itself, by the purpose of a guard. */
export const STEP_UP_PURPOSES = [
  'account.close',
  'admin.accounts',
  'admin.audit',
  'admin.erase',
  'admin.export',
  'admin.lists',
  'admin.policy',
  'admin.risk',
  'admin.service-keys',
  'data.export',
  'email.change',
  'factor.enroll',
  'factor.remove',
  'factor.rename',
  'organization.enter',
  'organization.leave',
  'organization.manage',
  'organization.opt-in',
  'password.change',
  'phone.change',
  'profile.read',
  'profile.update',
  'recovery-codes.regenerate',
  'session.revoke',
] as const
export type StepUpPurpose = (typeof STEP_UP_PURPOSES)[number]

/** What answers carry beside data. */
export type NoteSentence = 'factor-warning.restricted' | 'factor-warning.mailbox'

export type SentenceId =
  | `error.${ErrorCode}`
  | RefusalSentence
  | `step-up.${StepUpPurpose}`
  | 'step-up.default'
  | 'step-up.sign-in-again'
  | NoteSentence
  | `contribution.${ContributionSentence}`

/**
 * Waits, distances and countries (ISO 3166-1 alpha-2) are written out in the language of the sentence. Values are ours:
 * never text that a caller sent.
 */
export type SentenceValue =
  string | number | { readonly seconds: number } | { readonly km: number } | { readonly country: string }

/** One thing the gateway says to a person, before it is put into words. */
export interface Sentence {
  readonly id: SentenceId
  readonly values?: Readonly<Record<string, SentenceValue>>
}

/** What is known of the languages of a caller. */
export interface Listener {
  /** The `Accept-Language` header; empty without one. */
  readonly acceptLanguage: string
  /** The setting of the account; null: none, or the caller is not signed in. */
  readonly accountLanguage: string | null
}

export interface Sentences {
  /** Puts a sentence into words, in the first language of the listener that has them. */
  say(sentence: Sentence, listener: Listener): string
}

/** Puts a sentence into words, in the language of the caller. */
export type Say = (sentence: Sentence) => string
