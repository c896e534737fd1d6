import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import type { Role } from '../kernel/access.js'
import { FRESHNESS, Guard } from '../kernel/guard.graphql.js'
import { Reads } from '../kernel/reads.graphql.js'
import { refuse } from '../kernel/refusal.js'
import { viewerOf, type RequestContext } from '../kernel/request-context.js'
import { AccountType, presentAccount, type AccountNode } from './account.graphql.js'
import type { Account, AccountInBrief } from './account.js'
import { ProfileType, VisibleProfileType } from './profile.graphql.js'
import { readProfile, resealProfile, visibleProfile, type UpdateProfileDeps } from './profile.js'

interface Viewer {
  readonly account: AccountInBrief
  readonly roles: readonly Role[]
}

type AccountWithPassword = AccountInBrief & Pick<Account, 'passwordHash'>
type AccountWithProfile = AccountInBrief & Pick<Account, 'sealedProfile'>

interface ViewerWithProfile {
  readonly account: AccountWithProfile
}

@Resolver(() => AccountType)
export class MeResolver {
  constructor(private readonly deps: Omit<UpdateProfileDeps, 'audit'>) {}

  @Query(() => AccountType, { description: 'The signed-in person.' })
  @Guard({ rule: 'ACCOUNT' })
  me(@Ctx() context: RequestContext<Viewer>): AccountType {
    const { account, roles } = viewerOf(context)
    return presentAccount(account, roles)
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the account has a password; one created by a link may have none.',
  })
  @Reads('PASSWORD')
  hasPassword(@Root() { record }: AccountNode<AccountWithPassword>): boolean {
    return record.passwordHash !== null
  }

  @FieldResolver(() => ProfileType, { nullable: true, description: 'Personal data; requires MFA within five minutes.' })
  @Guard({ assurance: 'MFA', withinSeconds: FRESHNESS.strict, purpose: 'profile.read', rule: 'ACCOUNT' })
  @Reads('PROFILE')
  profile(
    @Root() node: AccountNode<AccountWithProfile>,
    @Ctx() context: RequestContext<ViewerWithProfile>,
  ): ProfileType {
    const account = ownAccount(node, context)
    const profile = readProfile(this.deps.secrets, account)
    context.afterAnswer(() => resealProfile(this.deps, account))
    return { id: account.id, ...profile }
  }

  @FieldResolver(() => VisibleProfileType, {
    nullable: true,
    description: 'What the administrators of your organizations see of your profile.',
  })
  @Guard({ assurance: 'MFA', withinSeconds: FRESHNESS.strict, purpose: 'profile.read', rule: 'ACCOUNT' })
  @Reads('PROFILE')
  visibleProfile(
    @Root() node: AccountNode<AccountWithProfile>,
    @Ctx() context: RequestContext<ViewerWithProfile>,
  ): VisibleProfileType {
    const account = ownAccount(node, context)
    return { id: account.id, ...visibleProfile(this.deps.secrets, account) }
  }
}

/** The parent's account, if it is the caller's: the policy checked only the caller's proofs. */
function ownAccount(
  { record }: AccountNode<AccountWithProfile>,
  context: RequestContext<ViewerWithProfile>,
): AccountWithProfile {
  if (record.id !== viewerOf(context).account.id) throw refuse('FORBIDDEN')
  return record
}
