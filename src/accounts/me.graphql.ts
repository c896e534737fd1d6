import { Ctx, FieldResolver, Query, Resolver } from 'type-graphql'
import type { Role } from '../kernel/access.js'
import { FRESHNESS, Guard } from '../kernel/guard.graphql.js'
import { viewerOf, type RequestContext } from '../kernel/request-context.js'
import { AccountType, presentAccount } from './account.graphql.js'
import type { Account } from './account.js'
import { ProfileType, VisibleProfileType } from './profile.graphql.js'
import { readProfile, resealProfile, visibleProfile, type UpdateProfileDeps } from './profile.js'

interface Viewer {
  readonly account: Account
  readonly roles: readonly Role[]
}

@Resolver(() => AccountType)
export class MeResolver {
  constructor(private readonly deps: Omit<UpdateProfileDeps, 'audit'>) {}

  @Query(() => AccountType, { description: 'The signed-in person.' })
  @Guard({ access: 'ACCOUNT' })
  me(@Ctx() context: RequestContext<Viewer>): AccountType {
    const { account, roles } = viewerOf(context)
    return presentAccount(account, roles)
  }

  @FieldResolver(() => ProfileType, { nullable: true, description: 'Personal data; asks for MFA within five minutes.' })
  @Guard({ access: 'ACCOUNT', assurance: 'MFA', withinSeconds: FRESHNESS.strict, purpose: 'profile.read' })
  profile(@Ctx() context: RequestContext<Viewer>): ProfileType {
    const { account } = viewerOf(context)
    const profile = readProfile(this.deps.secrets, account)
    context.afterAnswer(() => resealProfile(this.deps, account))
    return profile
  }
  @FieldResolver(() => VisibleProfileType, {
    nullable: true,
    description: 'What the administrators of your organizations see of your profile.',
  })
  @Guard({ access: 'ACCOUNT', assurance: 'MFA', withinSeconds: FRESHNESS.strict, purpose: 'profile.read' })
  visibleProfile(@Ctx() context: RequestContext<Viewer>): VisibleProfileType {
    return visibleProfile(this.deps.secrets, viewerOf(context).account)
  }
}
