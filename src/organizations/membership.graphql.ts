import { Arg, Ctx, Field, ID, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { FRESHNESS, Guard } from '../kernel/guard.graphql.js'
import { Reads } from '../kernel/reads.graphql.js'
import type { Notices } from '../kernel/notices.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, endGrant, viewerOf, type RequestContext } from '../kernel/request-context.js'
import { organizationIdText } from '../kernel/text.js'
import { actingIn, endGrantOfNone, sessionActorOf } from './acting.js'
import { ENTER } from './administer.js'
import { removeMember } from './change-member.js'
import { enteredNotice, type EnteringViewer } from './entered-notice.js'
import { joinOrganization, type JoinOrganizationDeps } from './join-organization.js'
import type { OrganizationDeps } from './organization-deps.js'
import { refuseEntering } from './refuse-entering.js'

@ObjectType({ description: 'The result of joining an organization.' })
export class EnterOrganizationPayload {
  @Field(() => ID, { description: 'The organization the person is now a member of.' })
  readonly organizationId!: string
}

@ObjectType({ description: 'The result of leaving an organization.' })
export class LeaveOrganizationPayload {
  @Field(() => Boolean, { description: 'Always true: a rejected request is an error.' })
  readonly left!: boolean
}

const idInput = z.object({ organizationId: organizationIdText })
const LAST_ADMIN = 'organization.last-admin'

export type MembershipResolverDeps = JoinOrganizationDeps &
  OrganizationDeps & {
    /** Sent after the answer. */
    readonly notices: Notices
  }

/** Joining and leaving an organization. */
@Resolver()
export class MembershipResolver {
  constructor(private readonly deps: MembershipResolverDeps) {}

  @Mutation(() => EnterOrganizationPayload, {
    description:
      'Joins an organization that has proved the domain of your address; a public mail domain never counts. An ' +
      'organization you may not join gets the same answer as an unknown one.',
  })
  @Guard(ENTER)
  @Reads('FACTORS')
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
      'Leaves an organization, whose rules then no longer apply to you. No rule can prevent it, but the last ' +
      'administrator cannot leave.',
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
