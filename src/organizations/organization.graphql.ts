import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import type { OrganizationRole } from '../kernel/membership.js'
import type { Organization } from './organization.js'
import { OrganizationMfaPolicyType, OrganizationRoleEnum, presentPolicy } from './policy-types.graphql.js'

@ObjectType('Organization', { description: 'A tenant: people who work together, and their rules for signing in.' })
export class OrganizationType {
  @Field(() => ID, { description: 'Identifies it.' })
  readonly id!: string

  @Field(() => String, { description: 'Its name; several may have the same.' })
  readonly name!: string

  @Field(() => GraphQLDateTimeISO, { description: 'When it was created.' })
  readonly createdAt!: Date

  @Field(() => OrganizationMfaPolicyType, { description: 'What it requires of its members.' })
  readonly mfaPolicy!: OrganizationMfaPolicyType

  @Field(() => Int, { description: 'Grows with every change.' })
  readonly revision!: number
}

@ObjectType('MyOrganization', { description: 'An organization, and the person’s membership of it.' })
export class MyOrganizationType {
  @Field(() => ID, { description: 'Identifies it.' })
  readonly id!: string

  @Field(() => String, { description: 'Its name.' })
  readonly name!: string

  @Field(() => OrganizationRoleEnum, { description: 'The person’s role there.' })
  readonly role!: OrganizationRole

  @Field(() => GraphQLDateTimeISO, { description: 'When the person joined.' })
  readonly joinedAt!: Date

  @Field(() => Boolean, { description: 'Whether the session is for it.' })
  readonly current!: boolean

  @Field(() => Boolean, { description: 'Whether it requires a second factor of the person, or will after `enrollBy`.' })
  readonly mfaRequired!: boolean

  @Field(() => Boolean, { description: 'Whether the person opted in to a second factor, where that is optional.' })
  readonly mfaOptIn!: boolean

  @Field(() => Boolean, { description: 'Whether they have a factor that counts there.' })
  readonly enrolled!: boolean

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'The deadline for having one; null: none, or it has passed.',
  })
  readonly enrollBy!: Date | null
}

export function presentOrganization({ mfaPolicy, ...organization }: Organization): OrganizationType {
  const { id, name, createdAt, revision } = organization
  return { id, name, createdAt, revision, mfaPolicy: presentPolicy(mfaPolicy) }
}
