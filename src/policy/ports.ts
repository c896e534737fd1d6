import type { ServiceActor, SessionActor } from '../kernel/actor.js'
import type { ErrorCode } from '../kernel/error-codes.js'
import type { OrganizationId } from '../kernel/ids.js'
import type { RequestContext } from '../kernel/request-context.js'
import type { StepUpNeed } from '../kernel/step-up.js'

export const RISK_LEVELS = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const
export type RiskLevel = (typeof RISK_LEVELS)[number]

/** The parts of a risk assessment that the policy needs. */
export interface RiskAssessment {
  /** Identifies the assessment to operators. It is the only thing a blocked caller sees. */
  readonly id: string
  readonly level: RiskLevel
  readonly verdict: 'ALLOW' | 'CHALLENGE' | 'BLOCK'
  /** Whether the session's newest proof was made where this request comes from. Proofs from elsewhere do not count. */
  readonly provedHere: boolean
}

export interface StepUpRequest {
  readonly context: RequestContext
  readonly actor: SessionActor
  /** The operation that needs the step-up. A single-use proof is bound to it. */
  readonly operationHash: string
  readonly need: StepUpNeed
}

export interface StepUps {
  /** Opens a step-up context in which the caller can begin a challenge. Sends nothing. */
  open(request: StepUpRequest): Promise<{ readonly mfaToken: string; readonly expiresAt: Date }>
}

export interface Risk {
  /**
   * Assesses how unusual this request is, by the thresholds of the installation (`ACCOUNT`), or also by those of the
   * session's organization. Null if there is nothing to assess. Called only for guarded operations of sessions.
   */
  assess(context: RequestContext, rule: 'ACCOUNT' | 'ORGANIZATION'): Promise<RiskAssessment | null>
}

export interface SetAsides {
  /** Records that an operation was allowed because organizations set their policies aside for this member. */
  record(context: RequestContext, actor: SessionActor, organizationIds: readonly OrganizationId[]): Promise<void>
}

export interface Changes {
  /** Counts the root fields of an operation before it runs. Throws a refusal if the session must wait. */
  count(context: RequestContext, actor: SessionActor, rootFields: readonly string[]): Promise<void>
}

export interface OperationProofs {
  /**
   * Removes the session's proof for this operation in one conditional update and returns whether it was still there. Of
   * any number of concurrent calls, exactly one returns true.
   */
  spend(actor: SessionActor, operationHash: string): Promise<boolean>
}

/** A refusal, or what a `reportOnly` guard would have refused. */
export interface RefusalRecord {
  readonly context: RequestContext
  readonly actor: SessionActor | ServiceActor
  readonly code: ErrorCode
  readonly need: StepUpNeed | null
  readonly paths: readonly string[]
  readonly purpose: string | null
  readonly riskId: string | null
  /** False if the guards are `reportOnly`, so the operation ran. */
  readonly enforced: boolean
}

export interface Refusals {
  /**
   * Writes the refusal to the audit log, or counts it if the log already has an equal one. Returns the id of the
   * request that the log lists it under, or null if that is this request. Anonymous callers are not recorded, because
   * they could flood the log.
   */
  record(refusal: RefusalRecord): Promise<string | null>
}
