import type { ChangeEvents } from '../audit/index.js'
import type { AccountId, DeviceId, FactorId, OrganizationId, SessionId } from '../kernel/ids.js'
import type { MaterialAdvance } from '../kernel/material-advance.js'
import type { PersonPart } from '../kernel/person-part.js'
import type { PackedProfile } from '../risk/index.js'
import type { DeviceChange } from '../devices/index.js'
import type { FactorAdvance } from './first-factor.js'
import type { ReadPerson } from './identified-person.js'
import type { Person } from './person.js'
import type { RefreshState, Session, StepUpContext } from './session.js'
import type { Supersession } from './succession.js'

export interface OpenSession {
  readonly accountId: AccountId
  /**
   * The hash the password was checked against: if it was changed meanwhile, the session must not open. Null without
   * one.
   */
  readonly passwordHash: string | null
  /**
   * When the account was granted ADMIN, as read: if it was granted meanwhile, the session must not open without a
   * challenge.
   */
  readonly adminSince: Date | null
  /**
   * The revision of the account's grants it was judged by: if trust was revoked meanwhile, the session must not open.
   */
  readonly grantedOn: Person['grantRevision']
  /** The factor that was proved too: if it was removed or used meanwhile, the session must not open. */
  readonly advance: FactorAdvance | null
  /** The account's session that it replaces, which continues until the new one is presented. Null without one. */
  readonly supersedes: Supersession | null
  /** Whether that session waited for a choice: it must still be waiting. */
  readonly continues: boolean
  /** Devices whose secret is known to have arrived, because a session that is dropped was presented. */
  readonly presentedDevices: readonly DeviceId[]
  /** A hash with today's parameters, when the stored one is outdated. */
  readonly rehashed: string | null
  readonly session: Session
  /** A challenge that begins with it, and the change to its factor that asking makes; null: none. */
  readonly challenge: OpeningQuestion | null
  /** Sessions to drop: ended ones, those over the limit, and a replaced one that was not presented. */
  readonly drop: readonly SessionId[]
  /** Sessions that were replaced for good: only what recognises their credentials is kept. */
  readonly retires: readonly Pick<Session, 'id' | 'state'>[]
  /** Set for sessions that are active at once. */
  readonly arrival: Arrival | null
  readonly events: ChangeEvents
}

/** A challenge as the challenges of a session are kept. */
export interface OpeningQuestion {
  readonly challenge: { readonly factorId: FactorId }
  readonly advance: MaterialAdvance | null
}

/** What a completed sign-in stores besides the session. */
export interface Arrival {
  readonly at: Date
  readonly device: DeviceChange
  readonly riskProfile: PackedProfile | null
  /** The revision of the profile that was updated: if an operator labelled it meanwhile, nothing may be written. */
  readonly profileRevision: Person['profileRevision']
}

export interface PersonReader<P extends Person = Person> {
  findPerson(accountId: AccountId): Promise<P | null>
}

/** Reads the sender of a request: what every request needs, and the given parts. */
export interface CallerReader<P extends ReadPerson = ReadPerson> {
  /** Null when the account or the session is gone. */
  findCaller(address: SessionAddress, parts: readonly PersonPart[]): Promise<P | null>
  /**
   * Presents a credential: reads the person, moves `lastSeenAt` of the session to `at`, never backwards, and records
   * when the credential was first presented, which ends the session it replaced. Null, with nothing changed, unless the
   * session is live and the hash of its secret and the generation of its refresh token match, where given: a guess must
   * not keep a session alive.
   */
  findCallerInUse(use: SessionUse, parts: readonly PersonPart[]): Promise<P | null>
}

export interface SessionAddress {
  readonly accountId: AccountId
  readonly sessionId: SessionId
}

export interface SessionUse extends SessionAddress {
  readonly secretHash: string | null
  readonly generation: number | null
  readonly at: Date
  /** Sessions not seen since then are over. */
  readonly idleSince: Date
}

export interface SessionStore<P extends Person = Person> extends PersonReader<P> {
  findPersonByEmail(emailKey: string): Promise<P | null>
  /**
   * False when the account is gone, disabled, or has another password, or its device or factor is no longer as read.
   */
  open(input: OpenSession): Promise<boolean>
  /**
   * Switches the session to this organization. False when the session is gone, or the account is no longer a member.
   */
  switchOrganization(accountId: AccountId, sessionId: SessionId, to: OrganizationId | null): Promise<boolean>
  /** Moves `lastSeenAt`, never backwards. */
  touch(accountId: AccountId, sessionId: SessionId, at: Date): Promise<void>
  /**
   * Replaces the refresh token if `from` is still in force and none of `unpresented` was presented meanwhile. True for
   * exactly one of any number of callers.
   */
  rotateRefresh(input: RotateRefresh): Promise<boolean>
  /** Ends one session, its predecessor and its unpresented successors. False when there is no such session. */
  end(accountId: AccountId, sessionId: SessionId, events: ChangeEvents): Promise<boolean>
  /** Also ends every successor, used or not, and every unfinished step: a copy of the credentials exists. */
  endFamily(accountId: AccountId, sessionId: SessionId, events: ChangeEvents): Promise<boolean>
  /** Makes the session end by this time at the latest: its client received a session of another account. */
  limit(accountId: AccountId, sessionId: SessionId, until: Date, events: ChangeEvents): Promise<void>
  /** Records that an old credential came back. True for exactly one of any number of callers. */
  noteReuse(accountId: AccountId, sessionId: SessionId, at: Date, events: ChangeEvents): Promise<boolean>
  /** Does what `end` does because the account does not trust the session, and also ends its unfinished steps. */
  revoke(accountId: AccountId, sessionId: SessionId, events: ChangeEvents): Promise<boolean>
  /**
   * Ends every session but `keep` (all of them when it is null) and every unfinished step. Returns the ended sessions.
   * Null when the account is gone.
   */
  endOthers(
    accountId: AccountId,
    keep: SessionId | null,
    eventsOf: (ended: readonly SessionId[]) => ChangeEvents,
  ): Promise<readonly SessionId[] | null>
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
  /** The successors of this session, as read. */
  readonly unpresented: readonly SessionId[]
  readonly events: ChangeEvents
}

export interface OpenStepUp {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  /** Hash of the `mfaToken`. */
  readonly key: string
  readonly context: StepUpContext
  /** As read: if a challenge begins with one of them meanwhile, nothing is opened and nothing dropped. */
  readonly drop: readonly { readonly key: string; readonly context: StepUpContext }[]
}
