import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import type { OrganizationRole } from '../kernel/membership.js'
import type { Organization } from './organization.js'
import { OrganizationMfaPolicyType, OrganizationRoleEnum, presentPolicy } from './policy-types.graphql.js'

@ObjectType('Organization', { description: 'An organization: its members and their sign-in rules.' })
export class OrganizationType {
  @Field(() => ID, { description: 'The id.' })
  readonly id!: string

  @Field(() => String, { description: 'Its name. Names are not unique.' })
  readonly name!: string

  @Field(() => GraphQLDateTimeISO, { description: 'When it was created.' })
  readonly createdAt!: Date

  @Field(() => OrganizationMfaPolicyType, { description: 'Its MFA policy.' })
  readonly mfaPolicy!: OrganizationMfaPolicyType

  @Field(() => Int, { description: 'Increases with every change.' })
  readonly revision!: number
}

@ObjectType('MyOrganization', { description: 'An organization and the account’s membership in it.' })
export class MyOrganizationType {
  @Field(() => ID, { description: 'The id.' })
  readonly id!: string

  @Field(() => String, { description: 'Its name.' })
  readonly name!: string

  @Field(() => OrganizationRoleEnum, { description: 'The account’s role there.' })
  readonly role!: OrganizationRole

  @Field(() => GraphQLDateTimeISO, { description: 'When they joined.' })
  readonly joinedAt!: Date

  @Field(() => Boolean, { description: 'Whether the session is for this organization.' })
  readonly current!: boolean

  @Field(() => Boolean, { description: 'Whether the account needs a second factor there, now or after `enrollBy`.' })
  readonly mfaRequired!: boolean

  @Field(() => Boolean, {
    description: 'Whether the account chose a second factor where the organization leaves the choice.',
  })
  readonly mfaOptIn!: boolean

  @Field(() => Boolean, { description: 'Whether the account has a factor that counts there.' })
  readonly enrolled!: boolean

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When they have to have one. Null: there is no date, or it has passed.',
  })
  readonly enrollBy!: Date | null
}

export function presentOrganization({ mfaPolicy, ...organization }: Organization): OrganizationType {
  const { id, name, createdAt, revision } = organization
  return { id, name, createdAt, revision, mfaPolicy: presentPolicy(mfaPolicy) }
}
