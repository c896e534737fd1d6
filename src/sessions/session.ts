import type { Fingerprint } from '../devices/index.js'
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
  /** Stays the same from sign-in to sign-out; the session id changes with every step-up. */
  readonly signInId: SessionId
  readonly firstFactor: FirstFactor
  /** RFC 8176 names of what an external login verified; null for our own first factors. */
  readonly firstMethods: readonly string[] | null
  /** The backend that began it, and the claims for its proofs; null: no backend began it. */
  readonly authentication: ServiceAuthentication | null
  /** The organization it was begun for or switched to; null: none. */
  readonly organizationId: OrganizationId | null
  readonly state: 'pending' | 'active'
  /** While pending: the factors that may finish the sign-in, limited by its risk; null: every factor of the account. */
  readonly admits: readonly FactorId[] | null
  /**
   * While pending: the first factor was right but the organization is not chosen yet, and only that choice continues
   * the sign-in. The facts of the attempt are kept because the risk is judged again after the choice.
   */
  readonly choosing: AttemptFacts | null
  /** While pending: the revision of the account's grants when the session began (R123); missing in older documents. */
  readonly grantRevision?: number | null
  readonly transport: SessionTransport
  /** SHA-256 of the cookie's secret or, for a pending bearer session, of its pending token. */
  readonly secretHash: string
  readonly refresh: RefreshState | null
  /** When its successor was handed out; missing: it has none. */
  readonly supersededAt?: Date
  /** The session it succeeds; missing: none of this account. */
  readonly replaces?: SessionId
  /** The session of another account that its client had before; missing: none. */
  readonly replacesElsewhere?: { readonly accountId: AccountId; readonly sessionId: SessionId }
  /**
   * When one of its own credentials was first presented, which proves that the client received them; missing: never.
   */
  readonly presentedAt?: Date
  /** Set when only what recognises its credentials is left of it: a successor was presented (0081). */
  readonly isRetired?: boolean
  /** When the reuse of an old credential was recorded: it came back after its successor was used; missing: never. */
  readonly reuseNotedAt?: Date
  /** When the first factor was proved (`auth_time`). Only a new sign-in moves it. */
  readonly signedInAt: Date
  readonly lastSeenAt: Date
  /** The absolute end; refreshing and step-up never move it. */
  readonly endsAt: Date
  /** What has been proved besides the first factor: the newest proof of each factor. */
  readonly proofs: Readonly<Record<FactorId, FactorProof>>
  readonly operationProof: OperationProof | null
  /** Open step-up contexts by the hash of their `mfaToken`. */
  readonly stepUps: Readonly<Record<string, StepUpContext>>
  readonly deviceId: DeviceId | null
  /** Where it was last proved. The risk of later requests is compared with this. */
  readonly provedFrom: ProvedSession
  /** The facts its sign-in was judged by. The risk profile learns them once the session is proved. */
  readonly arrivedBy: ArrivedBy
  /** What the client reported about itself at sign-in. Empty once a device of the account keeps it. */
  readonly fingerprint: Fingerprint
  readonly address: string
  readonly userAgent: string
}

/** The facts of a sign-in when it was judged. */
export interface ArrivedBy {
  readonly score: number
  /** Whether a hard rule decided, regardless of the score. */
  readonly isRuled: boolean
  readonly deviceToken: DeviceTokenState
  /**
   * Whether it came with a valid token of one of the account's devices, regardless of how risk rates the device;
   * missing: unknown.
   */
  readonly isOwnDevice?: boolean
  readonly fingerprintBin: number | null
}

/** The refresh token in force. Each is derived from the one before, so only the hash of the last is kept. */
export interface RefreshState extends SecretLine {
  /** How often it was rotated. Access tokens carry this number, so using one proves that its refresh token arrived. */
  readonly generation?: number
}

/** What an `mfaToken` refers to. */
export interface StepUpContext {
  readonly operationHash: string | null
  /** True when the proof must be made for this one operation (`withinSeconds: 0`). */
  readonly forOperationOnly: boolean
  readonly factorIds: readonly FactorId[]
  /** The revision of the account's grants when it was opened (R123); missing in older documents. */
  readonly grantRevision?: number | null
  readonly expiresAt: Date
  /** Until when a challenge begun with it can be answered; left out: none was begun. */
  readonly usedUntil?: Date
}

export interface SessionLifetimes {
  readonly idleSeconds: number
  readonly absoluteSeconds: number
  /** How long a session may wait for its second factor. */
  readonly pendingSeconds: number
}

export const proofsOf = (session: Pick<Session, 'proofs'>): FactorProof[] => Object.values(session.proofs)

/** With a rule, only proofs that the rule counts: a token's claims for an organization must hold under its rule. */
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

/** Whether a pending grant dates from before trust was revoked or a credential changed (R123). */
export const isOutdatedGrant = (
  { grantRevision = null }: { readonly grantRevision?: number | null },
  account: { readonly grantRevision: number | null },
): boolean => grantRevision !== account.grantRevision

/** The revision of the account's grants after this many changes to the revision that was read. */
export const grantsAfter = (revision: number | null, changes: number): number | null =>
  changes === 0 ? revision : (revision ?? 0) + changes

/** Whether the session is still valid. Checked on every use, so a slow cleanup never keeps one alive. */
export function isLive(session: Session, lifetimes: SessionLifetimes, now: Date): boolean {
  const idleUntil = secondsAfter(session.lastSeenAt, lifetimes.idleSeconds)
  return session.endsAt > now && idleUntil > now
}
