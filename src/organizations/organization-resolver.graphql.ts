import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { z } from 'zod'
import { FRESHNESS, Guard } from '../kernel/guard.graphql.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import type { Notices } from '../kernel/notices.js'
import { refuse, type Refusal } from '../kernel/refusal.js'
import { auditContextOf, endGrant, viewerOf, type RequestContext } from '../kernel/request-context.js'
import { nameText, organizationIdText } from '../kernel/text.js'
import { actingIn, adminActing, endGrantOfNone, memberActing, sessionActorOf } from './acting.js'
import { ADMINISTER, ENTER } from './administer.js'
import { removeMember } from './change-member.js'
import { createOrganization, type CreateOrganizationDeps } from './create-organization.js'
import type { Directory } from './directory.js'
import { enteredNotice, type EnteringViewer } from './entered-notice.js'
import type { FindMembersDeps } from './find-members.js'
import { joinOrganization, type JoinOrganizationDeps } from './join-organization.js'
import { myOrganizations, type MyOrganization } from './my-organizations.js'
import { MyOrganizationType, OrganizationType, presentOrganization } from './organization.graphql.js'
import { renameOrganization } from './rename-organization.js'

@InputType({ description: 'How an organization is called.' })
export class OrganizationNameInput {
  @Field(() => String, { description: 'Up to 64 characters.' })
  readonly name!: string
}

@ObjectType({ description: 'What became of going into an organization.' })
export class EnterOrganizationPayload {
  @Field(() => ID, { description: 'The organization the person is in now.' })
  readonly organizationId!: string
}

@ObjectType({ description: 'What became of leaving an organization.' })
export class LeaveOrganizationPayload {
  @Field(() => Boolean, { description: 'Always true: what speaks against it is an error.' })
  readonly left!: boolean
}

const nameInput = z.object({ name: nameText })
const idInput = z.object({ organizationId: organizationIdText })

const ENTER_FAULTS = {
  'too-many': 'organization.too-many',
  'too-many-admins': 'organization.too-many-admins',
  'no-common-factor': 'organization.no-common-factor',
} as const

/** The refusal that tells the person and the client why the account cannot join. */
export const refuseEntering = (kind: keyof typeof ENTER_FAULTS): Refusal =>
  refuse('FORBIDDEN', {
    says: ENTER_FAULTS[kind],
    extensions: { because: kind.toUpperCase().replaceAll('-', '_') },
  })
const LAST_ADMIN = 'organization.last-admin'

export type OrganizationResolverDeps = CreateOrganizationDeps &
  JoinOrganizationDeps &
  Omit<FindMembersDeps, 'members'> & {
    readonly directory: Directory
    /** Sent after the answer. */
    readonly notices: Notices
  }

/** Creating, joining and leaving organizations. */
@Resolver()
export class OrganizationResolver {
  constructor(private readonly deps: OrganizationResolverDeps) {}

  @Query(() => [MyOrganizationType], { description: 'The organizations you are in, and what they ask of you.' })
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
    description: 'Makes an organization. You are its administrator, and the session is for it from then on.',
  })
  @Guard(ENTER)
  async createOrganization(
    @Arg('input', () => OrganizationNameInput, { description: 'Its name.' }) input: OrganizationNameInput,
    @Ctx() context: RequestContext<EnteringViewer>,
  ): Promise<OrganizationType> {
    const { name } = parseInput(nameInput, input)
    const { accountId, sessionId } = sessionActorOf(context)
    const outcome = await createOrganization(this.deps, {
      accountId,
      sessionId,
      name,
      context: auditContextOf(context),
    })
    if (outcome.kind === 'session-ended') throw refuse('UNAUTHENTICATED')
    if (outcome.kind !== 'created') throw refuseEntering(outcome.kind)
    // The session is now for another organization.
    endGrant(context)
    context.afterAnswer(() => this.deps.notices.tell(enteredNotice(context, name)))
    return presentOrganization(outcome.organization)
  }

  @Mutation(() => OrganizationType, { description: 'Gives the organization of the session another name.' })
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

  @Mutation(() => EnterOrganizationPayload, {
    description:
      'Goes into an organization that has proved the domain of your address; never by a domain where anybody can have ' +
      'a mailbox. An organization you may not join is answered like one there is not.',
  })
  @Guard(ENTER)
  async joinOrganization(
    @Arg('organizationId', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() context: RequestContext<EnteringViewer>,
  ): Promise<EnterOrganizationPayload> {
    const { organizationId } = parseInput(idInput, { organizationId: id })
    const actor = sessionActorOf(context)
    const outcome = await joinOrganization(this.deps, {
      accountId: actor.accountId,
      sessionId: actor.sessionId,
      sessionOrganizationId: actor.organizationId,
      emailKey: viewerOf(context).account.emailKey,
      organizationId,
      context: auditContextOf(context),
    })
    if (outcome.kind === 'unknown') throw badInput(['organizationId'])
    if (outcome.kind === 'entered') {
      endGrantOfNone(context, actor)
      context.afterAnswer(() => this.deps.notices.tell(enteredNotice(context, outcome.name)))
    } else if (outcome.kind !== 'member-already') throw refuseEntering(outcome.kind)
    return { organizationId }
  }

  @Mutation(() => LeaveOrganizationPayload, {
    description:
      'Leaves an organization; its rules do not hold for you from then on, and none of them stands in the way. The last ' +
      'administrator stays.',
  })
  @Guard({ strongest: true, withinSeconds: FRESHNESS.strict, purpose: 'organization.leave', rule: 'ACCOUNT' })
  async leaveOrganization(
    @Arg('organizationId', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<LeaveOrganizationPayload> {
    const { organizationId } = parseInput(idInput, { organizationId: id })
    const acting = actingIn(context, organizationId)
    const outcome = await removeMember(this.deps, { ...acting, member: acting.accountId })
    if (outcome.kind === 'unknown') throw badInput(['organizationId'])
    if (outcome.kind === 'last-admin') throw refuse('FORBIDDEN', { says: LAST_ADMIN })
    endGrant(context)
    return { left: true }
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
