import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import type { OrganizationRole } from '../kernel/membership.js'
import type { Organization } from './organization.js'
import { OrganizationMfaPolicyType, OrganizationRoleEnum, presentPolicy } from './policy-types.graphql.js'

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
