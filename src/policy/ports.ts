import type { ServiceActor, SessionActor } from '../kernel/actor.js'
import type { ErrorCode } from '../kernel/error-codes.js'
import type { OrganizationId } from '../kernel/ids.js'
import type { RequestContext } from '../kernel/request-context.js'
import type { StepUpNeed } from '../kernel/step-up.js'

export const RISK_LEVELS = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const
export type RiskLevel = (typeof RISK_LEVELS)[number]

/** What the policy needs of a risk assessment. */
export interface RiskAssessment {
  /** Names the assessment to operators; the only thing a blocked caller is told. */
  readonly id: string
  readonly level: RiskLevel
  readonly verdict: 'ALLOW' | 'CHALLENGE' | 'BLOCK'
  /** Whether the session's newest proof was made from where this request comes from; one made elsewhere is no answer. */
  readonly provedHere: boolean
}

export interface StepUpRequest {
  readonly context: RequestContext
  readonly actor: SessionActor
  /** The operation the step-up is for; a proof that counts once is bound to it. */
  readonly operationHash: string
  readonly need: StepUpNeed
}

export interface StepUps {
  /** Opens a context in which the person may be challenged. Sends nothing. */
  open(request: StepUpRequest): Promise<{ readonly mfaToken: string; readonly expiresAt: Date }>
}

export interface Risk {
  /**
   * How unusual this request is, by the thresholds of the installation (`ACCOUNT`) or also those of the organization the
   * session is for; null when there is nothing to go by. Called for guarded operations of sessions only.
   */
  assess(context: RequestContext, rule: 'ACCOUNT' | 'ORGANIZATION'): Promise<RiskAssessment | null>
}

export interface SetAsides {
  /** Writes down that an operation was let through because organizations' policies do not hold for this member. */
  record(context: RequestContext, actor: SessionActor, organizationIds: readonly OrganizationId[]): Promise<void>
}

export interface Changes {
  /** Counts an operation that is about to run by its root fields; throws the refusal when the session has to wait. */
  count(context: RequestContext, actor: SessionActor, rootFields: readonly string[]): Promise<void>
}

export interface OperationProofs {
  /**
   * Takes away the session's proof for this operation, in one conditional update, and answers whether it was still
   * there. Of any number of callers exactly one is answered true.
   */
  spend(actor: SessionActor, operationHash: string): Promise<boolean>
}

/** One "no", or what would have been one. */
export interface RefusalRecord {
  readonly context: RequestContext
  readonly actor: SessionActor | ServiceActor
  readonly code: ErrorCode
  readonly need: StepUpNeed | null
  readonly paths: readonly string[]
  readonly purpose: string | null
  readonly riskId: string | null
  /** False when the guards are `reportOnly`, so that the operation ran. */
  readonly enforced: boolean
}

export interface Refusals {
  /**
   * Writes it to the audit log, or counts it where an equal one is written already. Answers the id of the request that
   * the log has it under; null when that is this one. Anonymous callers are not recorded: they could fill the log at will.
   */
  record(refusal: RefusalRecord): Promise<string | null>
}
