import { strongest, type Assurance } from '../kernel/assurance.js'
import type { Membership } from '../kernel/membership.js'
import type { MfaRule, SessionRule } from '../kernel/mfa-rule.js'
import type { Organization, OrganizationMfaPolicy } from './organization.js'

/** What one organization says, and the place in it of the person it is said about. */
export interface MemberPolicy {
  readonly policy: OrganizationMfaPolicy
  readonly membership: Membership
}

/**
 * The rule of the installation, tightened by the policies of every organization the person is in (R103): whoever is in two
 * has the stricter of both, wherever they are. A break-glass member answers to the installation alone.
 */
export function foldPolicies(installation: MfaRule, policies: readonly MemberPolicy[], now: Date): MfaRule {
  return policies
    .filter(({ membership }) => !membership.breakGlass)
    .reduce((rule, policy) => tighten(rule, policy, now), installation)
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

function tighten(rule: MfaRule, { policy, membership }: MemberPolicy, now: Date): MfaRule {
  const asked = assuranceAsked({ policy, membership })
  const isInGrace = policy.enrollmentGraceUntil !== null && policy.enrollmentGraceUntil > now
  const rememberedDevices = rule.rememberedDevices && policy.rememberedDevices
  if (isInGrace) {
    const dueAt = asked === null || rule.required ? rule.dueAt : earliest(rule.dueAt, policy.enrollmentGraceUntil)
    return { ...rule, rememberedDevices, dueAt }
  }
  return {
    required: rule.required || asked !== null,
    dueAt: rule.required || asked !== null ? null : rule.dueAt,
    methods: methodsOf(rule, policy),
    rememberedDevices,
    session: stricter(rule.session, sessionRule(asked, policy)),
  }
}

/** Whether the organization asks this member for a second factor, now or when its grace is over. */
export const asksForMfa = (member: MemberPolicy): boolean =>
  !member.membership.breakGlass && assuranceAsked(member) !== null

/** Null: nothing. Who opted in is asked like everybody where it is required. */
function assuranceAsked({ policy, membership }: MemberPolicy): Assurance | null {
  const ofRole = policy.roles.filter(({ role }) => role === membership.role).map(({ assurance }) => assurance)
  const isForAll = policy.mode === 'REQUIRED_FOR_ALL' || membership.mfaOptIn
  const asked = strongest([...ofRole, ...(isForAll ? ['MFA' as const] : [])])
  return asked === 'ONE_FACTOR' ? null : asked
}

/** Where two organizations have nothing in common, what is worth most among what either allows is left. */
function methodsOf(rule: MfaRule, { methods }: OrganizationMfaPolicy): MfaRule['methods'] {
  if (methods === null) return rule.methods
  const both = rule.methods.filter((type) => methods.includes(type))
  return both.length > 0 ? both : [...new Set([...rule.methods, ...methods])].filter((type) => type === 'WEBAUTHN')
}

const sessionRule = (asked: Assurance | null, { maxAgeSeconds }: OrganizationMfaPolicy): SessionRule | null =>
  asked === null ? null : { assurance: asked, maxAgeSeconds }

function stricter(a: SessionRule | null, b: SessionRule | null): SessionRule | null {
  if (a === null || b === null) return a ?? b
  const ages = [a.maxAgeSeconds, b.maxAgeSeconds].filter((age) => age !== null)
  return {
    assurance: strongest([a.assurance, b.assurance]),
    maxAgeSeconds: ages.length === 0 ? null : Math.min(...ages),
  }
}

const earliest = (a: Date | null, b: Date | null): Date | null => {
  if (a === null || b === null) return a ?? b
  return a < b ? a : b
}
