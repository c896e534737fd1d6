import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { z } from 'zod'
import type { SpendCall } from '../kernel/spend-call.js'
import { FRESHNESS, Guard } from '../kernel/guard.graphql.js'
import { Reads } from '../kernel/reads.graphql.js'
import { parseInput } from '../kernel/parse-input.js'
import { refuse, refuseUntil } from '../kernel/refusal.js'
import { auditContextOf, endGrant, viewerOf, type RequestContext } from '../kernel/request-context.js'
import { sessionIdText } from '../kernel/text.js'
import { revokeOtherSessions, revokeSession, signOut, type EndSessionDeps } from './end-session.js'
import type { IdentifiedPerson } from './identified-person.js'
import type { Person } from './person.js'
import { refreshSession, type RefreshSessionDeps } from './refresh-session.js'
import { presentSession, SessionType, TokensType } from './session.graphql.js'
import { isInUse, isShown, keptWith } from './succession.js'

@InputType({ description: 'The refresh token of a bearer session.' })
export class RefreshSessionInput {
  @Field(() => String, { description: 'Works once. A retry gets the same answer until that answer is used.' })
  readonly refreshToken!: string
}

@ObjectType({ description: 'The result of a sign-out.' })
export class SignOutPayload {
  @Field(() => Boolean, { description: 'Always true: the session has ended, in every process.' })
  readonly signedOut!: boolean
}

@ObjectType({ description: 'The result of ending sessions.' })
export class RevokeSessionsPayload {
  @Field(() => Int, { description: 'How many sessions were ended.' })
  readonly revoked!: number
}

const refreshInput = z.object({ refreshToken: z.string().min(1).max(256) })

type PersonWithSessions = IdentifiedPerson & Pick<Person, 'sessions'>

export type SessionsDeps = RefreshSessionDeps & EndSessionDeps

@Resolver()
export class SessionResolver {
  constructor(
    private readonly deps: SessionsDeps,
    private readonly wrongRefreshes: SpendCall,
  ) {}

  @Mutation(() => TokensType, {
    description: 'Exchanges a refresh token for new tokens. The freshness of MFA does not change.',
  })
  @Guard({ access: 'PUBLIC', authentication: true })
  async refreshSession(
    @Arg('input', () => RefreshSessionInput, { description: 'The refresh token.' }) input: RefreshSessionInput,
    @Ctx() context: RequestContext,
  ): Promise<TokensType> {
    const { refreshToken } = parseInput(refreshInput, input)
    const outcome = await refreshSession(this.deps, { refreshToken, context: auditContextOf(context) })
    if (outcome.kind === 'limited') throw refuseUntil('RATE_LIMITED', outcome.retryAfterSeconds, outcome.limit)
    if (outcome.kind === 'refused' || !outcome.credentials.tokens) {
      await this.wrongRefreshes(auditContextOf(context))
      throw refuse('UNAUTHENTICATED')
    }
    context.quota = outcome.quota
    return outcome.credentials.tokens
  }

  @Mutation(() => SignOutPayload, { description: 'Ends this session, pending or active.' })
  @Guard({ access: 'PENDING' })
  async signOut(@Ctx() context: RequestContext<IdentifiedPerson>): Promise<SignOutPayload> {
    const { account, session } = viewerOf(context)
    await signOut(this.deps, { accountId: account.id, sessionId: session.id, context: auditContextOf(context) })
    context.jar.clearSession()
    endGrant(context)
    return { signedOut: true }
  }

  @Query(() => [SessionType], { description: 'The live sessions of the signed-in person, newest first.' })
  @Guard({ rule: 'ACCOUNT' })
  @Reads('SESSIONS')
  mySessions(@Ctx() context: RequestContext<PersonWithSessions>): SessionType[] {
    const { sessions, session } = viewerOf(context)
    const { lifetimes, secretTimes: times, clock } = this.deps
    const at = { lifetimes, times, now: clock.now() }
    return Object.values(sessions)
      .filter((each) => isShown(sessions, each) && isInUse(sessions, each, at))
      .sort((a, b) => b.signedInAt.getTime() - a.signedInAt.getTime())
      .map((each) => presentSession(each, session.id, this.deps.assurances))
  }

  @Mutation(() => RevokeSessionsPayload, { description: 'Ends one of your sessions.' })
  @Guard({ strongest: true, withinSeconds: FRESHNESS.moderate, purpose: 'session.revoke', rule: 'ACCOUNT' })
  @Reads('SESSIONS')
  async revokeSession(
    @Arg('sessionId', () => ID, { description: 'The session.' }) sessionId: string,
    @Ctx() context: RequestContext<PersonWithSessions>,
  ): Promise<RevokeSessionsPayload> {
    const { account, session, sessions } = viewerOf(context)
    const parsed = parseInput(z.object({ sessionId: sessionIdText }), { sessionId })
    const revoked = await revokeSession(this.deps, {
      accountId: account.id,
      sessionId: parsed.sessionId,
      context: auditContextOf(context),
    })
    // Revoking a successor of the caller's session ends the caller's session too.
    if (keptWith(sessions, session.id).includes(parsed.sessionId)) endGrant(context)
    return { revoked: revoked ? 1 : 0 }
  }

  @Mutation(() => RevokeSessionsPayload, { description: 'Ends all your sessions but this one.' })
  @Guard({ strongest: true, withinSeconds: FRESHNESS.moderate, purpose: 'session.revoke', rule: 'ACCOUNT' })
  async revokeOtherSessions(@Ctx() context: RequestContext<IdentifiedPerson>): Promise<RevokeSessionsPayload> {
    const { account, session } = viewerOf(context)
    const input = { accountId: account.id, keep: session.id, context: auditContextOf(context) }
    return { revoked: await revokeOtherSessions(this.deps, input) }
  }
}
