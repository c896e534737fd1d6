import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { z } from 'zod'
import type { Account } from '../accounts/index.js'
import { PageInfoObject } from '../audit/audit-connection.graphql.js'
import { Guard } from '../kernel/guard.graphql.js'
import { ORGANIZATION_ROLES, type OrganizationRole } from '../kernel/membership.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { refuse } from '../kernel/refusal.js'
import { endGrant, type RequestContext } from '../kernel/request-context.js'
import { accountIdText } from '../kernel/text.js'
import { adminActing } from './acting.js'
import { ADMINISTER } from './administer.js'
import { removeMember, setMemberRole } from './change-member.js'
import {
  findMembers,
  findMembersNotEnrolled,
  type FindMembersDeps,
  type FoundMember,
  type FoundMembers,
} from './find-members.js'
import type { OrganizationDeps } from './organization-deps.js'
import { OrganizationRoleEnum } from './policy-types.graphql.js'

@ObjectType('OrganizationMember', { description: 'A member of an organization, as its administrators see them.' })
export class OrganizationMemberType {
  @Field(() => ID, { description: 'Their account.' })
  readonly accountId!: string

  @Field(() => String, { description: 'Their proved e-mail address.' })
  readonly email!: string

  @Field(() => OrganizationRoleEnum, { description: 'Their role.' })
  readonly role!: OrganizationRole

  @Field(() => GraphQLDateTimeISO, { description: 'When they joined.' })
  readonly joinedAt!: Date

  @Field(() => Boolean, { description: 'Whether they opted in to a second factor, where that is optional.' })
  readonly mfaOptIn!: boolean

  @Field(() => Boolean, { description: 'Whether a second factor is required of them, or will be after `enrollBy`.' })
  readonly mfaRequired!: boolean

  @Field(() => Boolean, { description: 'Whether they have an active factor that the organization allows.' })
  readonly enrolled!: boolean

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'The deadline for having one; null: none, or it has passed.',
  })
  readonly enrollBy!: Date | null

  @Field(() => Boolean, { description: 'Whether the policy is set aside for them.' })
  readonly breakGlass!: boolean
}

@ObjectType('OrganizationMemberEdge', { description: 'A member in a page.' })
export class OrganizationMemberEdge {
  @Field(() => String, { description: 'The member’s cursor, for `after`.' })
  readonly cursor!: string

  @Field(() => OrganizationMemberType, { description: 'The member.' })
  readonly node!: OrganizationMemberType
}

@ObjectType('OrganizationMemberConnection', { description: 'A page of members, by address.' })
export class OrganizationMemberConnection {
  @Field(() => [OrganizationMemberEdge], { description: 'The members with their cursors.' })
  readonly edges!: readonly OrganizationMemberEdge[]

  @Field(() => PageInfoObject, { description: 'The page’s position in the list.' })
  readonly pageInfo!: PageInfoObject
}

@InputType({ description: 'A member and their role.' })
export class SetMemberRoleInput {
  @Field(() => ID, { description: 'The account of the member.' })
  readonly accountId!: string

  @Field(() => OrganizationRoleEnum, { description: 'Their new role.' })
  readonly role!: OrganizationRole
}

@ObjectType({ description: 'A member’s role after a change.' })
export class SetMemberRolePayload {
  @Field(() => OrganizationRoleEnum, { description: 'Their role.' })
  readonly role!: OrganizationRole
}

@ObjectType({ description: 'The result of removing a member.' })
export class RemoveMemberPayload {
  @Field(() => Boolean, { description: 'Always true: a rejected removal is an error.' })
  readonly removed!: boolean
}

const LAST_ADMIN = 'organization.last-admin'
const roleInput = z.object({ accountId: accountIdText, role: z.enum(ORGANIZATION_ROLES) })
const pageInput = z.object({
  search: z.string().trim().max(254).nullish(),
  first: z.number().int().min(1).nullish(),
  after: z.string().max(512).nullish(),
})
const FIRST = { nullable: true, description: 'How many; 20 by default, at most the installation’s limit.' }
const AFTER = { nullable: true, description: 'A cursor: only members after this one.' }

/** The members of an organization. */
@Resolver()
export class MembersResolver {
  constructor(private readonly deps: OrganizationDeps & FindMembersDeps) {}

  @Query(() => OrganizationMemberConnection, { description: 'The members of the session’s organization.' })
  @Guard(ADMINISTER)
  members(
    @Arg('first', () => Int, FIRST) first: number | null,
    @Arg('after', () => String, AFTER) after: string | null,
    @Arg('search', () => String, { nullable: true, description: 'The beginning of the e-mail address.' })
    search: string | null,
    @Ctx() context: RequestContext,
  ): Promise<OrganizationMemberConnection> {
    return this.page(findMembers, { first, after, search }, context)
  }

  @Query(() => OrganizationMemberConnection, {
    description:
      'Members who must have a second factor, now or later, and have none that counts yet. A page may contain ' +
      'fewer than requested and still not be the last.',
  })
  @Guard(ADMINISTER)
  membersNotEnrolled(
    @Arg('first', () => Int, FIRST) first: number | null,
    @Arg('after', () => String, AFTER) after: string | null,
    @Ctx() context: RequestContext,
  ): Promise<OrganizationMemberConnection> {
    return this.page(findMembersNotEnrolled, { first, after }, context)
  }

  @Mutation(() => SetMemberRolePayload, {
    description: 'Changes a member’s role. The last administrator keeps theirs.',
  })
  @Guard(ADMINISTER)
  async setMemberRole(
    @Arg('input', () => SetMemberRoleInput, { description: 'The member and the role.' }) input: SetMemberRoleInput,
    @Ctx() context: RequestContext,
  ): Promise<SetMemberRolePayload> {
    const { accountId, role } = parseInput(roleInput, input)
    const acting = adminActing(context)
    const outcome = await setMemberRole(this.deps, { ...acting, member: accountId, role })
    if (outcome.kind === 'set' && accountId === acting.accountId) endGrant(context)
    switch (outcome.kind) {
      case 'set':
        return { role: outcome.membership.role }
      case 'unknown':
        throw badInput(['accountId'])
      case 'last-admin':
        throw refuse('FORBIDDEN', { says: LAST_ADMIN })
      case 'too-many-admins':
        throw refuse('FORBIDDEN', { says: 'organization.too-many-admins' })
    }
  }

  @Mutation(() => RemoveMemberPayload, { description: 'Removes a member from the organization, at once.' })
  @Guard(ADMINISTER)
  async removeMember(
    @Arg('accountId', () => ID, { description: 'The account of the member.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<RemoveMemberPayload> {
    const { accountId } = parseInput(z.object({ accountId: accountIdText }), { accountId: id })
    const acting = adminActing(context)
    const outcome = await removeMember(this.deps, { ...acting, member: accountId })
    if (outcome.kind === 'unknown') throw badInput(['accountId'])
    if (outcome.kind === 'last-admin') throw refuse('FORBIDDEN', { says: LAST_ADMIN })
    if (accountId === acting.accountId) endGrant(context)
    return { removed: true }
  }

  private async page(
    find: typeof findMembers,
    given: { readonly first: number | null; readonly after: string | null; readonly search?: string | null },
    context: RequestContext,
  ): Promise<OrganizationMemberConnection> {
    const { first, after, search } = parseInput(pageInput, given)
    const most = this.deps.organizationLimits.membersPerPage
    if (first != null && first > most) throw badInput(['first'])
    const page = await find(this.deps, {
      organizationId: adminActing(context).organizationId,
      search: search || null,
      first: first ?? Math.min(20, most),
      after: after ?? null,
    })
    if (!page) throw badInput(['after'], 'cursor.connection')
    return presentPage(page, after != null)
  }
}

/** Carries the account that the profile is read from. */
export type MemberNode = OrganizationMemberType & { readonly account: Account }

function presentPage({ members, hasNextPage, endCursor }: FoundMembers, hasPreviousPage: boolean) {
  const edges = members.map((member) => ({ cursor: member.cursor, node: presentMember(member) }))
  return { edges, pageInfo: { hasNextPage, hasPreviousPage, startCursor: edges[0]?.cursor ?? null, endCursor } }
}

function presentMember(member: FoundMember): MemberNode {
  const { accountId, email, account, membership, mfaRequired, isEnrolled: enrolled, enrollBy } = member
  const { role, joinedAt, mfaOptIn, breakGlass } = membership
  return { accountId, email, account, role, joinedAt, mfaOptIn, mfaRequired, enrolled, enrollBy, breakGlass }
}
