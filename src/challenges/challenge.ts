import type { Question } from '../factors/index.js'
import type { ChallengePurpose } from '../kernel/challenge-purpose.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { ChallengeId, FactorId } from '../kernel/ids.js'

/**
 * One question to one session about one factor, answered at most once. It lives inside its session, one per factor, so a
 * new one replaces the old one and takes over what is left of its attempts (R012, R013).
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
  /** What its factor's kind judges the answer by. */
  readonly question: Question
  /** Messages sent for it and for those it replaced. */
  readonly messages: number
  /** When another message may be sent; null where nothing is sent. */
  readonly resendAvailableAt: Date | null
}

export interface ChallengeSettings {
  /** Wrong answers one challenge bears. */
  readonly attempts: number
  /** Wrong answers in a row, over all challenges, after which a factor is disabled (NIST 3.2.2). */
  readonly factorFailureLimit: number
  /** How long the first message keeps the next one waiting; doubled with each. */
  readonly resendSeconds: number
  /** The longest that the doubling leads to. */
  readonly maxResendSeconds: number
}

/** How long to wait after so many messages. */
export function resendDelay(messages: number, { resendSeconds, maxResendSeconds }: ChallengeSettings): number {
  return Math.min(maxResendSeconds, resendSeconds * 2 ** Math.min(20, Math.max(0, messages - 1)))
}
