import type { Factor } from '../factors/index.js'
import type { AccountId, ChallengeId, FactorId, SessionId } from '../kernel/ids.js'
import type { MaterialAdvance } from '../kernel/material-advance.js'
import type { StepUpBudget, StepUpBudgetUpdate } from '../limits/index.js'
import type { LostTrust } from '../audit/index.js'
import type { Arrival, PersonInSession, Session, Supersession } from '../sessions/index.js'
import type { Challenge } from './challenge.js'

/** A session with what it is asked, one challenge per factor. */
export interface ChallengedSession extends Session {
  readonly challenges: Readonly<Record<FactorId, Challenge>>
}

/** The signed-in person as challenges see them: factors with their material, the session's challenges, the budget. */
export interface ChallengedPerson extends PersonInSession {
  readonly session: ChallengedSession
  readonly factorRecords: Readonly<Record<FactorId, Factor>>
  /** Factors that wait for their first proof; at most one of each kind. */
  readonly enrollments: readonly Factor[]
  readonly stepUpBudget: StepUpBudget
  readonly activeFactorCount: number
}

/** Where a challenge stands: which session of whom, about which factor. */
export interface ChallengeAddress {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly factorId: FactorId
}

export interface SpendAttempt extends ChallengeAddress {
  readonly challenge: Challenge
  /** True while the factor waits for its first proof. */
  readonly isEnrollment: boolean
  readonly now: Date
  /** Of the factor, as read. */
  readonly consecutiveFailures: number
  readonly budget: StepUpBudgetUpdate
}

/** Everything one right answer changes. It happens as a whole or not at all. */
export interface PassChallenge extends ChallengeAddress {
  readonly challengeId: ChallengeId
  readonly stepUpKey: string | null
  readonly advance: MaterialAdvance
  readonly at: Date
  readonly budget: StepUpBudgetUpdate
  /** Set when the answer activates a new factor. */
  readonly activation: Activation | null
  /** The session as read, which `raised` takes over from. */
  readonly before: Session
  readonly raised: Session
  /** The session goes on at its own level until the raised one is presented. */
  readonly supersedes: Supersession
  /** Every session that goes: what `lost` ends, and what makes room. */
  readonly drop: readonly SessionId[]
  readonly arrival: Arrival | null
  /** What is usual from now on, where that begins anew; null: `arrival` says, or nothing changes. */
  readonly restartedProfile: Arrival['riskProfile']
  /** Sessions that end and devices that are forgotten with it, as of `trustRevision`; null: none. */
  readonly lost: LostTrust | null
  readonly trustRevision: number
  /** The revision of the account's grants as read: the session, the step-up or the enrolment was granted on it. */
  readonly grantedOn: number | null
  /** Demands a new factor from now on, or ends that demand, if it is still as it was read; null: leaves it alone. */
  readonly reEnrollment: { readonly from: Date | null; readonly to: Date | null } | null
}

export interface Activation {
  readonly factor: Factor
  /** Recovery codes that come with the first factor; null afterwards. */
  readonly recovery: Factor | null
  /** Older sets of recovery codes, which die with it. */
  readonly replacesRecovery: readonly FactorId[]
  /** Factors whose place it takes, active or dead. */
  readonly removes: readonly FactorId[]
  /** The factors that have to stay for the others to go, besides the new one. */
  readonly keeps: readonly Pick<Factor, 'id' | 'expiresAt'>[]
  /** How many of `removes` are active. */
  readonly removesActive: number
  /** Active factors of the account, as read. */
  readonly countBefore: number
  readonly maxFactors: number
  /** A key nobody else may have; null: none. */
  readonly claim: string | null
  /** Keys of the factors that stay: with those that go, theirs are free again. */
  readonly keptClaims: readonly string[]
}

export interface ChallengeStore {
  find(accountId: AccountId, sessionId: SessionId): Promise<ChallengedPerson | null>
  /**
   * Puts a challenge in place of `replaces` if that one is still as it was read. False when it is not, or when session
   * or factor are gone: read again.
   */
  open(input: OpenChallenge): Promise<boolean>
  /** The same for a factor that is new: it replaces the one of its kind that waits. */
  openEnrollment(input: OpenEnrollment): Promise<boolean>
  /**
   * Spends one attempt of the challenge, of the factor and of the account in one update, before anything is judged.
   * False when challenge, factor or budget are no longer as they were read: read again.
   */
  spendAttempt(input: SpendAttempt): Promise<boolean>
  /**
   * Lets the person in, if challenge, factor and session are still what the answer was judged by. One caller wins.
   * `claimed`: somebody has the key the new factor claims.
   */
  pass(input: PassChallenge): Promise<'passed' | 'changed' | 'claimed'>
  /** Lets another message be sent at once, because the last one could not be handed over. */
  allowResend(address: ChallengeAddress, challengeId: ChallengeId, now: Date): Promise<void>
  /** Gives a challenge another id, so that nobody can answer it. False when there is none such. */
  cancel(address: ChallengeAddress, challengeId: ChallengeId): Promise<boolean>
  /** Ends a pending session whose challenge has no attempts left: the password has to be given again (R015). */
  endExhausted(accountId: AccountId, sessionId: SessionId, ending: readonly SessionId[]): Promise<void>
  /** Disables a factor that failed too often. True for the one caller that did it. */
  disableFactor(accountId: AccountId, factorId: FactorId, failureLimit: number): Promise<boolean>
}

export interface OpenChallenge {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly challenge: Challenge
  readonly replaces: Challenge | null
  /** A change to the factor's material that asking brings. */
  readonly advance: MaterialAdvance | null
}

export interface OpenEnrollment {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly challenge: Challenge
  readonly factor: Factor
  readonly replaces: FactorId | null
  /** Enrolment challenges of this session that nothing waits for any more, by their factors. */
  readonly drop: readonly FactorId[]
}

/** A person whom no session vouches for: their device proves itself by its key. */
export type PersonWithDevices = Omit<ChallengedPerson, 'session'> & {
  readonly sessions: Readonly<Record<SessionId, ChallengedSession>>
}

export interface ConnectDevice {
  readonly accountId: AccountId
  readonly factorId: FactorId
  /** Digest of the token, which is spent by it. */
  readonly connectHash: string
  readonly publicKey: string
  /** What its owner calls the device; shown with the factor. */
  readonly name: string
  readonly now: Date
}

export interface ApprovePrompt extends ChallengeAddress {
  readonly challengeId: ChallengeId
  /** How the question was found; one that was approved before only gives the attempt back. */
  readonly from: 'waiting' | 'approved'
  readonly isEnrollment: boolean
  /** The device's key, as the signature was checked by it. */
  readonly publicKey: string
  readonly now: Date
  /** Gives back what was spent before the number was judged. */
  readonly budget: StepUpBudgetUpdate
}

export interface DenyPrompt extends ChallengeAddress {
  readonly challengeId: ChallengeId
  readonly isEnrollment: boolean
  readonly publicKey: string
  /** Whether the asking session is still pending, so that it ends with its prompt. */
  readonly endsSession: boolean
  /** The sessions that end then: the asking one, what it replaced and what would replace it. */
  readonly ending: readonly SessionId[]
  readonly now: Date
}

/** Devices that answer prompts. Every verb is one conditional update. */
export interface PushStore {
  find(accountId: AccountId): Promise<PersonWithDevices | null>
  /** Binds a key to a factor that waits for one. One caller wins; false for an unknown, spent or expired token. */
  connect(input: ConnectDevice): Promise<boolean>
  /** Puts a subscription in place. False when the factor is gone or has another key by now. */
  subscribe(
    device: Pick<ChallengeAddress, 'accountId' | 'factorId'>,
    input: { readonly publicKey: string; readonly isEnrollment: boolean; readonly sealedSubscription: string },
  ): Promise<boolean>
  /** False when the prompt was answered, denied or ran out, or the budget moved: read again. */
  approve(input: ApprovePrompt): Promise<boolean>
  /** Ends the challenge for good and notes the suspicion. False when the prompt is not waiting any more. */
  deny(input: DenyPrompt): Promise<boolean>
}
