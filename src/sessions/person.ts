import type { Account } from '../accounts/index.js'
import type { Devices } from '../devices/index.js'
import type { Role } from '../kernel/access.js'
import { isExpired, type FactorSummary } from '../kernel/actor.js'
import { isAtLeast, type Assurances } from '../kernel/assurance.js'
import type { FactorType } from '../kernel/factor-type.js'
import { hasHadMfa } from '../kernel/factors-left.js'
import type { Memberships } from '../kernel/membership.js'
import type { MfaRules } from '../kernel/mfa-rule.js'
import type { OrganizationId, SessionId } from '../kernel/ids.js'
import type { PackedProfile } from '../risk/index.js'
import { comesSecondTo, type FirstFactor } from './first-factor.js'
import type { Session } from './session.js'

/** Everything about a person that a request may need, from one read. A snapshot: every change guards itself. */
export interface Person {
  readonly account: Account
  readonly sessions: Readonly<Record<SessionId, Session>>
  readonly factors: readonly FactorSummary[]
  readonly devices: Devices
  /** Grows whenever a session begins or a device is removed. */
  readonly trustRevision: number
  readonly riskProfile: PackedProfile | null
  /** Grows with every label an operator sets; null: none was set. */
  readonly profileRevision: number | null
  /**
   * Grows whenever trust is revoked or credentials change; null: never so far. Unfinished steps carry the revision they
   * were granted on (R123).
   */
  readonly grantRevision: number | null
  /** Set when the account must enrol a factor again. */
  readonly reEnrollSince: Date | null
  /** When a prompt was last denied or reported as not theirs; null: never. */
  readonly suspicionAt: Date | null
  readonly memberships: Memberships
  /** Which second factors the account needs and may use, as of the read. */
  readonly mfaRules: MfaRules
  /** Every proved address of the person, for notices (R031). */
  readonly noticeAddresses: readonly string[]
}

/** A person and one of their sessions. */
export interface PersonInSession extends Person {
  readonly session: Session
}

/** The signed-in person with every part of it. */
export interface SignedInPerson extends PersonInSession {
  readonly roles: readonly Role[]
}

/** How to judge factors: the time, the kinds in use, what each is worth, and how the sign-in began. */
export interface FactorRule {
  readonly now: Date
  readonly enabled: readonly FactorType[]
  readonly assurances: Assurances
  readonly first: FirstFactor
}

/**
 * Factors that may be challenged: proved once, not expired, of a kind in use that can come second to the first factor
 * (R040).
 */
export const usableFactors = (person: Pick<Person, 'factors'>, rule: FactorRule): readonly FactorSummary[] =>
  person.factors.filter((factor) => isUsable(factor, rule))

/**
 * Factors that can be the second proof; recovery codes alone are not a second factor for signing in. A mailbox is one
 * only when the account never had a better factor: otherwise an attacker could disable the better one with wrong
 * answers and use the mailbox (R044).
 */
export function secondFactors(person: Pick<Person, 'factors'>, rule: FactorRule): readonly FactorSummary[] {
  const usable = usableFactors(person, rule).filter((factor) => factor.type !== 'RECOVERY_CODE')
  if (!hasHadMfa(person.factors, rule.assurances)) return usable
  return usable.filter(({ type }) => isMfa(type, rule.assurances))
}

/** Whether a proof of this factor helps the session: it finishes the sign-in, or counts as a second factor. */
export function admitsProofOf(
  person: Pick<PersonInSession, 'session' | 'factors'>,
  factor: Pick<FactorSummary, 'id' | 'type'>,
  rule: FactorRule,
) {
  if (!comesSecondTo(rule.first, factor.type)) return false
  if (person.session.state === 'active' || factor.type === 'RECOVERY_CODE') return true
  return secondFactors(person, rule).some(({ id }) => id === factor.id)
}

const isMfa = (type: FactorType, assurances: Assurances): boolean => isAtLeast(assurances.of(type), 'MFA')

/** A factor that used to count: losing it must not make the password enough again. */
export const hasDeadFactor = (person: Pick<Person, 'factors'>, rule: FactorRule): boolean =>
  person.factors.some((factor) => factor.status !== 'PENDING' && !isUsable(factor, rule))

function isUsable(factor: FactorSummary, { now, enabled, first }: FactorRule): boolean {
  const isInUse = factor.type === 'RECOVERY_CODE' || enabled.includes(factor.type)
  return factor.status === 'ACTIVE' && isInUse && comesSecondTo(first, factor.type) && !isExpired(factor, now)
}

/** The organization a session is for, while the account is a member of it. Former members no longer act for it. */
export function organizationOfSession(
  { memberships }: Pick<Person, 'memberships'>,
  { organizationId }: Pick<Session, 'organizationId'>,
): OrganizationId | null {
  return organizationId !== null && memberships[organizationId] ? organizationId : null
}
