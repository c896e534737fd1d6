import type { Actor, SessionActor } from '../kernel/actor.js'
import type { Assurances } from '../kernel/assurance.js'
import type { ErrorCode } from '../kernel/error-codes.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { SessionRule } from '../kernel/mfa-rule.js'
import type { StepUpNeed } from '../kernel/step-up.js'
import type { RiskAssessment } from './ports.js'
import type { FoldedRequirement } from './requirement.js'
import type { PurposeMessages } from './step-up-sentence.js'

/** What holds for everybody. */
export interface PolicySettings {
  /** What a proof of each kind is worth. */
  readonly assurances: Assurances
  /** How old a proof may be to answer a risk challenge. */
  readonly riskProofSeconds: number
  /** Sentences for your own purposes, or instead of ours. */
  readonly messages?: PurposeMessages
}

/** What holds for one person. */
export interface PersonalSettings extends PolicySettings {
  /** Whether the account has to have a factor. */
  readonly mfaPolicy: 'OPTIONAL' | 'REQUIRED'
  /** The kinds of factor that count, besides recovery codes. Others count for nothing, whoever enrolled them before (R040). */
  readonly enabledFactors: readonly FactorType[]
  /** The kinds that may be enrolled; of these only those that count are offered. */
  readonly enrollable: readonly FactorType[]
  /** Whether a recovery code counts. Where it does not, it opens the way to a new factor and nothing else (R137). */
  readonly recoveryCodes: boolean
  /** Where the account has had a factor of one of these lists, its factors are managed with a proof of that list. */
  readonly vouching: readonly (readonly FactorType[])[]
  /** What every session has to have proved; null: nothing. */
  readonly session: SessionRule | null
  /** Whether having signed in from a remembered device will do for that. */
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
