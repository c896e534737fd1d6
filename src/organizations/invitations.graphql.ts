import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { z } from 'zod'
import { parseEmailAddress } from '../kernel/email-address.js'
import { Guard } from '../kernel/guard.graphql.js'
import { Reads } from '../kernel/reads.graphql.js'
import { ORGANIZATION_ROLES, type Memberships, type OrganizationRole } from '../kernel/membership.js'
import type { Notices } from '../kernel/notices.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, viewerOf, type RequestContext } from '../kernel/request-context.js'
import { mailCallerOf, type SpendMailRequest } from '../kernel/requested-mail.js'
import { invitationIdText, organizationIdText, tokenText } from '../kernel/text.js'
import { acceptInvitation, type AcceptInvitationDeps } from './accept-invitation.js'
import { adminActing, endGrantOfNone, sessionActorOf } from './acting.js'
import { ADMINISTER, ENTER } from './administer.js'
import { enteredNotice, type EnteringViewer } from './entered-notice.js'
import type { Invitation } from './invitation.js'
import { inviteMember, revokeInvitation, type InviteMemberDeps } from './invite-member.js'
import { EnterOrganizationPayload } from './membership.graphql.js'
import { refuseEntering } from './refuse-entering.js'
import { OrganizationRoleEnum } from './policy-types.graphql.js'

@InputType({ description: 'Whom to invite.' })
export class InviteMemberInput {
  @Field(() => String, { description: 'Their e-mail address, with or without an account.' })
  readonly email!: string

  @Field(() => OrganizationRoleEnum, { description: 'Their future role.' })
  readonly role!: OrganizationRole
}

@ObjectType('Invitation', { description: 'An invitation for the owner of an address to join an organization.' })
export class InvitationType {
  @Field(() => ID, { description: 'Identifies it.' })
  readonly id!: string

  @Field(() => String, { description: 'The address it was sent to.' })
  readonly email!: string

  @Field(() => OrganizationRoleEnum, { description: 'Their future role.' })
  readonly role!: OrganizationRole

  @Field(() => ID, { description: 'The account that sent it.' })
  readonly invitedBy!: string

  @Field(() => GraphQLDateTimeISO, { description: 'When it was sent.' })
  readonly createdAt!: Date

  @Field(() => GraphQLDateTimeISO, { description: 'When it expires.' })
  readonly expiresAt!: Date
}

@InputType({ description: 'An invitation to accept: by its token, or by the organization.' })
export class AcceptInvitationInput {
  @Field(() => String, { nullable: true, description: 'What follows `#token=` in the link.' })
  readonly token?: string | null

  @Field(() => ID, {
    nullable: true,
    description: 'In place of the token: an organization that `discoverOrganizations` lists as `INVITED`.',
  })
  readonly organizationId?: string | null
}

@ObjectType({ description: 'The result of revoking an invitation.' })
export class RevokeInvitationPayload {
  @Field(() => Boolean, { description: 'Always true: a rejected request is an error.' })
  readonly revoked!: boolean
}

/** Of the inviting account. */
interface Viewer {
  readonly grantRevision: number | null
  readonly memberships: Memberships
}

const inviteInput = z.object({ email: z.string().min(3).max(254), role: z.enum(ORGANIZATION_ROLES) })
const acceptInput = z
  .object({ token: tokenText.nullish(), organizationId: organizationIdText.nullish() })
  .transform(({ token, organizationId }, problem) => {
    if (token && !organizationId) return { token }
    if (organizationId && !token) return { organizationId }
    problem.addIssue({ code: 'custom', path: ['token'], message: 'either a token or an organization' })
    return z.NEVER
  })

export interface InvitationsFace {
  /** Spends one message that the caller requests. */
  readonly messageBudget: SpendMailRequest
  /** Sent after the answer. */
  readonly notices: Notices
}

@Resolver()
export class InvitationsResolver {
  constructor(
    private readonly inviting: InviteMemberDeps,
    private readonly accepting: AcceptInvitationDeps,
    private readonly face: InvitationsFace,
  ) {}

  @Query(() => [InvitationType], { description: 'Open invitations to the organization of the session, newest first.' })
  @Guard(ADMINISTER)
  async invitations(@Ctx() context: RequestContext): Promise<readonly InvitationType[]> {
    const { organizationId } = adminActing(context)
    return (await this.inviting.invitations.list(organizationId, this.inviting.clock.now())).map(presentInvitation)
  }

  @Mutation(() => InvitationType, {
    description:
      'Invites the owner of an address to the organization of the session. Replaces an open invitation to that ' +
      'address.',
  })
  @Guard(ADMINISTER)
  async inviteMember(
    @Arg('input', () => InviteMemberInput, { description: 'The address and the role.' }) input: InviteMemberInput,
    @Ctx() context: RequestContext<Viewer>,
  ): Promise<InvitationType> {
    const { email: text, role } = parseInput(inviteInput, input)
    const email = parseEmailAddress(text)
    if (!email) throw badInput(['email'])
    await this.face.messageBudget(mailCallerOf(context), null)
    const acting = adminActing(context)
    const { grantRevision, memberships } = viewerOf(context)
    const roleRevision = memberships[acting.organizationId]?.roleRevision ?? null
    const outcome = await inviteMember(this.inviting, { ...acting, email, role, grantRevision, roleRevision })
    if (outcome.kind === 'unknown') throw refuse('FORBIDDEN')
    if (outcome.kind === 'too-many') throw refuse('FORBIDDEN', { says: 'invitation.too-many' })
    context.afterAnswer(outcome.notify)
    return presentInvitation(outcome.invitation)
  }

  @Mutation(() => RevokeInvitationPayload, { description: 'Revokes an open invitation.' })
  @Guard(ADMINISTER)
  async revokeInvitation(
    @Arg('invitationId', () => ID, { description: 'Which one.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<RevokeInvitationPayload> {
    const { invitationId } = parseInput(z.object({ invitationId: invitationIdText }), { invitationId: id })
    const isRevoked = await revokeInvitation(this.inviting, { ...adminActing(context), invitationId })
    if (!isRevoked) throw badInput(['invitationId'])
    return { revoked: true }
  }

  @Mutation(() => EnterOrganizationPayload, {
    description: 'Accepts an invitation. The account must have the address it was sent to.',
  })
  @Guard({ ...ENTER, authentication: true })
  @Reads('FACTORS')
  async acceptInvitation(
    @Arg('input', () => AcceptInvitationInput, { description: 'Which one.' }) input: AcceptInvitationInput,
    @Ctx() context: RequestContext<EnteringViewer>,
  ): Promise<EnterOrganizationPayload> {
    const invitation = parseInput(acceptInput, input)
    const actor = sessionActorOf(context)
    const outcome = await acceptInvitation(this.accepting, {
      accountId: actor.accountId,
      sessionId: actor.sessionId,
      sessionOrganizationId: actor.organizationId,
      emailKey: viewerOf(context).account.emailKey,
      invitation,
      context: auditContextOf(context),
    })
    if (outcome.kind === 'not-available' || outcome.kind === 'withdrawn')
      throw badInput(Object.keys(invitation), 'invitation.not-available')
    if (outcome.kind !== 'accepted') throw refuseEntering(outcome.kind)
    const { entered, organizationId } = outcome
    if (entered !== null) endGrantOfNone(context, actor)
    if (entered !== null) context.afterAnswer(() => this.face.notices.tell(enteredNotice(context, entered)))
    return { organizationId }
  }
}

function presentInvitation({ id, email, role, invitedBy, createdAt, expiresAt }: Invitation): InvitationType {
  return { id, email, role, invitedBy, createdAt, expiresAt }
}
