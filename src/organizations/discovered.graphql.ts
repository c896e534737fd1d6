import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { enumOf } from '../kernel/enums.graphql.js'
import { ORGANIZATION_RELATIONS, type OrganizationRelation } from './discover.js'

const OrganizationRelationEnum = enumOf(ORGANIZATION_RELATIONS)
registerEnumType(OrganizationRelationEnum, {
  name: 'OrganizationRelation',
  description: 'How an account is related to an organization.',
  valuesConfig: {
    MEMBER: { description: 'The account is a member. Use `selectOrganization`.' },
    INVITED: { description: 'The account is invited. Accept the invitation after signing in.' },
    MAY_JOIN: { description: 'The account’s address belongs to one of its domains. Join after signing in.' },
  },
})

@ObjectType('DiscoveredOrganization', { description: 'An organization that the account can choose.' })
export class DiscoveredOrganizationType {
  @Field(() => ID, { description: 'The id.' })
  readonly id!: string

  @Field(() => String, { description: 'Its name.' })
  readonly name!: string

  @Field(() => OrganizationRelationEnum, { description: 'How the account is related to it.' })
  readonly relation!: OrganizationRelation

  @Field(() => Boolean, { description: 'Whether it requires a second factor of the account.' })
  readonly mfaRequired!: boolean
}
