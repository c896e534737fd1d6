import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { enumOf } from '../kernel/enums.graphql.js'
import { ORGANIZATION_RELATIONS, type OrganizationRelation } from './discover.js'

const OrganizationRelationEnum = enumOf(ORGANIZATION_RELATIONS)
registerEnumType(OrganizationRelationEnum, {
  name: 'OrganizationRelation',
  description: 'What an organization is to a person.',
  valuesConfig: {
    MEMBER: { description: 'They are in it: `selectOrganization` goes there.' },
    INVITED: { description: 'They were invited: accept once signed in.' },
    MAY_JOIN: { description: 'Their address is of one of its domains: join once signed in.' },
  },
})

@ObjectType('DiscoveredOrganization', { description: 'An organization the person could go to.' })
export class DiscoveredOrganizationType {
  @Field(() => ID, { description: 'Identifies it.' })
  readonly id!: string

  @Field(() => String, { description: 'Its name.' })
  readonly name!: string

  @Field(() => OrganizationRelationEnum, { description: 'What it is to the person.' })
  readonly relation!: OrganizationRelation

  @Field(() => Boolean, { description: 'Whether it asks the person for a second factor.' })
  readonly mfaRequired!: boolean
}
