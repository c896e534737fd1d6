import { badInput } from '../kernel/parse-input.js'
import type { SentenceId } from '../kernel/sentences.js'
import type { PasswordObjection } from './password-policy.js'

const SENTENCES = {
  TOO_SHORT: 'password.too-short',
  TOO_LONG: 'password.too-long',
  TOO_COMMON: 'password.common',
  CONTAINS_EMAIL: 'password.contains-email',
} as const satisfies Record<PasswordObjection, SentenceId>

/** Refuses a new password. Clients with their own wording find the objection in `extensions`. */
export const badPassword = (field: string, objection: PasswordObjection) =>
  badInput([field], SENTENCES[objection], { objection })
