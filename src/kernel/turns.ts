import { Refusal } from './refusal.js'
import type { AuditContext } from './request-context.js'

/** A caller whose password is about to be checked, or whose new one is about to be hashed. */
export interface TurnAsked {
  /** The known device that a sign-in comes from; null: none. */
  readonly device: string | null
  /** The account that the caller has proved by a session or a link; null: none. */
  readonly account: string | null
  /** `check`: a password is compared. `new`: one is hashed for the first time. */
  readonly purpose: 'check' | 'new'
  /** What the caller's device or network has used of its budgets lately. Of one lane, callers that used less go first. */
  readonly used: number
  readonly context: AuditContext
  /** Whether the client has disconnected, so that no one would read the answer. Not asked on known devices. */
  readonly isGone?: (() => boolean) | undefined
}

/** The client disconnected while it waited, so the work was not done. */
export class ClientGone extends Refusal {
  constructor() {
    super('UNAVAILABLE')
  }
}

/** Hashing a password keeps a processor busy, so callers take turns. */
export interface Turns {
  /**
   * Runs the work once it is the caller's turn. Throws the refusal when there are too many others, when it took too
   * long, or when the gateway stops, and `ClientGone`.
   */
  take<T>(asked: TurnAsked, work: () => Promise<T>): Promise<T>
}
