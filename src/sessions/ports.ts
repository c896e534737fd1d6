import type { AccountId, DeviceId, OrganizationId, SessionId } from '../kernel/ids.js'
import type { PackedProfile } from '../risk/index.js'
import type { DeviceChange } from './device-change.js'
import type { FactorAdvance } from './first-factor.js'
import type { Person } from './person.js'
import type { RefreshState, Session, StepUpContext } from './session.js'
import type { Supersession } from './succession.js'

export interface OpenSession {
  readonly accountId: AccountId
  /** The hash the password was checked against: were it changed meanwhile, the session must not open. Null without one. */
  readonly passwordHash: string | null
  /** When the account was granted ADMIN, as read: were it granted meanwhile, the session must not open unasked. */
  readonly adminSince: Date | null
  /** The revision of the account's grants it was judged by: were trust taken back meanwhile, the session must not open. */
  readonly grantedOn: Person['grantRevision']
  /** The factor that was proved along: were it removed or used meanwhile, the session must not open. */
  readonly advance: FactorAdvance | null
  /** The session of the account that it takes the place of; it goes on until the new one is presented. Null without one. */
  readonly supersedes: Supersession | null
  /** Whether that one waited for a choice: it has to be waiting still. */
  readonly continues: boolean
  /** Devices whose secret is known to have arrived by the presentation of a session that is dropped. */
  readonly presentedDevices: readonly DeviceId[]
  /** A hash with today's parameters, when the stored one is outdated. */
  readonly rehashed: string | null
  readonly session: Session
  /** Sessions to drop: ended ones, those over the limit, and a replaced one that was not presented. */
  readonly drop: readonly SessionId[]
  /** Set for sessions that are active at once. */
  readonly arrival: Arrival | null
}

/** What a completed sign-in leaves behind. */
export interface Arrival {
  readonly at: Date
  readonly device: DeviceChange
  readonly riskProfile: PackedProfile | null
  /** Of the profile it was learned into: were that labelled meanwhile, nothing may be written. */
  readonly profileRevision: Person['profileRevision']
}

export interface PersonReader<P extends Person = Person> {
  findPerson(accountId: AccountId): Promise<P | null>
  /**
   * Presents a credential: reads the person, moves `lastSeenAt` of its session to `at`, never backwards, and notes when it
   * was first presented, which ends what the session replaced. Null, and nothing changed, unless the session is live, the
   * hash is that of its secret and the generation that of its refresh token, where they are given: use of a guess must not
   * keep it alive.
   */
  findPersonInUse(use: SessionUse): Promise<P | null>
}

export interface SessionUse {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly secretHash: string | null
  readonly generation: number | null
  readonly at: Date
  /** Sessions not seen since then are over. */
  readonly idleSince: Date
}

export interface SessionStore extends PersonReader {
  findPersonByEmail(emailKey: string): Promise<Person | null>
  /** False when the account is gone, disabled, or has another password, or its device or factor is no longer as read. */
  open(input: OpenSession): Promise<boolean>
  /** The session is for this organization from now on. False when it is gone, or the person is not in it any more. */
  switchOrganization(accountId: AccountId, sessionId: SessionId, to: OrganizationId | null): Promise<boolean>
  /** Moves `lastSeenAt`, never backwards. */
  touch(accountId: AccountId, sessionId: SessionId, at: Date): Promise<void>
  /**
   * Replaces the refresh token if `from` is still the one in force and none of `unpresented` was presented meanwhile. To
   * exactly one of any number of callers.
   */
  rotateRefresh(input: RotateRefresh): Promise<boolean>
  /** Ends one session, with what it replaced and what would replace it. False when there is none such. */
  end(accountId: AccountId, sessionId: SessionId): Promise<boolean>
  /** The same with every session that took its place, used or not, and with what waits to be finished: somebody has a copy. */
  endFamily(accountId: AccountId, sessionId: SessionId): Promise<boolean>
  /** The session is over by then at the latest: its client was given one of another account. */
  limit(accountId: AccountId, sessionId: SessionId, until: Date): Promise<void>
  /** Notes that an old credential came back. To exactly one of any number of callers true. */
  noteReuse(accountId: AccountId, sessionId: SessionId, at: Date): Promise<boolean>
  /** Does what `end` does because the account does not trust the session, and ends what waits to be finished with it. */
  revoke(accountId: AccountId, sessionId: SessionId): Promise<boolean>
  /**
   * Ends every session but `keep`, all of them when it is null, and what waits to be finished. Answers which sessions. Null
   * when the account is gone.
   */
  endOthers(accountId: AccountId, keep: SessionId | null): Promise<readonly SessionId[] | null>
  /**
   * Opens a step-up context in a session and closes those in `drop`. Opening the same one again changes nothing. False
   * when the session is gone or one of `drop` is in use.
   */
  openStepUp(input: OpenStepUp): Promise<boolean>
  /** Spends the proof made for one operation: true for exactly one caller. */
  spendOperationProof(accountId: AccountId, sessionId: SessionId, operationHash: string): Promise<boolean>
}

export interface RotateRefresh {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly from: string
  readonly to: RefreshState
  /** Sessions that would replace this one, as read. */
  readonly unpresented: readonly SessionId[]
}

export interface OpenStepUp {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  /** Hash of the `mfaToken`. */
  readonly key: string
  readonly context: StepUpContext
  /** As read: when a challenge is begun with one of them meanwhile, nothing is opened and nothing dropped. */
  readonly drop: readonly { readonly key: string; readonly context: StepUpContext }[]
}
