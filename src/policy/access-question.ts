import type { Actor, SessionActor } from '../kernel/actor.js'
import type { Assurances } from '../kernel/assurance.js'
import type { ErrorCode } from '../kernel/error-codes.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { StepUpNeed } from '../kernel/step-up.js'
import type { RiskAssessment } from './ports.js'
import type { FoldedRequirement } from './requirement.js'

export interface PolicySettings {
  /** Whether every account has to have a factor. */
  readonly mfaPolicy: 'OPTIONAL' | 'REQUIRED'
  /** The kinds of factor in use, besides recovery codes. Others count for nothing, whoever enrolled them before (R040). */
  readonly enabledFactors: readonly FactorType[]
  /** What a proof of each kind is worth. */
  readonly assurances: Assurances
  /** How old a proof may be to answer a risk challenge. */
  readonly riskProofSeconds: number
}

export interface AccessQuestion {
  readonly requirement: FoldedRequirement
  readonly actor: Actor
  readonly now: Date
  /** Null when risk was not assessed. */
  readonly risk: RiskAssessment | null
  readonly settings: PolicySettings
  readonly operationHash: string
}

/** The question about somebody who has a session. */
export interface SessionQuestion extends AccessQuestion {
  readonly actor: SessionActor
}

export interface AccessAllowed {
  readonly kind: 'allow'
  /** Allowed only once the session's proof for this one operation is spent. */
  readonly spendsProof: boolean
}

export interface AccessRefused {
  readonly kind: 'refuse'
  readonly code: ErrorCode
  readonly need: StepUpNeed | null
}

export type AccessDecision = AccessAllowed | AccessRefused
