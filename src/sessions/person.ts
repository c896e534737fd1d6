import type { Account } from '../accounts/index.js'
import type { Devices } from '../devices/index.js'
import type { Role } from '../kernel/access.js'
import type { FactorSummary, SessionActor } from '../kernel/actor.js'
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
}

/** A person and one of their sessions. */
export interface PersonInSession extends Person {
  readonly session: Session
}

/** The signed-in person, with the session the request came with. */
export interface SignedInPerson extends PersonInSession {
  readonly roles: readonly Role[]
}

export const activeFactors = (person: Pick<Person, 'factors'>): readonly FactorSummary[] =>
  person.factors.filter((factor) => factor.status === 'ACTIVE')

/** What could prove the person a second time; recovery codes alone are no second factor to sign in with. */
export const secondFactors = (person: Pick<Person, 'factors'>): readonly FactorSummary[] =>
  activeFactors(person).filter((factor) => factor.type !== 'RECOVERY_CODE')

export const hasDisabledFactor = (person: Pick<Person, 'factors'>): boolean =>
  person.factors.some((factor) => factor.status === 'DISABLED')

export function actorOf(person: SignedInPerson): SessionActor {
  const { session } = person
  return Object.freeze({
    kind: 'session',
    accountId: person.account.id,
    sessionId: session.id,
    deviceId: session.deviceId,
    state: session.state,
    roles: person.roles,
    signedInAt: session.signedInAt,
    proofs: proofsOf(session),
    operationProof: session.operationProof,
    factors: person.factors,
  })
}
