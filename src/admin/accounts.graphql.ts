import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { z } from 'zod'
import { rolesOf, type Account } from '../accounts/index.js'
import { PageInfoObject } from '../audit/audit-connection.graphql.js'
import type { Role } from '../kernel/access.js'
import { RoleEnum } from '../kernel/enums.graphql.js'
import { Guard, type GuardArguments } from '../kernel/guard.graphql.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { auditContextOf, endGrant, type RequestContext } from '../kernel/request-context.js'
import { accountIdText, lineText } from '../kernel/text.js'
import { findAccounts, type FindAccountsDeps } from './find-accounts.js'
import { revokeAccountSessions, type RevokeAccountSessionsDeps } from './revoke-account-sessions.js'

const OPERATE: GuardArguments = { access: 'ADMIN', assurance: 'MFA', withinSeconds: 900, purpose: 'admin.accounts' }

@ObjectType('LinkedIdentity', { description: 'The external login that vouches for a person, and its name for them.' })
export class LinkedIdentityType {
  @Field(() => String, { description: '`service:<tenant>` of a backend with a key, or an issuer of tokens.' })
  readonly issuer!: string

  @Field(() => String, { description: 'The login’s name for the person.' })
  readonly subject!: string
}

@ObjectType('AdminAccount', { description: 'An account as operators see it, without personal data.' })
export class AdminAccountType {
  @Field(() => ID, { description: 'Which account.' })
  readonly id!: string

  @Field(() => String, { description: 'The confirmed e-mail address or, of a linked account, where notices go.' })
  readonly email!: string

  @Field(() => LinkedIdentityType, {
    nullable: true,
    description: 'The external login that vouches for the person; null: our own.',
  })
  readonly linkedTo!: LinkedIdentityType | null

  @Field(() => Boolean, { description: 'Whether it may sign in.' })
  readonly enabled!: boolean

  @Field(() => GraphQLDateTimeISO, { description: 'When the address was first confirmed.' })
  readonly createdAt!: Date

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'The last completed sign-in.' })
  readonly lastSignInAt!: Date | null

  @Field(() => [RoleEnum], { description: 'Roles of the account in this installation.' })
  readonly roles!: readonly Role[]
}

@ObjectType('AdminAccountEdge', { description: 'An account in a page.' })
export class AdminAccountEdge {
  @Field(() => String, { description: 'The account’s cursor, for `after`.' })
  readonly cursor!: string

  @Field(() => AdminAccountType, { description: 'The account.' })
  readonly node!: AdminAccountType
}

@ObjectType('AdminAccountConnection', { description: 'A page of accounts.' })
export class AdminAccountConnection {
  @Field(() => [AdminAccountEdge], { description: 'The accounts with their cursors.' })
  readonly edges!: readonly AdminAccountEdge[]

  @Field(() => PageInfoObject, { description: 'The page’s position in the list.' })
  readonly pageInfo!: PageInfoObject
}

@InputType({ description: 'The account whose sessions to end, and why.' })
export class RevokeAccountSessionsInput {
  @Field(() => ID, { description: 'The account.' })
  readonly accountId!: string

  @Field(() => String, { description: 'For the audit log.' })
  readonly reason!: string
}

@ObjectType({ description: 'The result of ending an account’s sessions.' })
export class RevokeAccountSessionsPayload {
  @Field(() => Int, { description: 'How many sessions were ended.' })
  readonly revoked!: number
}

const revokeInput = z.object({ accountId: accountIdText, reason: lineText })
const pageInput = z.object({
  search: z.string().trim().max(254).nullish(),
  first: z.number().int().min(1).max(100).nullish(),
  after: z.string().max(400).nullish(),
})

@Resolver()
export class AdminAccountsResolver {
  constructor(private readonly deps: FindAccountsDeps & RevokeAccountSessionsDeps) {}

  @Query(() => AdminAccountConnection, {
    description: 'Accounts, newest first. With `search`, by address.',
  })
  @Guard(OPERATE)
  async accounts(
    @Arg('search', () => String, { nullable: true, description: 'The beginning of the e-mail address.' })
    search: string | null,
    @Arg('first', () => Int, { nullable: true, description: 'How many, at most 100; 20 by default.' })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: only accounts after this one.' })
    after: string | null,
  ): Promise<AdminAccountConnection> {
    const input = parseInput(pageInput, { search, first, after })
    const page = await findAccounts(this.deps, {
      search: input.search || null,
      first: input.first ?? 20,
      after: input.after ?? null,
    })
    if (!page) throw badInput(['after'], 'cursor.connection')
    const edges = page.accounts.map(({ cursor, account }) => ({ cursor, node: presentAccount(account) }))
    const startCursor = edges[0]?.cursor ?? null
    const endCursor = edges.at(-1)?.cursor ?? null
    const hasPreviousPage = input.after != null
    return { edges, pageInfo: { hasNextPage: page.hasNextPage, hasPreviousPage, startCursor, endCursor } }
  }

  @Mutation(() => RevokeAccountSessionsPayload, { description: 'Ends every session of an account, in every process.' })
  @Guard(OPERATE)
  async revokeAccountSessions(
    @Arg('input', () => RevokeAccountSessionsInput, { description: 'Which account, and why.' })
    input: RevokeAccountSessionsInput,
    @Ctx() context: RequestContext,
  ): Promise<RevokeAccountSessionsPayload> {
    const { accountId, reason } = parseInput(revokeInput, input)
    const actor = context.actor
    const revoked = await revokeAccountSessions(this.deps, {
      actor,
      accountId,
      reason,
      context: auditContextOf(context),
    })
    if (revoked === null) throw badInput(['accountId'])
    if (actor.kind === 'session' && actor.accountId === accountId) endGrant(context)
    return { revoked }
  }
}

export function presentAccount(account: Account): AdminAccountType {
  const { id, email, linkedTo, createdAt, lastSignInAt, status } = account
  return { id, email, linkedTo, createdAt, lastSignInAt, enabled: status === 'ACTIVE', roles: rolesOf(account) }
}
