import type { ConfirmationStore } from '../accounts/index.js'
import type { Factor } from '../factors/index.js'
import type { AccountId, FactorId, SessionId } from '../kernel/ids.js'
import type { StepUpBudget } from '../limits/index.js'
import type { InvitationStore } from '../organizations/index.js'
import type { RiskLabel } from '../risk/index.js'
import type { Person } from '../sessions/index.js'
import type { LinkStore } from '../sign-in/index.js'

/** A person with everything that is kept of them. */
export interface PersonOnRecord extends Person {
  readonly factorRecords: Readonly<Record<FactorId, Factor>>
  /** Factors that wait for their first proof. */
  readonly enrollments: readonly Factor[]
  readonly stepUpBudget: StepUpBudget
  /** What operators said about risk decisions, by decision. */
  readonly riskLabels: Readonly<Record<string, { readonly label: RiskLabel; readonly at: Date }>>
}

/**
 * How far an erasure has come. `CLOSED`: nobody signs in any more, and what the account held is gone. `RECORDED`: the audit
 * log says so, which has to come before anything is taken out of it. `TOLD`: the person was sent the notice.
 */
export type ErasureStep = 'CLOSED' | 'RECORDED' | 'TOLD'

/** What an erasure still needs to know of the person; it goes with the account. */
export interface Erasure {
  readonly step: ErasureStep
  readonly begunBy: {
    readonly action: 'account.closed' | 'admin.account_erased'
    readonly accountId: AccountId
    /** What the operator gave as the reason. */
    readonly ground: string | null
  }
  readonly emailKey: string
  readonly language: string | null
  /** Every proved address, to be told. */
  readonly addresses: readonly string[]
  /** Counters that are kept under names of this person. */
  readonly counters: readonly string[]
}

/** Whoever works on an erasure, and until when nobody else does. */
export interface ErasureLease {
  readonly runner: string
  readonly until: Date
}

export interface CloseAccount {
  readonly accountId: AccountId
  /** What must still hold: the password that was checked, and the session it was done in. Null: an operator does it. */
  readonly asRead: { readonly passwordHash: string | null; readonly sessionId: SessionId } | null
  readonly erasure: Erasure
  readonly lease: ErasureLease
}

export interface ErasureStore {
  /**
   * Closes the account and empties it, in one update: no session, device, factor or membership is left, and none can be
   * made. False when it is gone, closed already, or no longer as read.
   */
  close(input: CloseAccount): Promise<boolean>
  /** Closed accounts nobody works on at this moment. */
  abandoned(now: Date): Promise<readonly AccountId[]>
  /** Takes over an erasure nobody works on; to exactly one of any number of callers. */
  take(accountId: AccountId, lease: ErasureLease, now: Date): Promise<Erasure | null>
  /** Notes a step, or only that the work goes on; false when somebody else has taken over. */
  advance(accountId: AccountId, lease: ErasureLease, to: ErasureStep): Promise<boolean>
  /** Notes that an account is about to go, so that what comes late is swept up from `sweepAt` on. */
  bury(accountId: AccountId, sweepAt: Date): Promise<void>
  /** Removes the account: its address is free from here. False when somebody else has taken over. */
  remove(accountId: AccountId, lease: Pick<ErasureLease, 'runner'>): Promise<boolean>
  /** Notes that the end of an erasure is on record. */
  noteEnd(accountId: AccountId): Promise<void>
  /** Accounts that are gone and due to be swept up after. */
  buried(now: Date): Promise<readonly { readonly accountId: AccountId; readonly endNoted: boolean }[]>
  /** Nothing more comes late: forgets that there ever was such an account. */
  forget(accountId: AccountId): Promise<void>
  /** Makes the files of the store hold no more than what is in it. */
  purge(): Promise<void>
}

/** What waits for a person to follow it. */
export interface WaitingStores {
  readonly confirmations: Pick<ConfirmationStore, 'waiting' | 'forget'>
  readonly links: Pick<LinkStore, 'waiting' | 'forget'>
  readonly invitations: Pick<InvitationStore, 'to' | 'forget'>
}
