import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { SessionTransportEnum } from '../../kernel/enums.graphql.js'
import { Guard } from '../../kernel/guard.graphql.js'
import { keepLinkClient } from '../../kernel/link-client.js'
import { badInput, parseInput } from '../../kernel/parse-input.js'
import { refuse } from '../../kernel/refusal.js'
import type { RequestContext } from '../../kernel/request-context.js'
import { mailCallerOf, type SpendMailRequest } from '../../kernel/requested-mail.js'
import { tokenText } from '../../kernel/text.js'
import { ArrivalFields, arrivalFields, arrivalInput } from '../arrival-input.graphql.js'
import { presentSignIn, type SignInFace } from '../present-sign-in.graphql.js'
import { SESSION_TRANSPORTS, type SessionTransport } from '../../sessions/index.js'
import { SignInResult, type SignInAnswer } from '../sign-in.graphql.js'
import { requestMagicLink, type RequestMagicLinkDeps } from './request-magic-link.js'
import { signInWithMagicLink, type MagicLinkSignInDeps } from './sign-in-with-magic-link.js'

@InputType({ description: 'A request for a sign-in link.' })
export class RequestMagicLinkInput {
  @Field(() => String, { description: 'The e-mail address.' })
  readonly email!: string

  @Field(() => String, {
    nullable: true,
    description: 'The page the link leads to: exactly one of the configured pages.',
  })
  readonly redirectUrl?: string | null

  @Field(() => SessionTransportEnum, {
    defaultValue: 'COOKIE',
    description: 'Whether this client is recognised by a cookie, or by the `requestToken` of the answer.',
  })
  readonly transport!: SessionTransport
}

@ObjectType({ description: 'A link is on its way. The same whether or not the address has an account.' })
export class RequestMagicLinkPayload {
  @Field(() => String, {
    description: 'Show it to the person, who needs it to follow the link in another browser.',
  })
  readonly code!: string

  @Field(() => String, { nullable: true, description: 'For `BEARER`: send it together with the token of the link.' })
  readonly requestToken!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Names the request in `exchangeMailedCode`. Null where mails have no codes.',
  })
  readonly requestId!: string | null

  @Field(() => GraphQLDateTimeISO, { description: 'When the link expires. It works once.' })
  readonly expiresAt!: Date
}

@InputType({ description: 'A link from a mail in place of the password, and the session’s transport.' })
export class SignInWithMagicLinkInput extends ArrivalFields {
  @Field(() => String, { description: 'What follows `#token=` in the link.' })
  readonly token!: string

  @Field(() => String, {
    nullable: true,
    description: 'The code shown where the link was requested; not needed in that browser.',
  })
  readonly code?: string | null

  @Field(() => String, { nullable: true, description: 'The `requestToken`, for clients without cookies.' })
  readonly requestToken?: string | null
}

const requestInput = z.object({
  email: z.string().min(1).max(254),
  redirectUrl: z.string().max(2048).nullish(),
  transport: z.enum(SESSION_TRANSPORTS),
})
const followInput = z.object({
  token: tokenText,
  code: z.string().max(32).nullish(),
  requestToken: tokenText.nullish(),
  ...arrivalFields,
})

/** The same sentence for unknown, expired and used links, and for disabled accounts (R055). */
const NOT_AVAILABLE = 'link.not-available'
const ELSEWHERE = 'link.other-browser-code'

export interface MagicLinkRequests extends RequestMagicLinkDeps {
  readonly messageBudget: SpendMailRequest
}

@Resolver()
export class MagicLinkResolver {
  constructor(
    private readonly requests: MagicLinkRequests,
    private readonly deps: MagicLinkSignInDeps,
    private readonly face: SignInFace,
  ) {}

  @Mutation(() => RequestMagicLinkPayload, {
    description: 'Mails a link that signs in once: in this browser, or in another with the code from the answer.',
  })
  @Guard({ access: 'PUBLIC', authentication: true })
  async requestMagicLink(
    @Arg('input', () => RequestMagicLinkInput, { description: 'The mailbox.' }) input: RequestMagicLinkInput,
    @Ctx() context: RequestContext,
  ): Promise<RequestMagicLinkPayload> {
    this.refuseWhereOff()
    const { email, redirectUrl = null, transport } = parseInput(requestInput, input)
    const caller = mailCallerOf(context)
    await this.requests.messageBudget(caller, email)
    const isBrowser = transport === 'COOKIE'
    const outcome = await requestMagicLink(this.requests, {
      email,
      redirectUrl,
      client: isBrowser ? context.jar.linkClient() : null,
      acceptLanguage: context.origin.language,
      caller,
    })
    if (outcome.kind === 'bad-email') throw badInput(['email'])
    if (outcome.kind === 'bad-redirect') throw badInput(['redirectUrl'])
    const { client, code, requestId, expiresAt } = outcome
    const link = { now: this.deps.clock.now(), lifetimeSeconds: this.deps.linkSettings.magicLinkSeconds }
    if (isBrowser) keepLinkClient(context.jar, client, link)
    context.afterAnswer(outcome.notify)
    return { code, requestToken: isBrowser ? null : client, requestId, expiresAt }
  }

  @Mutation(() => SignInResult, { description: 'Signs in by a link from a mail: one factor, used once.' })
  @Guard({ access: 'PUBLIC', authentication: true })
  async signInWithMagicLink(
    @Arg('input', () => SignInWithMagicLinkInput, { description: 'The token of the link.' })
    input: SignInWithMagicLinkInput,
    @Ctx() context: RequestContext,
  ): Promise<SignInAnswer> {
    this.refuseWhereOff()
    const { token, code, requestToken, ...asked } = parseInput(followInput, input)
    const arrival = arrivalInput(this.face, asked, context)
    const client = requestToken ?? context.jar.linkClient()
    const outcome = await signInWithMagicLink(this.deps, { ...arrival, token, code: code ?? null, client })
    if (outcome.kind === 'not-available') throw refuse('UNAUTHENTICATED', { says: NOT_AVAILABLE })
    if (outcome.kind === 'code-required') throw badInput(['code'], ELSEWHERE)
    if (outcome.kind === 'wrong-code') {
      throw refuse('CODE_INVALID', { extensions: { attemptsLeft: outcome.attemptsLeft } })
    }
    return presentSignIn(this.face, outcome, NOT_AVAILABLE, context)
  }

  private refuseWhereOff(): void {
    if (!this.deps.linkSettings.magicLinks) throw refuse('FORBIDDEN', { says: 'link.sign-in-off' })
  }
}
