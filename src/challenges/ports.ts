import type { Factor } from '../factors/index.js'
import type { AccountId, ChallengeId, FactorId, SessionId } from '../kernel/ids.js'
import type { MaterialAdvance } from '../kernel/material-advance.js'
import type { StepUpBudget, StepUpBudgetUpdate } from '../limits/index.js'
import type { ChangeEvents, LostTrust } from '../audit/index.js'
import type { Arrival, PersonInSession, Session, Supersession } from '../sessions/index.js'
import type { Challenge } from './challenge.js'

/** A session with its challenges, one per factor. */
export interface ChallengedSession extends Session {
  readonly challenges: Readonly<Record<FactorId, Challenge>>
}

/** The signed-in person as challenges need it: factors with their material, the session's challenges, the budget. */
export interface ChallengedPerson extends PersonInSession {
  readonly session: ChallengedSession
  readonly factorRecords: Readonly<Record<FactorId, Factor>>
  /** Factors waiting for their first proof; at most one of each kind. */
  readonly enrollments: readonly Factor[]
  readonly stepUpBudget: StepUpBudget
  readonly activeFactorCount: number
}

/** The location of a challenge: its account, session and factor. */
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
  /** The session as read, which `raised` succeeds. */
  readonly before: Session
  readonly raised: Session
  /** The old session continues at its own level until the raised one is presented. */
  readonly supersedes: Supersession
  /** Every session that is removed: those that `lost` ends, and those that make room. */
  readonly drop: readonly SessionId[]
  /** Sessions that were replaced for good: only what recognises their credentials is kept. */
  readonly retires: readonly Pick<Session, 'id' | 'state'>[]
  readonly arrival: Arrival | null
  /** The risk profile after a restart; null: `arrival` carries it, or it does not change. */
  readonly restartedProfile: Arrival['riskProfile']
  /** Sessions that end and devices that are forgotten with it, as of `trustRevision`; null: none. */
  readonly lost: LostTrust | null
  readonly trustRevision: number
  /** The revision of the account's grants as read: the session, the step-up or the enrolment was granted on it. */
  readonly grantedOn: number | null
  /** Starts or ends the demand for a new factor, if it is still as read; null: no change. */
  readonly reEnrollment: { readonly from: Date | null; readonly to: Date | null } | null
  readonly events: ChangeEvents
}

export interface Activation {
  readonly factor: Factor
  /** Recovery codes that come with the first factor; null for later ones. */
  readonly recovery: Factor | null
  /** Older sets of recovery codes, which become invalid. */
  readonly replacesRecovery: readonly FactorId[]
  /** Factors it replaces, active or dead. */
  readonly removes: readonly FactorId[]
  /** The factors, besides the new one, that must still exist for the others to be removed. */
  readonly keeps: readonly Pick<Factor, 'id' | 'expiresAt'>[]
  /** How many of `removes` are active. */
  readonly removesActive: number
  /** Active factors of the account, as read. */
  readonly countBefore: number
  readonly maxFactors: number
  /** A key that must be unique across all accounts; null: none. */
  readonly claim: string | null
  /** Keys of the factors that stay; the keys of removed factors become free. */
  readonly keptClaims: readonly string[]
}

export interface ChallengeStore {
  find(accountId: AccountId, sessionId: SessionId): Promise<ChallengedPerson | null>
  /**
   * Puts a challenge in place of `replaces` if that one is still as it was read. False when it is not, or when session
   * or factor are gone: read again.
   */
  open(input: OpenChallenge): Promise<boolean>
  /** The same for a new factor: it replaces the waiting one of its kind. */
  openEnrollment(input: OpenEnrollment): Promise<boolean>
  /**
   * Spends one attempt of the challenge, of the factor and of the account in one update, before the answer is judged.
   * False when challenge, factor or budget are no longer as they were read: read again.
   */
  spendAttempt(input: SpendAttempt): Promise<boolean>
  /**
   * Accepts the answer if challenge, factor and session are unchanged since it was judged. One caller wins. `claimed`:
   * another account holds the key the new factor claims.
   */
  pass(input: PassChallenge): Promise<'passed' | 'changed' | 'claimed'>
  /** Lets another message be sent at once, because the last one could not be handed over. */
  allowResend(address: ChallengeAddress, challengeId: ChallengeId, now: Date): Promise<void>
  /** Gives a challenge another id, so that it cannot be answered. False when there is no such challenge. */
  cancel(address: ChallengeAddress, challengeId: ChallengeId, events: ChangeEvents): Promise<boolean>
  /** Ends a pending session whose challenge has no attempts left: the password is required again (R015). */
  endExhausted(accountId: AccountId, sessionId: SessionId, ending: readonly SessionId[]): Promise<void>
  /** Disables a factor that failed too often. True for exactly one caller. */
  disableFactor(accountId: AccountId, factorId: FactorId, failureLimit: number, events: ChangeEvents): Promise<boolean>
}

export interface OpenChallenge {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly challenge: Challenge
  readonly replaces: Challenge | null
  /** The change to the factor's material that starting a challenge makes. */
  readonly advance: MaterialAdvance | null
  /** Set when the same call answers it: one attempt of challenge, factor and account is spent with it. */
  readonly spends: Pick<SpendAttempt, 'consecutiveFailures' | 'budget'> | null
  readonly events: ChangeEvents
}

export interface OpenEnrollment {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly challenge: Challenge
  readonly factor: Factor
  readonly replaces: FactorId | null
  /** The factors whose enrolment challenges in this session are obsolete. */
  readonly drop: readonly FactorId[]
  readonly events: ChangeEvents
}

/** A person without a session: their device proves itself by its key. */
export type PersonWithDevices = Omit<ChallengedPerson, 'session'> & {
  readonly sessions: Readonly<Record<SessionId, ChallengedSession>>
}

export interface ConnectDevice {
  readonly accountId: AccountId
  readonly factorId: FactorId
  /** Digest of the token, which connecting spends. */
  readonly connectHash: string
  readonly publicKey: string
  /** The owner's name for the device; shown with the factor. */
  readonly name: string
  readonly now: Date
  readonly events: ChangeEvents
}

export interface ApprovePrompt extends ChallengeAddress {
  readonly challengeId: ChallengeId
  /** The state the challenge was found in; if it was approved before, only the attempt is given back. */
  readonly from: 'waiting' | 'approved'
  readonly isEnrollment: boolean
  /** The device's key that the signature was verified with. */
  readonly publicKey: string
  readonly now: Date
  /** Gives back what was spent before the number was checked. */
  readonly budget: StepUpBudgetUpdate
  readonly events: ChangeEvents
}

export interface DenyPrompt extends ChallengeAddress {
  readonly challengeId: ChallengeId
  readonly isEnrollment: boolean
  readonly publicKey: string
  /** Whether the session that started the prompt is still pending, so that it ends with the prompt. */
  readonly endsSession: boolean
  /** The sessions that end then: the one that started the prompt, its predecessor and its successors. */
  readonly ending: readonly SessionId[]
  readonly now: Date
  readonly events: ChangeEvents
}

/** Devices that answer prompts. Every method is one conditional update. */
export interface PushStore {
  find(accountId: AccountId): Promise<PersonWithDevices | null>
  /** Binds a key to a factor that waits for one. One caller wins; false for an unknown, spent or expired token. */
  connect(input: ConnectDevice): Promise<boolean>
  /** Stores a subscription. False when the factor is gone or has another key by now. */
  subscribe(
    device: Pick<ChallengeAddress, 'accountId' | 'factorId'>,
    input: { readonly publicKey: string; readonly isEnrollment: boolean; readonly sealedSubscription: string },
  ): Promise<boolean>
  /** False when the prompt was answered, denied or expired, or the budget moved: read again. */
  approve(input: ApprovePrompt): Promise<boolean>
  /** Ends the challenge permanently and records the suspicion. False when the prompt is no longer waiting. */
  deny(input: DenyPrompt): Promise<boolean>
}
