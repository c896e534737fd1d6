import { FieldResolver, Resolver, Root } from 'type-graphql'
import { visibleProfile } from '../accounts/index.js'
import { VisibleProfileType } from '../accounts/profile.graphql.js'
import type { Secrets } from '../kernel/secrets.js'
import { OrganizationMemberType, type MemberNode } from './members.graphql.js'

/** What members disclose of their profile: opened on demand, one by one. */
@Resolver(() => OrganizationMemberType)
export class MemberProfileResolver {
  constructor(private readonly deps: { readonly secrets: Pick<Secrets, 'open'> }) {}

  @FieldResolver(() => VisibleProfileType, {
    nullable: true,
    description: 'What they disclose of their profile to administrators of their organizations.',
  })
  profile(@Root() member: MemberNode): VisibleProfileType {
    return { id: member.account.id, ...visibleProfile(this.deps.secrets, member.account) }
  }
}
