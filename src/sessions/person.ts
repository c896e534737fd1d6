import type { Account } from '../accounts/index.js'
import type { Devices } from '../devices/index.js'
import type { Role } from '../kernel/access.js'
import { isExpired, type FactorSummary, type SessionActor } from '../kernel/actor.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { SessionId } from '../kernel/ids.js'
import type { RiskProfile } from '../risk/index.js'
import { proofsOf, type Session } from './session.js'

/** Everything about a person that a request may need, from one read. A snapshot: every change guards itself. */
export interface Person {
  readonly account: Account
  readonly sessions: Readonly<Record<SessionId, Session>>
  readonly factors: readonly FactorSummary[]
  readonly devices: Devices
  readonly riskProfile: RiskProfile | null
  /** Set when the account has to enrol a factor anew. */
  readonly reEnrollSince: Date | null
  /** When somebody last denied a prompt or reported that it was not them; null: never. */
  readonly suspicionAt: Date | null
  /** Every proved address of the person, for notices (R031). */
  readonly noticeAddresses: readonly string[]
}

/** A person and one of their sessions. */
export interface PersonInSession extends Person {
  readonly session: Session
}

/** The signed-in person, with the session the request came with. */
export interface SignedInPerson extends PersonInSession {
  readonly roles: readonly Role[]
}

/** When factors are looked at, and which kinds are in use. */
export interface FactorRule {
  readonly now: Date
  readonly enabled: readonly FactorType[]
}

/** Factors that may be asked about: proved once, not expired, of a kind that is in use (R040). */
export const usableFactors = (person: Pick<Person, 'factors'>, rule: FactorRule): readonly FactorSummary[] =>
  person.factors.filter((factor) => isUsable(factor, rule))

/** What could prove the person a second time; recovery codes alone are no second factor to sign in with. */
export const secondFactors = (person: Pick<Person, 'factors'>, rule: FactorRule): readonly FactorSummary[] =>
  usableFactors(person, rule).filter((factor) => factor.type !== 'RECOVERY_CODE')

/** A factor that counted once: its loss must not make the password enough again. */
export const hasDeadFactor = (person: Pick<Person, 'factors'>, rule: FactorRule): boolean =>
  person.factors.some((factor) => factor.status !== 'PENDING' && !isUsable(factor, rule))

function isUsable(factor: FactorSummary, { now, enabled }: FactorRule): boolean {
  const isInUse = factor.type === 'RECOVERY_CODE' || enabled.includes(factor.type)
  return factor.status === 'ACTIVE' && isInUse && !isExpired(factor, now)
}

export function actorOf(person: SignedInPerson): SessionActor {
  const { session } = person
  return Object.freeze({
    kind: 'session',
    accountId: person.account.id,
    sessionId: session.id,
    deviceId: session.deviceId,
    state: session.state,
    admits: session.admits,
    roles: person.roles,
    signedInAt: session.signedInAt,
    proofs: proofsOf(session),
    operationProof: session.operationProof,
    factors: person.factors,
    reEnrollSince: person.reEnrollSince,
  })
}
