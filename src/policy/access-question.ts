import type { Actor, SessionActor } from '../kernel/actor.js'
import type { Assurances } from '../kernel/assurance.js'
import type { ErrorCode } from '../kernel/error-codes.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { SessionRule } from '../kernel/mfa-rule.js'
import type { StepUpNeed } from '../kernel/step-up.js'
import type { RiskAssessment } from './ports.js'
import type { FoldedRequirement } from './requirement.js'

/** Settings that apply to every caller. */
export interface PolicySettings {
  /** The assurance that a proof of each factor type gives. */
  readonly assurances: Assurances
  /** Maximum age of a proof that answers a risk challenge. */
  readonly riskProofSeconds: number
}

/** Settings that apply to one caller. */
export interface PersonalSettings extends PolicySettings {
  /** Whether the account must have a factor. */
  readonly mfaPolicy: 'OPTIONAL' | 'REQUIRED'
  /** The factor types that count, besides recovery codes. Other types do not count, even if already enrolled (R040). */
  readonly enabledFactors: readonly FactorType[]
  /** The factor types that may be enrolled. Only those that also count are offered. */
  readonly enrollable: readonly FactorType[]
  /** Whether a recovery code counts. If not, it only allows the account to enrol a new factor (R137). */
  readonly recoveryCodes: boolean
  /** Lists of factor types. If the account ever had a factor of a list, managing factors needs a proof of that list. */
  readonly vouching: readonly (readonly FactorType[])[]
  /** What every session must have proved; null: nothing. */
  readonly session: SessionRule | null
  /** Whether a sign-in from a remembered device satisfies the `session` rule. */
  readonly rememberedDevices: boolean
}

export interface AccessQuestion {
  readonly requirement: FoldedRequirement
  readonly actor: Actor
  readonly now: Date
  /** Null when risk was not assessed. */
  readonly risk: RiskAssessment | null
  readonly settings: PersonalSettings
  readonly operationHash: string
}

/** The question about a caller with a session. */
export interface SessionQuestion extends AccessQuestion {
  readonly actor: SessionActor
}

export interface AccessAllowed {
  readonly kind: 'allow'
  /** The operation may run only after the session's proof for it has been spent. */
  readonly spendsProof: boolean
}

export interface AccessRefused {
  readonly kind: 'refuse'
  readonly code: ErrorCode
  readonly need: StepUpNeed | null
}

export type AccessDecision = AccessAllowed | AccessRefused
