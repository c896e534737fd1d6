import type { Fingerprint } from '../devices/index.js'
import type { AccountId, SessionId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { StepUp } from '../kernel/step-up.js'
import type { AttemptFacts } from '../limits/index.js'
import type { ChallengeablePerson, ChallengeChoice, OpenedChallenge } from '../challenges/index.js'
import type { Key } from '../risk/index.js'
import type { IssuedCredentials, Person, Session, SessionTransport } from '../sessions/index.js'
import type { BeginningFactor } from './beginning-factor.js'
import type { Destination } from './destination.js'
import type { PresentedDevice } from './recognize.js'

/** What every sign-in request says, regardless of the first factor. */
export interface ArrivalInput extends PresentedDevice {
  /** The organization the session is for. */
  readonly destination: Destination
  readonly transport: SessionTransport
  readonly fingerprint: Fingerprint
  /** The keyed hash of the time zone it reports, empty for none; the key of it where an earlier sign-in continues. */
  readonly timeZone: string | Key
  /**
   * The session the request came with. A new sign-in ends it, even if it belongs to another account, because its client
   * drops it (R068).
   */
  readonly former: FormerSession | null
  /** The challenge to begin with it, if a second factor is required; null: none. */
  readonly beginChallenge: ChallengeChoice | null
  readonly context: AuditContext
}

export interface FormerSession {
  readonly accountId: AccountId
  readonly sessionId: SessionId
}

/** The failures before the first factor, and the time it was right. */
export interface Attempt extends AttemptFacts {
  readonly now: Date
}

/** A person as sign-in reads them: a challenge can begin with the sign-in. */
export type ArrivingPerson = ChallengeablePerson

/** A person whose first factor was right. */
export interface Arriving extends ArrivalInput {
  readonly first: BeginningFactor
  /** As read when the first factor was checked. */
  readonly person: ArrivingPerson
  readonly attempt: Attempt
  /** The account proves one of its factors, however low the risk: what it chose needs it. Missing: no. */
  readonly provesFactor?: boolean
}

/** `notify` tells the person about it, after the answer is sent. */
export type ArrivalOutcome =
  | { kind: 'signed-in'; session: Session; credentials: IssuedCredentials; person: Person; notify: Notify }
  | (WaitingArrival & { kind: 'mfa-required'; challenge: OpenedChallenge | null })
  | (WaitingArrival & { kind: 'enrollment-required' })
  /** The first factor was right; the person must choose an organization before anything else. */
  | { kind: 'organization-required'; session: Session; credentials: IssuedCredentials; person: Person; notify: Notify }
  | { kind: 'refused' } // unknown, wrong or disabled: the caller cannot tell which
  /** `copiedFrom`: the account whose device token the client should drop, because the token is a copy. */
  | { kind: 'blocked'; reference: string; copiedFrom: AccountId | null; notify: Notify }

interface WaitingArrival {
  readonly session: Session
  readonly credentials: IssuedCredentials
  readonly stepUp: StepUp
  readonly notify: Notify
}

export type Notify = () => Promise<void>

/** The last step of every way to sign in: it opens the session of a person whose first factor was right. */
export interface Arrivals {
  comeIn(arriving: Arriving): Promise<ArrivalOutcome>
}

/** Sends both notices, one after the other. */
export const bothNotices =
  (first: Notify, second: Notify): Notify =>
  async () => {
    await first()
    await second()
  }
