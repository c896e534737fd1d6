import type { ChangeEvents } from '../audit/index.js'
import type { ConfirmationStore } from '../accounts/index.js'
import type { Factor } from '../factors/index.js'
import type { AccountId, FactorId, SessionId } from '../kernel/ids.js'
import type { StepUpBudget } from '../limits/index.js'
import type { InvitationStore } from '../organizations/index.js'
import type { RiskLabel } from '../risk/index.js'
import type { Person } from '../sessions/index.js'
import type { LinkStore } from '../sign-in/index.js'

/** A person with everything stored about them. */
export interface PersonOnRecord extends Person {
  readonly factorRecords: Readonly<Record<FactorId, Factor>>
  /** Factors waiting for their first proof. */
  readonly enrollments: readonly Factor[]
  readonly stepUpBudget: StepUpBudget
  /** Operators' labels of risk decisions, by decision. */
  readonly riskLabels: Readonly<Record<string, { readonly label: RiskLabel; readonly at: Date }>>
}

/**
 * The progress of an erasure. `RECORDED`: the account cannot sign in, its contents are gone, and the event that says so
 * is stored with the change. `TOLD`: the person was sent the notice. `CLOSED`: of earlier versions, the event is missing.
 */
export type ErasureStep = 'CLOSED' | 'RECORDED' | 'TOLD'

/** What an erasure still needs to know about the person; it is deleted with the account. */
export interface Erasure {
  readonly step: ErasureStep
  readonly begunBy: {
    readonly action: 'account.closed' | 'admin.account_erased'
    readonly accountId: AccountId
    /** The reason the operator gave. */
    readonly ground: string | null
  }
  readonly emailKey: string
  readonly language: string | null
  /** Every proved address, for the notice. */
  readonly addresses: readonly string[]
  /** Counters kept under this person's names. */
  readonly counters: readonly string[]
}

/** The process that runs an erasure, and until when no other may. */
export interface ErasureLease {
  readonly runner: string
  readonly until: Date
}

export interface CloseAccount {
  readonly accountId: AccountId
  /**
   * What must still hold: the password that was checked, and the session it was given in. Null: an operator does it.
   */
  readonly asRead: { readonly passwordHash: string | null; readonly sessionId: SessionId } | null
  readonly erasure: Erasure
  readonly lease: ErasureLease
  readonly events: ChangeEvents
}

export interface ErasureStore {
  /**
   * Closes the account and empties it, in one update: no session, device, factor or membership is left, and none can be
   * added. False when it is gone, already closed, or no longer as read.
   */
  close(input: CloseAccount): Promise<boolean>
  /** Closed accounts that no process is erasing now. */
  abandoned(now: Date): Promise<readonly AccountId[]>
  /** Takes over an erasure that no process runs; succeeds for exactly one of any number of callers. */
  take(accountId: AccountId, lease: ErasureLease, now: Date): Promise<Erasure | null>
  /** Records a step, or only that the work continues; false when another process has taken over. */
  advance(accountId: AccountId, lease: ErasureLease, to: ErasureStep): Promise<boolean>
  /** Records that an account is about to be removed, so that late writes are cleaned up from `sweepAt` on. */
  bury(accountId: AccountId, sweepAt: Date): Promise<void>
  /**
   * Removes the account, which frees its address. False when another process has taken over, or events still wait in the
   * document.
   */
  remove(accountId: AccountId, lease: Pick<ErasureLease, 'runner'>): Promise<boolean>
  /** Records that the end of an erasure is in the audit log. */
  noteEnd(accountId: AccountId): Promise<void>
  /** Removed accounts whose late writes are due for cleanup. */
  buried(now: Date): Promise<readonly { readonly accountId: AccountId; readonly endNoted: boolean }[]>
  /** No more late writes can come: forgets that the account ever existed. */
  forget(accountId: AccountId): Promise<void>
  /** Rewrites the files of the store so that they hold nothing that was deleted. */
  purge(): Promise<void>
}

/** Mails that wait for a person to follow their links. */
export interface WaitingStores {
  readonly confirmations: Pick<ConfirmationStore, 'waiting' | 'forget'>
  readonly links: Pick<LinkStore, 'waiting' | 'forget'>
  readonly invitations: Pick<InvitationStore, 'to' | 'forget'>
}
