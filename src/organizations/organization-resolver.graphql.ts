import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Field, Info, InputType, Mutation, Query, Resolver } from 'type-graphql'
import { z } from 'zod'
import { Guard, type DemandGuard } from '../kernel/guard.graphql.js'
import { Reads } from '../kernel/reads.graphql.js'
import type { Notices } from '../kernel/notices.js'
import { parseInput } from '../kernel/parse-input.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, endGrant, type RequestContext } from '../kernel/request-context.js'
import { nameText } from '../kernel/text.js'
import { adminActing, memberActing, sessionActorOf } from './acting.js'
import { ADMINISTER, ENTER } from './administer.js'
import { createOrganization, type CreateOrganizationDeps } from './create-organization.js'
import type { Directory } from './directory.js'
import { enteredNotice, type EnteringViewer } from './entered-notice.js'
import type { FindMembersDeps } from './find-members.js'
import { myOrganizations, type MyOrganization } from './my-organizations.js'
import { MyOrganizationType, OrganizationType, presentOrganization } from './organization.graphql.js'
import { policyInput, policyOf, refusePolicy } from './policy-input.graphql.js'
import { OrganizationMfaPolicyInput } from './policy-types.graphql.js'
import { refuseEntering } from './refuse-entering.js'
import { renameOrganization } from './rename-organization.js'

@InputType({ description: 'The name of an organization.' })
export class OrganizationNameInput {
  @Field(() => String, { description: 'Up to 64 characters.' })
  readonly name!: string
}

@InputType({ description: 'A new organization.' })
export class CreateOrganizationInput extends OrganizationNameInput {
  @Field(() => OrganizationMfaPolicyInput, {
    nullable: true,
    description:
      'What it requires of its members from the start, checked as by `setOrganizationMfaPolicy`; null: nothing. ' +
      'Leave out its `revision`.',
  })
  readonly mfaPolicy?: OrganizationMfaPolicyInput | null
}

/** What setting a policy needs of an administrator. The creator of an organization becomes one. */
const SETS_POLICY = { ...ADMINISTER, access: 'ACCOUNT', rule: 'ACCOUNT' } as const

const createInput = z.object({ name: nameText, mfaPolicy: policyInput.nullish() })
const nameInput = z.object({ name: nameText })

export type OrganizationResolverDeps = CreateOrganizationDeps &
  Omit<FindMembersDeps, 'members'> & {
    readonly directory: Directory
    readonly demandGuard: DemandGuard
    /** Sent after the answer. */
    readonly notices: Notices
  }

/** The organizations of an account, and the one the session is for. */
@Resolver()
export class OrganizationResolver {
  constructor(private readonly deps: OrganizationResolverDeps) {}

  @Query(() => [MyOrganizationType], { description: 'Your organizations, and what they require of you.' })
  @Guard({ rule: 'ACCOUNT' })
  async myOrganizations(@Ctx() context: RequestContext): Promise<readonly MyOrganizationType[]> {
    const actor = sessionActorOf(context)
    const mine = await myOrganizations(this.deps, actor)
    return mine.map((each) => presentMine(each, each.organization.id === actor.organizationId))
  }

  @Query(() => OrganizationType, { description: 'The organization the session is for.' })
  @Guard({ access: 'MEMBER' })
  async organization(@Ctx() context: RequestContext): Promise<OrganizationType> {
    const { organizationId } = memberActing(context)
    const [organization] = await this.deps.organizationStore.find([organizationId])
    if (!organization) throw refuse('FORBIDDEN')
    return presentOrganization(organization)
  }

  @Mutation(() => OrganizationType, {
    description: 'Creates an organization. You are its administrator, and the session switches to it.',
  })
  @Guard(ENTER)
  @Reads('FACTORS')
  async createOrganization(
    @Arg('input', () => CreateOrganizationInput, { description: 'Its name, and its policy.' })
    input: CreateOrganizationInput,
    @Ctx() context: RequestContext<EnteringViewer>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<OrganizationType> {
    const { name, mfaPolicy } = parseInput(createInput, input)
    const actor = sessionActorOf(context)
    const { accountId, sessionId } = actor
    if (mfaPolicy) await this.deps.demandGuard({ context, guard: SETS_POLICY, path: String(info.path.key) })
    const outcome = await createOrganization(this.deps, {
      accountId,
      sessionId,
      name,
      founding: mfaPolicy ? { policy: policyOf(mfaPolicy), actor } : null,
      context: auditContextOf(context),
    })
    if (outcome.kind === 'session-ended') throw refuse('UNAUTHENTICATED')
    if (outcome.kind === 'mistaken' || outcome.kind === 'shuts-you-out') throw refusePolicy(outcome, 'mfaPolicy.')
    if (outcome.kind !== 'created') throw refuseEntering(outcome.kind)
    // The session is now for another organization.
    endGrant(context)
    context.afterAnswer(() => this.deps.notices.tell(enteredNotice(context, name)))
    return presentOrganization(outcome.organization)
  }

  @Mutation(() => OrganizationType, { description: 'Renames the organization of the session.' })
  @Guard(ADMINISTER)
  async renameOrganization(
    @Arg('input', () => OrganizationNameInput, { description: 'Its name.' }) input: OrganizationNameInput,
    @Ctx() context: RequestContext,
  ): Promise<OrganizationType> {
    const { name } = parseInput(nameInput, input)
    const renamed = await renameOrganization(this.deps, { ...adminActing(context), name })
    if (!renamed) throw refuse('FORBIDDEN')
    return presentOrganization(renamed)
  }
}

function presentMine(
  { organization, membership, mfaRequired, isEnrolled: enrolled, enrollBy }: MyOrganization,
  current: boolean,
): MyOrganizationType {
  const { id, name } = organization
  const { role, joinedAt, mfaOptIn } = membership
  return { id, name, role, joinedAt, current, mfaRequired, mfaOptIn, enrolled, enrollBy }
}
