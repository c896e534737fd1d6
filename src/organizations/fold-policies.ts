import { isAtLeast, strongest, type Assurance, type Assurances } from '../kernel/assurance.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { Membership } from '../kernel/membership.js'
import type { MfaRule, SessionRule } from '../kernel/mfa-rule.js'
import { stricterThresholds, type RiskThresholds } from '../kernel/risk-thresholds.js'
import type { Organization, OrganizationMfaPolicy } from './organization.js'

/** What one organization says, and the place in it of the person it is said about. */
export interface MemberPolicy {
  readonly policy: OrganizationMfaPolicy
  readonly membership: Membership
}

export interface FoldBy {
  readonly now: Date
  /** What a proof of each kind is worth. */
  readonly assurances: Assurances
}

type PlainRule = Omit<MfaRule, 'setAside'>

/**
 * The rule of the installation, tightened by the policies of every organization the person is in (R103): whoever is in two
 * has the stricter of both, wherever they are. A break-glass member answers to the installation alone, and is watched.
 */
export function foldPolicies(installation: MfaRule, members: readonly MemberPolicy[], by: FoldBy): MfaRule {
  const spared = members.filter((member) => member.membership.breakGlass)
  const rule = fold(
    installation,
    members.filter((member) => !spared.includes(member)),
    by,
  )
  if (spared.length === 0) return { ...rule, setAside: null }
  const organizationIds = spared.map(({ membership }) => membership.organizationId)
  return { ...rule, setAside: { organizationIds, rule: fold(installation, members, by) } }
}

/** The policies of a person's organizations; one that is gone has nothing to say. */
export function policiesOf(
  memberships: readonly Membership[],
  find: (id: Organization['id']) => Organization | null,
): readonly MemberPolicy[] {
  return memberships.flatMap((membership) => {
    const organization = find(membership.organizationId)
    return organization ? [{ policy: organization.mfaPolicy, membership }] : []
  })
}

/** Whether the organization asks this member for a second factor, now or when its grace is over. */
export const asksForMfa = (member: MemberPolicy): boolean =>
  !member.membership.breakGlass && assuranceAsked(member) !== null

/** Null: nothing. Who opted in is asked like everybody where it is required. */
export function assuranceAsked({ policy, membership }: MemberPolicy): Assurance | null {
  const ofRole = policy.roles.filter(({ role }) => role === membership.role).map(({ assurance }) => assurance)
  const isForAll = policy.mode === 'REQUIRED_FOR_ALL' || membership.mfaOptIn
  const asked = strongest([...ofRole, ...(isForAll ? ['MFA' as const] : [])])
  return asked === 'ONE_FACTOR' ? null : asked
}

function fold(installation: MfaRule, members: readonly MemberPolicy[], { now, assurances }: FoldBy): PlainRule {
  const inForce = members.filter(({ policy }) => graceOf(policy, now) === null)
  const session = inForce.map(sessionRuleOf).reduce(stricter, installation.session)
  const required = installation.required || session !== null
  const methods = methodsOf(installation, inForce, { assurances, wanted: session?.assurance ?? 'ONE_FACTOR' })
  const dates = members.flatMap((member) => (assuranceAsked(member) === null ? [] : [graceOf(member.policy, now)]))
  const isResistant = (type: FactorType): boolean => isAtLeast(assurances.of(type), 'PHISHING_RESISTANT')
  // A device that was remembered by a lesser factor does not stand in for one that resists phishing.
  const isSparable = session?.assurance !== 'PHISHING_RESISTANT' && !(session && methods.every(isResistant))
  return {
    required,
    dueAt: required ? null : earliest([installation.dueAt, ...dates]),
    methods,
    rememberedDevices:
      installation.rememberedDevices && isSparable && members.every(({ policy }) => policy.rememberedDevices),
    riskThresholds: members.reduce(
      (all, { policy }) => stricterOf(all, policy.riskThresholds),
      installation.riskThresholds,
    ),
    session,
  }
}

/**
 * The kinds that every organization allows. Where nothing among those is worth what is asked, all of them together would
 * shut the person out: what is worth that much among what any of them allows is left, and nothing that none does.
 */
function methodsOf(
  { methods }: MfaRule,
  members: readonly MemberPolicy[],
  { assurances, wanted }: { readonly assurances: Assurances; readonly wanted: Assurance },
): MfaRule['methods'] {
  const lists = members.map(({ policy }) => policy.methods)
  const isAllowedBy = (type: FactorType) => (list: readonly FactorType[] | null) => list?.includes(type) ?? true
  const isWorthIt = (type: FactorType): boolean => isAtLeast(assurances.of(type), wanted)
  const common = methods.filter((type) => lists.every(isAllowedBy(type)))
  return common.some(isWorthIt) ? common : methods.filter((type) => isWorthIt(type) && lists.some(isAllowedBy(type)))
}

function sessionRuleOf(member: MemberPolicy): SessionRule | null {
  const asked = assuranceAsked(member)
  return asked && { assurance: asked, maxAgeSeconds: member.policy.maxAgeSeconds }
}

function stricter(a: SessionRule | null, b: SessionRule | null): SessionRule | null {
  if (a === null || b === null) return a ?? b
  const ages = [a.maxAgeSeconds, b.maxAgeSeconds].filter((age) => age !== null)
  return {
    assurance: strongest([a.assurance, b.assurance]),
    maxAgeSeconds: ages.length === 0 ? null : Math.min(...ages),
  }
}

const stricterOf = (a: RiskThresholds | null, b: RiskThresholds | null): RiskThresholds | null =>
  a === null ? b : stricterThresholds(a, b)

/** Until when members are only told; null: it holds. */
export const graceOf = ({ enrollmentGraceUntil: until }: OrganizationMfaPolicy, now: Date): Date | null =>
  until !== null && until > now ? until : null

function earliest(dates: readonly (Date | null)[]): Date | null {
  const times = dates.filter((date) => date !== null).map((date) => date.getTime())
  return times.length === 0 ? null : new Date(Math.min(...times))
}
