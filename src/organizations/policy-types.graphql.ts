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
  description: 'What somebody may do in an organization.',
  valuesConfig: {
    MEMBER: { description: 'Is in it.' },
    ADMIN: { description: 'Decides who is in it and what it asks.' },
  },
})

const OrganizationMfaModeEnum = enumOf(ORGANIZATION_MFA_MODES)
registerEnumType(OrganizationMfaModeEnum, {
  name: 'OrganizationMfaMode',
  description: 'Whether an organization asks its members for a second factor.',
  valuesConfig: {
    OPTIONAL: { description: 'Each member chooses, but for what their role asks.' },
    REQUIRED_FOR_ALL: { description: 'Every member has one and has proved it in each session.' },
  },
})

@ObjectType({ description: 'What members with a role have to prove, whatever the mode.' })
class RoleRequirementType {
  @Field(() => OrganizationRoleEnum, { description: 'The role.' })
  readonly role!: OrganizationRole

  @Field(() => AssuranceEnum, { description: '`MFA` or `PHISHING_RESISTANT`.' })
  readonly assurance!: Assurance
}

const SCORE_OF = {
  low: 'Up to this score nobody is asked, but for what the policy asks anyway.',
  medium: 'Up to this score any second factor will do; above, none that can be intercepted.',
  high: 'Above this score only a passkey opens, and nothing does without one.',
} as const

@ObjectType('RiskThresholds', { description: 'From which risk on people are asked, in nats.' })
class RiskThresholdsType implements RiskThresholds {
  @Field(() => Float, { description: SCORE_OF.low })
  readonly low!: number

  @Field(() => Float, { description: SCORE_OF.medium })
  readonly medium!: number

  @Field(() => Float, { description: SCORE_OF.high })
  readonly high!: number
}

@InputType({ description: 'From which risk on people are asked, in nats: each at least 1 above the one before.' })
class RiskThresholdsInput implements RiskThresholds {
  @Field(() => Float, { description: `${SCORE_OF.low} -20 at least.` })
  readonly low!: number

  @Field(() => Float, { description: `${SCORE_OF.medium} 0 at least.` })
  readonly medium!: number

  @Field(() => Float, { description: `${SCORE_OF.high} 4 to 30.` })
  readonly high!: number
}

@ObjectType('OrganizationMfaPolicy', {
  description: 'What an organization asks of its members’ sign-ins and sessions.',
})
export class OrganizationMfaPolicyType {
  @Field(() => OrganizationMfaModeEnum, { description: 'Whether a second factor is asked of everybody.' })
  readonly policy!: OrganizationMfaMode

  @Field(() => [FactorTypeEnum], {
    nullable: true,
    description: 'The kinds of factor that count, beside recovery codes; null: all in use.',
  })
  readonly methods!: readonly FactorType[] | null

  @Field(() => Boolean, { description: 'Whether a remembered device may spare members the prompt at sign-in.' })
  readonly allowRememberedDevices!: boolean

  @Field(() => RiskThresholdsType, {
    nullable: true,
    description:
      'From which risk on members are asked, where that is sooner than the installation asks; null: as there.',
  })
  readonly riskThresholds!: RiskThresholds | null

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until then members are only told what is coming; null: it holds now.',
  })
  readonly enrollmentGraceUntil!: Date | null

  @Field(() => Int, { nullable: true, description: 'How old a second factor may be; null: as old as the session.' })
  readonly maxAgeSeconds!: number | null

  @Field(() => [RoleRequirementType], { description: 'What particular roles have to prove, in either mode.' })
  readonly roles!: readonly RoleRequirementType[]
}

@InputType({ description: 'What members with a role have to prove, whatever the mode.' })
class RoleRequirementInput {
  @Field(() => OrganizationRoleEnum, { description: 'The role; each once.' })
  readonly role!: OrganizationRole

  @Field(() => AssuranceEnum, { description: '`MFA` or `PHISHING_RESISTANT`.' })
  readonly assurance!: Assurance
}

@InputType({ description: 'What the organization is to ask from now on, whole.' })
export class OrganizationMfaPolicyInput {
  @Field(() => OrganizationMfaModeEnum, { description: 'Whether a second factor is asked of everybody.' })
  readonly policy!: OrganizationMfaMode

  @Field(() => [FactorTypeEnum], {
    nullable: true,
    description: 'The kinds of factor that count, of those in use; one at least has to be worth what is asked.',
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
      'From which risk on members are asked: at each level the stricter of this and the installation’s holds.',
  })
  readonly riskThresholds?: RiskThresholds | null

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until then members are only told what is coming: in the future, by a year at most.',
  })
  readonly enrollmentGraceUntil?: Date | null

  @Field(() => Int, { nullable: true, description: 'How old a second factor may be: 300 to 2592000.' })
  readonly maxAgeSeconds?: number | null

  @Field(() => [RoleRequirementInput], {
    defaultValue: [],
    description: 'What particular roles have to prove, in either mode.',
  })
  readonly roles!: readonly RoleRequirementInput[]

  @Field(() => Int, {
    nullable: true,
    description: 'The `revision` it was decided by: when somebody else has changed it since, nothing is changed.',
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
