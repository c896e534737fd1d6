import { isAtLeast, strongest, type Assurance, type Assurances } from '../kernel/assurance.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { OrganizationId } from '../kernel/ids.js'
import type { Membership } from '../kernel/membership.js'
import { kindsAsked, type CommonRule, type MfaRule, type MfaRules, type SessionRule } from '../kernel/mfa-rule.js'
import { stricterThresholds, type RiskThresholds } from '../kernel/risk-thresholds.js'
import type { Organization, OrganizationMfaPolicy } from './organization.js'

/** An organization's policy, and the membership it is applied to. */
export interface MemberPolicy {
  readonly policy: OrganizationMfaPolicy
  readonly membership: Membership
}

export interface FoldBy {
  readonly now: Date
  /** What a proof of each kind is worth. */
  readonly assurances: Assurances
}

/**
 * The rules of one account. Each organization tightens the installation's rule for its own sessions, and no
 * organization changes another's; rules for the account as a whole are the strictest of all (R133). A break-glass
 * member only follows the installation's rule, and is watched.
 */
export function foldPolicies(installation: MfaRule, members: readonly MemberPolicy[], by: FoldBy): MfaRules {
  const bound = members.filter(({ membership }) => !membership.breakGlass)
  const rules = members.map((member) => [member.membership.organizationId, ruleOf(installation, member, by)] as const)
  return {
    account: installation,
    organizations: Object.fromEntries(rules),
    everywhere: commonRule(installation, bound, by),
  }
}

/** The policies of an account's organizations; a deleted organization has none. */
export function policiesOf(
  memberships: readonly Membership[],
  find: (id: Organization['id']) => Organization | null,
): readonly MemberPolicy[] {
  return memberships.flatMap((membership) => {
    const organization = find(membership.organizationId)
    return organization ? [{ policy: organization.mfaPolicy, membership }] : []
  })
}

/** Whether the organization requires a second factor of this member, now or when the grace period ends. */
export const asksForMfa = (member: MemberPolicy): boolean =>
  !member.membership.breakGlass && assuranceAsked(member) !== null

/** Null: none. A member who opted in is treated as if the policy required it. */
export function assuranceAsked({ policy, membership }: MemberPolicy): Assurance | null {
  const ofRole = policy.roles.filter(({ role }) => role === membership.role).map(({ assurance }) => assurance)
  const isForAll = policy.mode === 'REQUIRED_FOR_ALL' || membership.mfaOptIn
  const asked = strongest([...ofRole, ...(isForAll ? ['MFA' as const] : [])])
  return asked === 'ONE_FACTOR' ? null : asked
}

/** The kinds among these that every policy allows. */
export const kindsCommonTo = (methods: readonly FactorType[], members: readonly MemberPolicy[]): FactorType[] =>
  methods.filter((type) => members.every(({ policy }) => policy.methods?.includes(type) ?? true))

function ruleOf(installation: MfaRule, member: MemberPolicy, by: FoldBy): MfaRule {
  const rule = tightened(installation, member, by)
  if (!member.membership.breakGlass) return rule
  const organizationIds: readonly OrganizationId[] = [member.membership.organizationId]
  return { ...installation, setAside: { organizationIds, rule } }
}

/** During a grace period only those parts apply that do not require a different kind of factor. */
function tightened(installation: MfaRule, member: MemberPolicy, { now, assurances }: FoldBy): MfaRule {
  const { policy } = member
  const soft: MfaRule = {
    ...installation,
    rememberedDevices: installation.rememberedDevices && policy.rememberedDevices,
    riskThresholds: stricterOf(installation.riskThresholds, policy.riskThresholds),
  }
  if (graceOf(policy, now) !== null) return soft
  const session = stricter(installation.session, sessionRuleOf(member))
  const methods = kindsCommonTo(installation.methods, [member])
  const isResistant = (type: FactorType): boolean => isAtLeast(assurances.of(type), 'PHISHING_RESISTANT')
  // A device remembered with a weaker factor does not replace a phishing-resistant one.
  const isSparable = session?.assurance !== 'PHISHING_RESISTANT' && !(session && methods.every(isResistant))
  return {
    ...soft,
    required: installation.required || session !== null,
    methods,
    recoveryCodes: installation.recoveryCodes && policy.methods === null && policy.roles.length === 0,
    rememberedDevices: soft.rememberedDevices && isSparable,
    session,
  }
}

function commonRule(installation: MfaRule, members: readonly MemberPolicy[], by: FoldBy): CommonRule {
  const inForce = members.filter(({ policy }) => graceOf(policy, by.now) === null)
  const isWorthMfa = (type: FactorType): boolean => isAtLeast(by.assurances.of(type), 'MFA')
  const naming = inForce.filter(({ policy }) => policy.methods !== null)
  const wanting = inForce.filter((member) => assuranceAsked(member) !== null)
  const resisting = wanting.filter((member) => assuranceAsked(member) === 'PHISHING_RESISTANT')
  const asked = (member: MemberPolicy) => kindsAsked(tightened(installation, member, by), by.assurances)
  return {
    enrollable: kindsCommonTo(installation.methods, inForce),
    rememberedDevices: installation.rememberedDevices && members.every(({ policy }) => policy.rememberedDevices),
    riskThresholds: members.reduce(
      (all, { policy }) => stricterOf(all, policy.riskThresholds),
      installation.riskThresholds,
    ),
    vouching: distinct([
      ...naming.map((member) => kindsCommonTo(installation.methods, [member]).filter(isWorthMfa)),
      ...resisting.map(asked),
    ]),
    keepOneOf: distinct(wanting.map(asked)),
  }
}

const distinct = (lists: readonly (readonly FactorType[])[]): readonly (readonly FactorType[])[] => [
  ...new Map(lists.map((list) => [list.join(), list])).values(),
]

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

/** The end of the grace period, during which members are only notified; null: the policy applies. */
export const graceOf = ({ enrollmentGraceUntil: until }: OrganizationMfaPolicy, now: Date): Date | null =>
  until !== null && until > now ? until : null
