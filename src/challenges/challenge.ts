import type { Question } from '../factors/index.js'
import type { ChallengePurpose } from '../kernel/challenge-purpose.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { ChallengeId, FactorId } from '../kernel/ids.js'

/**
 * One question to one session about one factor, answered at most once. It lives inside its session, one per factor, so
 * a new one replaces the old one and inherits its remaining attempts (R012, R013).
 */
export interface Challenge {
  readonly id: ChallengeId
  readonly purpose: ChallengePurpose
  readonly factorId: FactorId
  readonly factorType: FactorType
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly attemptsLeft: number
  /** The step-up context it is for; spent together with it. */
  readonly stepUpKey: string | null
  /** What the factor's kind needs to judge the answer. */
  readonly question: Question
  /** Messages sent for it and for those it replaced. */
  readonly messages: number
  /** When another message may be sent; null where nothing is sent. */
  readonly resendAvailableAt: Date | null
}

export interface ChallengeSettings {
  /** Wrong answers that one challenge allows. */
  readonly attempts: number
  /** Wrong answers in a row, across all challenges, after which a factor is disabled (NIST 3.2.2). */
  readonly factorFailureLimit: number
  /** How long to wait after the first message before the next; doubled with each message. */
  readonly resendSeconds: number
  /** The maximum of the doubled wait. */
  readonly maxResendSeconds: number
}

/** How long to wait after this many messages. */
export function resendDelay(messages: number, { resendSeconds, maxResendSeconds }: ChallengeSettings): number {
  return Math.min(maxResendSeconds, resendSeconds * 2 ** Math.min(20, Math.max(0, messages - 1)))
}
