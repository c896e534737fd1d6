import { acrOf, type Assurance } from './assurance.js'
import type { FactorType } from './factor-type.js'
import type { FactorId } from './ids.js'

export const STEP_UP_REASONS = ['MFA_MISSING', 'MFA_STALE', 'RISK_ELEVATED', 'POLICY'] as const
export type StepUpReason = (typeof STEP_UP_REASONS)[number]

/** A factor the person may be challenged with. */
export interface ChallengeOption {
  readonly factorId: FactorId
  readonly type: FactorType
  readonly name: string
}

/** What is missing, before its step-up context is opened. */
export interface StepUpNeed {
  readonly assurance: Assurance
  /** Maximum age of the proof in seconds; null when any age will do; 0 when it must be made for this one operation. */
  readonly maxAge: number | null
  readonly reason: StepUpReason
  readonly purpose: string | null
  readonly paths: readonly string[]
  readonly challenge: readonly ChallengeOption[]
  readonly enroll: readonly FactorType[]
}

/** The step-up a client must complete, as in `MfaRequired` and in the `STEP_UP_REQUIRED` error (RFC 9470 section 3). */
export interface StepUp extends StepUpNeed {
  readonly error: 'insufficient_user_authentication'
  readonly acrValues: readonly string[]
  /** Opaque; bound to session, account and operation. The step-up it was issued for spends it. */
  readonly mfaToken: string
  readonly expiresAt: Date
}

export function stepUpOf(need: StepUpNeed, context: { readonly mfaToken: string; readonly expiresAt: Date }): StepUp {
  return {
    error: 'insufficient_user_authentication',
    ...need,
    acrValues: [acrOf(need.assurance)],
    mfaToken: context.mfaToken,
    expiresAt: context.expiresAt,
  }
}
