import type { Assurances } from '../kernel/assurance.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { MfaRule } from '../kernel/mfa-rule.js'
import type { FirstFactor } from './first-factor.js'
import { assuranceOfSession, proofsOf, type Session } from './session.js'

/** RFC 8176 names for what each factor proves. A remembered device adds nothing. */
const METHODS: Readonly<Record<FactorType, readonly string[]>> = {
  TOTP: ['otp'],
  SMS: ['sms'],
  EMAIL: ['otp'],
  WEBAUTHN: ['hwk', 'user'],
  PUSH: ['swk'],
  RECOVERY_CODE: ['otp'],
}

/**
 * What the first factor proves by itself: a passkey's proof names its own methods, and a mailbox is an out-of-band
 * code.
 */
const FIRST: Readonly<Record<FirstFactor, readonly string[]>> = {
  PASSWORD: ['pwd'],
  PASSKEY: [],
  MAGIC_LINK: ['otp'],
  EXTERNAL: [],
  EXTERNAL_MESSAGE: [],
}

/**
 * The `amr` claim: the first factor, then each proved after it, and `mfa` only when the session has that assurance
 * (R083).
 */
export function authenticationMethods(
  session: Session,
  assurances: Assurances,
  rule: MfaRule | null = null,
): readonly string[] {
  const methods = new Set(session.firstMethods ?? FIRST[session.firstFactor])
  for (const proof of proofsOf(session)) for (const method of proof.methods ?? METHODS[proof.type]) methods.add(method)
  if (assuranceOfSession(session, assurances, rule) !== 'ONE_FACTOR') methods.add('mfa')
  return [...methods]
}
