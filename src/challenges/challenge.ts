import type { FactorType } from '../kernel/factor-type.js'
import type { ChallengeId, FactorId } from '../kernel/ids.js'

export const CHALLENGE_PURPOSES = ['ENROLLMENT', 'SIGN_IN', 'STEP_UP'] as const
/** What a right answer does: activates a new factor, finishes a sign-in, or raises an active session. */
export type ChallengePurpose = (typeof CHALLENGE_PURPOSES)[number]

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
}

export interface ChallengeSettings {
  /** Wrong answers one challenge bears. */
  readonly attempts: number
  /** Wrong answers in a row, over all challenges, after which a factor is disabled (NIST 3.2.2). */
  readonly factorFailureLimit: number
}
