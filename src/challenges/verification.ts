import type { DeviceKeyProof } from '../devices/index.js'
import type { Answer } from '../factors/index.js'
import type { FactorSummary } from '../kernel/actor.js'
import type { ChallengeId } from '../kernel/ids.js'
import type { AuditContext, RequestOrigin } from '../kernel/request-context.js'
import type { IssuedCredentials, Session } from '../sessions/index.js'
import type { ChallengedPerson } from './ports.js'

/** An answer, and where it comes from. */
export interface AnswerInput {
  readonly person: ChallengedPerson
  readonly answer: Answer
  readonly origin: RequestOrigin
  readonly deviceToken: string | null
  /** The proof that the client holds its device's key. */
  readonly deviceKey: DeviceKeyProof
  readonly rememberDevice: boolean
  readonly context: AuditContext
}

/** The answer to a challenge that was begun before. */
export interface VerifyChallengeInput extends AnswerInput {
  readonly challengeId: ChallengeId
}

export type VerifyChallengeOutcome =
  | {
      kind: 'passed'
      session: Session
      credentials: IssuedCredentials
      factor: FactorSummary
      deviceRemembered: boolean
      recoveryCodes: readonly string[] | null
      /** Tells the person about it, after the answer is sent. */
      notify: () => Promise<void>
    }
  | { kind: 'wrong-answer'; attemptsLeft: number; notify: () => Promise<void> }
  | { kind: 'not-available' } // unknown, expired, spent or someone else's: the caller cannot tell which
  | { kind: 'waiting'; attemptsLeft: number } // another device must answer first, and has not yet
  | { kind: 'locked'; until: Date }
