import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import type { Assurance } from '../kernel/assurance.js'
import { AssuranceEnum, enumOf, FactorTypeEnum } from '../kernel/enums.graphql.js'
import type { FactorType } from '../kernel/factor-type.js'
import { ORGANIZATION_ROLES, type OrganizationRole } from '../kernel/membership.js'
import type { RiskThresholds } from '../kernel/risk-thresholds.js'
import { ORGANIZATION_MFA_MODES, type OrganizationMfaMode, type OrganizationMfaPolicy } from './organization.js'

export const OrganizationRoleEnum = enumOf(ORGANIZATION_ROLES)
registerEnumType(OrganizationRoleEnum, {
  name: 'OrganizationRole',
  description: 'A role in an organization.',
  valuesConfig: {
    MEMBER: { description: 'A member.' },
    ADMIN: { description: 'Manages its members and its policy.' },
  },
})

const OrganizationMfaModeEnum = enumOf(ORGANIZATION_MFA_MODES)
registerEnumType(OrganizationMfaModeEnum, {
  name: 'OrganizationMfaMode',
  description: 'Whether an organization requires a second factor of its members.',
  valuesConfig: {
    OPTIONAL: { description: 'Each member chooses, unless their role requires one.' },
    REQUIRED_FOR_ALL: { description: 'Every member must have one and prove it in each session.' },
  },
})

@ObjectType('RoleRequirement', { description: 'What members with a role must prove, in either mode.' })
class RoleRequirementType {
  @Field(() => OrganizationRoleEnum, { description: 'The role.' })
  readonly role!: OrganizationRole

  @Field(() => AssuranceEnum, { description: '`MFA` or `PHISHING_RESISTANT`.' })
  readonly assurance!: Assurance
}

const SCORE_OF = {
  low: 'Up to this score no one is challenged, unless the policy requires it anyway.',
  medium: 'Up to this score any second factor is accepted; above it, none that can be intercepted.',
  high: 'Above this score only a passkey is accepted; without one, nothing is.',
} as const

@ObjectType('RiskThresholds', { description: 'The risk scores, in nats, from which people are challenged.' })
class RiskThresholdsType implements RiskThresholds {
  @Field(() => Float, { description: SCORE_OF.low })
  readonly low!: number

  @Field(() => Float, { description: SCORE_OF.medium })
  readonly medium!: number

  @Field(() => Float, { description: SCORE_OF.high })
  readonly high!: number
}

@InputType({
  description: 'The risk scores, in nats, from which people are challenged: each at least 1 above the one before.',
})
class RiskThresholdsInput implements RiskThresholds {
  @Field(() => Float, { description: `${SCORE_OF.low} -20 at least.` })
  readonly low!: number

  @Field(() => Float, { description: `${SCORE_OF.medium} 0 at least.` })
  readonly medium!: number

  @Field(() => Float, { description: `${SCORE_OF.high} 4 to 30.` })
  readonly high!: number
}

@ObjectType('OrganizationMfaPolicy', {
  description: 'What an organization requires of its members’ sign-ins and sessions.',
})
export class OrganizationMfaPolicyType {
  @Field(() => OrganizationMfaModeEnum, { description: 'Whether a second factor is required of every member.' })
  readonly policy!: OrganizationMfaMode

  @Field(() => [FactorTypeEnum], {
    nullable: true,
    description: 'The kinds of factor that count, besides recovery codes; null: all in use.',
  })
  readonly methods!: readonly FactorType[] | null

  @Field(() => Boolean, { description: 'Whether a remembered device may spare members the prompt at sign-in.' })
  readonly allowRememberedDevices!: boolean

  @Field(() => RiskThresholdsType, {
    nullable: true,
    description:
      'The risk from which members are challenged, where it is lower than the installation’s; null: as the ' +
      'installation.',
  })
  readonly riskThresholds!: RiskThresholds | null

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until then members are only notified; null: the policy applies now.',
  })
  readonly enrollmentGraceUntil!: Date | null

  @Field(() => Int, {
    nullable: true,
    description: 'Maximum age of a second factor in seconds; null: as old as the session.',
  })
  readonly maxAgeSeconds!: number | null

  @Field(() => [RoleRequirementType], { description: 'What particular roles must prove, in either mode.' })
  readonly roles!: readonly RoleRequirementType[]
}

@InputType({ description: 'What members with a role must prove, in either mode.' })
class RoleRequirementInput {
  @Field(() => OrganizationRoleEnum, { description: 'The role; each at most once.' })
  readonly role!: OrganizationRole

  @Field(() => AssuranceEnum, { description: '`MFA` or `PHISHING_RESISTANT`.' })
  readonly assurance!: Assurance
}

@InputType({ description: 'The complete new policy of the organization.' })
export class OrganizationMfaPolicyInput {
  @Field(() => OrganizationMfaModeEnum, { description: 'Whether a second factor is required of every member.' })
  readonly policy!: OrganizationMfaMode

  @Field(() => [FactorTypeEnum], {
    nullable: true,
    description: 'The kinds of factor that count, from those in use; at least one must give the required assurance.',
  })
  readonly methods?: readonly FactorType[] | null

  @Field(() => Boolean, {
    defaultValue: true,
    description: 'Whether a remembered device may spare members the prompt at sign-in.',
  })
  readonly allowRememberedDevices!: boolean

  @Field(() => RiskThresholdsInput, {
    nullable: true,
    description:
      'The risk from which members are challenged: at each level the stricter of this and the installation’s ' +
      'applies.',
  })
  readonly riskThresholds?: RiskThresholds | null

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until then members are only notified: at most a year in the future.',
  })
  readonly enrollmentGraceUntil?: Date | null

  @Field(() => Int, { nullable: true, description: 'Maximum age of a second factor in seconds: 300 to 2592000.' })
  readonly maxAgeSeconds?: number | null

  @Field(() => [RoleRequirementInput], {
    defaultValue: [],
    description: 'What particular roles must prove, in either mode.',
  })
  readonly roles!: readonly RoleRequirementInput[]

  @Field(() => Int, {
    nullable: true,
    description:
      'The `revision` the change is based on: if another administrator has changed the policy since, nothing ' +
      'changes.',
  })
  readonly revision?: number | null
}

export function presentPolicy({
  mode,
  rememberedDevices,
  ...policy
}: OrganizationMfaPolicy): OrganizationMfaPolicyType {
  return { ...policy, policy: mode, allowRememberedDevices: rememberedDevices }
}
