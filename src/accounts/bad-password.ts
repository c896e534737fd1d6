import { badInput } from '../kernel/parse-input.js'
import { PASSWORD_OBJECTIONS, type PasswordObjection } from './password-policy.js'

/** The refusal of a new password: states the objection in words and, for pages in other languages, by name. */
export const badPassword = (field: string, objection: PasswordObjection) =>
  badInput([field], PASSWORD_OBJECTIONS[objection], { objection })
