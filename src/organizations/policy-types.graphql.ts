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
  description: 'The role of a member.',
  valuesConfig: {
    MEMBER: { description: 'A member.' },
    ADMIN: { description: 'Manages members and the policy.' },
  },
})

const OrganizationMfaModeEnum = enumOf(ORGANIZATION_MFA_MODES)
registerEnumType(OrganizationMfaModeEnum, {
  name: 'OrganizationMfaMode',
  description: 'Whether an organization requires a second factor of its members.',
  valuesConfig: {
    OPTIONAL: { description: 'Each member chooses, except where their role requires it.' },
    REQUIRED_FOR_ALL: { description: 'Every member needs one and verifies it in each session.' },
  },
})

@ObjectType({ description: 'What members with a role have to prove in either mode.' })
class RoleRequirementType {
  @Field(() => OrganizationRoleEnum, { description: 'The role.' })
  readonly role!: OrganizationRole

  @Field(() => AssuranceEnum, { description: '`MFA` or `PHISHING_RESISTANT`.' })
  readonly assurance!: Assurance
}

const SCORE_OF = {
  low: 'Up to this score no second factor is required, unless a policy requires it.',
  medium: 'Up to this score any second factor is accepted. Above it, none that can be intercepted.',
  high: 'Above this score only a passkey is accepted, and accounts without one are blocked.',
} as const

@ObjectType('RiskThresholds', { description: 'The risk scores at which a second factor is required, in nats.' })
class RiskThresholdsType implements RiskThresholds {
  @Field(() => Float, { description: SCORE_OF.low })
  readonly low!: number

  @Field(() => Float, { description: SCORE_OF.medium })
  readonly medium!: number

  @Field(() => Float, { description: SCORE_OF.high })
  readonly high!: number
}

@InputType({
  description:
    'The risk scores at which a second factor is required, in nats. Each is at least 1 above the one before.',
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
  @Field(() => OrganizationMfaModeEnum, { description: 'Whether every member needs a second factor.' })
  readonly policy!: OrganizationMfaMode

  @Field(() => [FactorTypeEnum], {
    nullable: true,
    description: 'The kinds of factor that count, in addition to recovery codes. Null: all kinds in use.',
  })
  readonly methods!: readonly FactorType[] | null

  @Field(() => Boolean, { description: 'Whether a remembered device can skip the prompt at sign-in.' })
  readonly allowRememberedDevices!: boolean

  @Field(() => RiskThresholdsType, {
    nullable: true,
    description:
      'The risk thresholds for members, where they are lower than the installation’s. Null: the installation’s.',
  })
  readonly riskThresholds!: RiskThresholds | null

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until then nothing is required, and members are told what will be. Null: the policy applies now.',
  })
  readonly enrollmentGraceUntil!: Date | null

  @Field(() => Int, {
    nullable: true,
    description: 'How old a second factor may be, in seconds. Null: as old as the session.',
  })
  readonly maxAgeSeconds!: number | null

  @Field(() => [RoleRequirementType], { description: 'What particular roles have to prove in either mode.' })
  readonly roles!: readonly RoleRequirementType[]
}

@InputType({ description: 'What members with a role have to prove in either mode.' })
class RoleRequirementInput {
  @Field(() => OrganizationRoleEnum, { description: 'The role. Each role once.' })
  readonly role!: OrganizationRole

  @Field(() => AssuranceEnum, { description: '`MFA` or `PHISHING_RESISTANT`.' })
  readonly assurance!: Assurance
}

@InputType({ description: 'The complete new policy.' })
export class OrganizationMfaPolicyInput {
  @Field(() => OrganizationMfaModeEnum, { description: 'Whether every member needs a second factor.' })
  readonly policy!: OrganizationMfaMode

  @Field(() => [FactorTypeEnum], {
    nullable: true,
    description:
      'The kinds of factor that count, of those in use. At least one has to be strong enough for the policy.',
  })
  readonly methods?: readonly FactorType[] | null

  @Field(() => Boolean, {
    defaultValue: true,
    description: 'Whether a remembered device can skip the prompt at sign-in.',
  })
  readonly allowRememberedDevices!: boolean

  @Field(() => RiskThresholdsInput, {
    nullable: true,
    description: 'The risk thresholds for members. At each level the stricter of these and the installation’s applies.',
  })
  readonly riskThresholds?: RiskThresholds | null

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'Until then nothing is required, and members are told what will be. At most a year in the future.',
  })
  readonly enrollmentGraceUntil?: Date | null

  @Field(() => Int, { nullable: true, description: 'How old a second factor may be: 300 to 2592000 seconds.' })
  readonly maxAgeSeconds?: number | null

  @Field(() => [RoleRequirementInput], {
    defaultValue: [],
    description: 'What particular roles have to prove in either mode.',
  })
  readonly roles!: readonly RoleRequirementInput[]

  @Field(() => Int, {
    nullable: true,
    description: 'The `revision` that you read. If the policy has changed since, the change is refused.',
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
