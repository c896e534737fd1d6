import { assuranceOfProofs, type Assurance, type Assurances, type FactorProof } from '../kernel/assurance.js'
import { secondsAfter } from '../kernel/clock.js'
import type { OperationProof } from '../kernel/actor.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { AccountId, DeviceId, FactorId, OrganizationId, SessionId } from '../kernel/ids.js'
import { countsProofOf, type MfaRule } from '../kernel/mfa-rule.js'
import type { SecretLine } from '../kernel/secret-states.js'
import type { SessionTransport } from '../kernel/session-transport.js'
import type { AttemptFacts } from '../limits/index.js'
import type { DeviceTokenState, ProvedSession } from '../risk/index.js'
import { comesSecondTo, type FirstFactor } from './first-factor.js'
import type { ServiceAuthentication } from './service-authentication.js'

export { SESSION_TRANSPORTS, type SessionTransport } from '../kernel/session-transport.js'

/** A signed-in browser or app; `pending` until the second factor is done. */
export interface Session {
  readonly id: SessionId
  /** Stays the same from sign-in to sign-out, while the id changes with every step-up. */
  readonly signInId: SessionId
  readonly firstFactor: FirstFactor
  /** RFC 8176 names of what somebody else's login checked; null for our own. */
  readonly firstMethods: readonly string[] | null
  /** The backend that began it, and what its proofs have to say; null: nobody's backend did. */
  readonly authentication: ServiceAuthentication | null
  /** The organization it was begun for, or has chosen since; null: none. */
  readonly organizationId: OrganizationId | null
  readonly state: 'pending' | 'active'
  /** While pending: the factors that may finish the sign-in, as its risk left them; null: every one of the account. */
  readonly admits: readonly FactorId[] | null
  /**
   * While pending: the first factor was right and the organization is not chosen yet; nothing else finishes it. What it was
   * preceded by is kept, because it is judged once more when it is.
   */
  readonly choosing: AttemptFacts | null
  /** While pending: the revision of the account's grants it was begun on (R123); left out by older ones. */
  readonly grantRevision?: number | null
  readonly transport: SessionTransport
  /** SHA-256 of the cookie's secret or, for a pending bearer session, of its pending token. */
  readonly secretHash: string
  readonly refresh: RefreshState | null
  /** When another session was handed out in its place; missing: none was. */
  readonly supersededAt?: Date
  /** The session it was handed out in place of; missing: none of this account. */
  readonly replaces?: SessionId
  /** The session of another account that its client had before; missing: none. */
  readonly replacesElsewhere?: { readonly accountId: AccountId; readonly sessionId: SessionId }
  /** When one of its own credentials was first presented, which proves that the answer with them arrived; missing: never. */
  readonly presentedAt?: Date
  /** When a credential of it came back after its successor was used, and was written down; missing: never. */
  readonly reuseNotedAt?: Date
  /** When the first factor was proved (`auth_time`). Nothing but a new sign-in moves it. */
  readonly signedInAt: Date
  readonly lastSeenAt: Date
  /** The absolute end; refreshing and step-up never move it. */
  readonly endsAt: Date
  /** What has been proved besides the first factor, newest proof of each factor. */
  readonly proofs: Readonly<Record<FactorId, FactorProof>>
  readonly operationProof: OperationProof | null
  /** Open step-up contexts by the hash of their `mfaToken`. */
  readonly stepUps: Readonly<Record<string, StepUpContext>>
  readonly deviceId: DeviceId | null
  /** Where it was last proved: what the risk of later requests is held against. */
  readonly provedFrom: ProvedSession
  /** What its sign-in was judged by, for the risk profile to learn once it is proved. */
  readonly arrivedBy: ArrivedBy
  /** What the client reported about itself at sign-in, as keyed hashes. */
  readonly fingerprint: Readonly<Record<string, string>>
  readonly address: string
  readonly userAgent: string
}

/** How a sign-in looked when it was judged. */
export interface ArrivedBy {
  readonly score: number
  /** Whether a hard rule decided, whatever the score. */
  readonly isRuled: boolean
  readonly deviceToken: DeviceTokenState
  /** Whether it came with a good token of a device of the account, whatever that says of the risk; missing: unknown. */
  readonly isOwnDevice?: boolean
  readonly fingerprintBin: number | null
}

/** The refresh token in force. Each is derived from the one before, so only the hash of the last is kept. */
export interface RefreshState extends SecretLine {
  /** How often it was rotated. Access tokens name it, so that their use proves that this refresh token arrived. */
  readonly generation?: number
}

/** What an `mfaToken` stands for. */
export interface StepUpContext {
  readonly operationHash: string | null
  /** True when the proof has to be made for this one operation (`withinSeconds: 0`). */
  readonly forOperationOnly: boolean
  readonly factorIds: readonly FactorId[]
  /** The revision of the account's grants it was opened on (R123); left out by older ones. */
  readonly grantRevision?: number | null
  readonly expiresAt: Date
  /** Until when a challenge that was begun with it can be answered; left out: none was. */
  readonly usedUntil?: Date
}

export interface SessionLifetimes {
  readonly idleSeconds: number
  readonly absoluteSeconds: number
  /** How long a session may wait for its second factor. */
  readonly pendingSeconds: number
}

export const proofsOf = (session: Pick<Session, 'proofs'>): FactorProof[] => Object.values(session.proofs)

/** With a rule, only the proofs that it counts: what a token says in the name of an organization has to hold there. */
export function assuranceOfSession(
  session: Pick<Session, 'state' | 'proofs' | 'firstFactor'>,
  assurances: Assurances,
  rule: MfaRule | null = null,
): Assurance {
  if (session.state === 'pending') return 'ONE_FACTOR'
  const counts = (type: FactorType): boolean => rule === null || countsProofOf(rule, type)
  const second = proofsOf(session).filter(({ type }) => comesSecondTo(session.firstFactor, type) && counts(type))
  return assuranceOfProofs(second, assurances)
}

/** Whether what the account waits to finish was granted before trust was taken back or a credential changed (R123). */
export const isOutdatedGrant = (
  { grantRevision = null }: { readonly grantRevision?: number | null },
  account: { readonly grantRevision: number | null },
): boolean => grantRevision !== account.grantRevision

/** The revision of the account's grants after so many changes to one that was read. */
export const grantsAfter = (revision: number | null, changes: number): number | null =>
  changes === 0 ? revision : (revision ?? 0) + changes

/** Whether the session still counts. Judged on every use, so a slow broom never keeps one alive. */
export function isLive(session: Session, lifetimes: SessionLifetimes, now: Date): boolean {
  const idleUntil = secondsAfter(session.lastSeenAt, lifetimes.idleSeconds)
  return session.endsAt > now && idleUntil > now
}
