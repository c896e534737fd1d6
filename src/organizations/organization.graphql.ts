import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import type { Assurance } from '../kernel/assurance.js'
import { AssuranceEnum, enumOf, FactorTypeEnum } from '../kernel/enums.graphql.js'
import type { FactorType } from '../kernel/factor-type.js'
import { ORGANIZATION_ROLES, type OrganizationRole } from '../kernel/membership.js'
import {
  ORGANIZATION_MFA_MODES,
  type Organization,
  type OrganizationMfaMode,
  type OrganizationMfaPolicy,
} from './organization.js'

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
export class RoleRequirementType {
  @Field(() => OrganizationRoleEnum, { description: 'The role.' })
  readonly role!: OrganizationRole

  @Field(() => AssuranceEnum, { description: '`MFA` or `PHISHING_RESISTANT`.' })
  readonly assurance!: Assurance
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
export class RoleRequirementInput {
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

@ObjectType('Organization', { description: 'A tenant: people who work together, and the rules they sign in by.' })
export class OrganizationType {
  @Field(() => ID, { description: 'Identifies it.' })
  readonly id!: string

  @Field(() => String, { description: 'Its name; several may have the same.' })
  readonly name!: string

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  readonly createdAt!: Date

  @Field(() => OrganizationMfaPolicyType, { description: 'What it asks of its members.' })
  readonly mfaPolicy!: OrganizationMfaPolicyType

  @Field(() => Int, { description: 'Grows with every change of it.' })
  readonly revision!: number
}

@ObjectType('MyOrganization', { description: 'An organization, and the place of the person in it.' })
export class MyOrganizationType {
  @Field(() => ID, { description: 'Identifies it.' })
  readonly id!: string

  @Field(() => String, { description: 'Its name.' })
  readonly name!: string

  @Field(() => OrganizationRoleEnum, { description: 'What the person may do there.' })
  readonly role!: OrganizationRole

  @Field(() => GraphQLDateTimeISO, { description: 'Since when they are in it.' })
  readonly joinedAt!: Date

  @Field(() => Boolean, { description: 'Whether the session is for it.' })
  readonly current!: boolean

  @Field(() => Boolean, { description: 'Whether it asks the person for a second factor, or will after `enrollBy`.' })
  readonly mfaRequired!: boolean

  @Field(() => Boolean, { description: 'Whether the person chose a second factor where that is theirs to choose.' })
  readonly mfaOptIn!: boolean

  @Field(() => Boolean, { description: 'Whether they have a factor that counts there.' })
  readonly enrolled!: boolean

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'By when they have to have one; null: there is no date, or it is past.',
  })
  readonly enrollBy!: Date | null
}

export function presentOrganization({ mfaPolicy, ...organization }: Organization): OrganizationType {
  const { id, name, createdAt, revision } = organization
  return { id, name, createdAt, revision, mfaPolicy: presentPolicy(mfaPolicy) }
}

function presentPolicy({ mode, rememberedDevices, ...policy }: OrganizationMfaPolicy): OrganizationMfaPolicyType {
  return { ...policy, policy: mode, allowRememberedDevices: rememberedDevices }
}
