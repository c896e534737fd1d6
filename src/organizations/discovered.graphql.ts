import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { enumOf } from '../kernel/enums.graphql.js'
import { ORGANIZATION_RELATIONS, type OrganizationRelation } from './discover.js'

const OrganizationRelationEnum = enumOf(ORGANIZATION_RELATIONS)
registerEnumType(OrganizationRelationEnum, {
  name: 'OrganizationRelation',
  description: 'The relation of an organization to a person.',
  valuesConfig: {
    MEMBER: { description: 'The person is a member: `selectOrganization` opens it.' },
    INVITED: { description: 'The person was invited: accept once signed in.' },
    MAY_JOIN: { description: 'The person’s address is in one of its domains: join once signed in.' },
  },
})

@ObjectType('DiscoveredOrganization', { description: 'An organization the person can choose.' })
export class DiscoveredOrganizationType {
  @Field(() => ID, { description: 'Identifies it.' })
  readonly id!: string

  @Field(() => String, { description: 'Its name.' })
  readonly name!: string

  @Field(() => OrganizationRelationEnum, { description: 'Its relation to the person.' })
  readonly relation!: OrganizationRelation

  @Field(() => Boolean, { description: 'Whether it requires a second factor of the person.' })
  readonly mfaRequired!: boolean
}
