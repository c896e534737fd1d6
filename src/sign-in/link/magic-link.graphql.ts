import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { type DeviceProofs, hashFingerprint } from '../../devices/index.js'
import { SessionTransportEnum } from '../../kernel/enums.graphql.js'
import { Guard } from '../../kernel/guard.graphql.js'
import { keepLinkClient } from '../../kernel/link-client.js'
import { badInput, parseInput } from '../../kernel/parse-input.js'
import { refuse } from '../../kernel/refusal.js'
import { auditContextOf, type RequestContext } from '../../kernel/request-context.js'
import { mailCallerOf, type SpendMailRequest } from '../../kernel/requested-mail.js'
import { tokenText } from '../../kernel/text.js'
import { destinationOf } from '../destination.js'
import { presentSignIn, type PresentDeps } from '../present-sign-in.graphql.js'
import { SESSION_TRANSPORTS, type SessionTransport } from '../../sessions/index.js'
import {
  destinationInput,
  FingerprintAttributeInput,
  fingerprintInput,
  SignInResult,
  type SignInAnswer,
} from '../sign-in.graphql.js'
import { requestMagicLink, type RequestMagicLinkDeps } from './request-magic-link.js'
import { signInWithMagicLink, type MagicLinkSignInDeps } from './sign-in-with-magic-link.js'

@InputType({ description: 'A request for a sign-in link.' })
export class RequestMagicLinkInput {
  @Field(() => String, { description: 'The e-mail address.' })
  readonly email!: string

  @Field(() => String, {
    nullable: true,
    description: 'The page that the link leads to: one of the configured pages, compared exactly.',
  })
  readonly redirectUrl?: string | null

  @Field(() => SessionTransportEnum, {
    defaultValue: 'COOKIE',
    description: 'Whether a cookie identifies this client, or the `requestToken` of the answer.',
  })
  readonly transport!: SessionTransport
}

@ObjectType({ description: 'The result of requesting a link. The same whether or not the address has an account.' })
export class RequestMagicLinkPayload {
  @Field(() => String, {
    description: 'Show this code to the person. They need it to use the link in another browser.',
  })
  readonly code!: string

  @Field(() => String, { nullable: true, description: 'For `BEARER`: send it together with the token of the link.' })
  readonly requestToken!: string | null

  @Field(() => GraphQLDateTimeISO, { description: 'When the link expires. It works once.' })
  readonly expiresAt!: Date
}

@InputType({ description: 'A link from a mail, and the transport of the session.' })
export class SignInWithMagicLinkInput {
  @Field(() => String, { description: 'The part of the link after `#token=`.' })
  readonly token!: string

  @Field(() => String, {
    nullable: true,
    description: 'The code that is shown where the link was requested. Not needed in that browser.',
  })
  readonly code?: string | null

  @Field(() => String, { nullable: true, description: 'The `requestToken`, for clients without cookies.' })
  readonly requestToken?: string | null

  @Field(() => SessionTransportEnum, { defaultValue: 'COOKIE', description: 'Cookie for browsers, bearer for apps.' })
  readonly transport!: SessionTransport

  @Field(() => [FingerprintAttributeInput], { nullable: true, description: 'What the client reports about itself.' })
  readonly fingerprint?: readonly FingerprintAttributeInput[] | null

  @Field(() => ID, { nullable: true, description: 'The organization that the session is for.' })
  readonly organizationId?: string | null

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'List the account’s organizations and let it choose. See `OrganizationRequired`.',
  })
  readonly discover!: boolean
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
  transport: z.enum(SESSION_TRANSPORTS),
  fingerprint: fingerprintInput,
  ...destinationInput,
})

/** One sentence for unknown, expired and used links, and for disabled accounts (R055). */
const NOT_AVAILABLE = 'This link is not available any more.'
const ELSEWHERE = 'The link was asked for with another browser: the code that is shown there is needed.'

export type MagicLinkResolverDeps = RequestMagicLinkDeps &
  MagicLinkSignInDeps &
  PresentDeps & { readonly deviceProofs: DeviceProofs; readonly messageBudget: SpendMailRequest }

@Resolver()
export class MagicLinkResolver {
  constructor(private readonly deps: MagicLinkResolverDeps) {}

  @Mutation(() => RequestMagicLinkPayload, {
    description: 'Mails a sign-in link. It works once, in this browser or elsewhere with the code of the answer.',
  })
  @Guard({ access: 'PUBLIC', authentication: true })
  async requestMagicLink(
    @Arg('input', () => RequestMagicLinkInput, { description: 'The address.' }) input: RequestMagicLinkInput,
    @Ctx() context: RequestContext,
  ): Promise<RequestMagicLinkPayload> {
    this.refuseWhereOff()
    const { email, redirectUrl = null, transport } = parseInput(requestInput, input)
    const caller = mailCallerOf(context)
    await this.deps.messageBudget(caller, email)
    const isBrowser = transport === 'COOKIE'
    const outcome = await requestMagicLink(this.deps, {
      email,
      redirectUrl,
      client: isBrowser ? context.jar.linkClient() : null,
      acceptLanguage: context.origin.language,
      caller,
    })
    if (outcome.kind === 'bad-email') throw badInput(['email'])
    if (outcome.kind === 'bad-redirect') throw badInput(['redirectUrl'])
    const { client, code, expiresAt } = outcome
    const link = { now: this.deps.clock.now(), lifetimeSeconds: this.deps.linkSettings.magicLinkSeconds }
    if (isBrowser) keepLinkClient(context.jar, client, link)
    context.afterAnswer(outcome.notify)
    return { code, requestToken: isBrowser ? null : client, expiresAt }
  }

  @Mutation(() => SignInResult, {
    description: 'Signs in with a link from a mail. It counts as one factor and works once.',
  })
  @Guard({ access: 'PUBLIC', authentication: true })
  async signInWithMagicLink(
    @Arg('input', () => SignInWithMagicLinkInput, { description: 'The token of the link.' })
    input: SignInWithMagicLinkInput,
    @Ctx() context: RequestContext,
  ): Promise<SignInAnswer> {
    this.refuseWhereOff()
    const { token, code, requestToken, transport, fingerprint, ...asked } = parseInput(followInput, input)
    const hashes = hashFingerprint(this.deps.secrets, fingerprint ?? [])
    if (!hashes) throw badInput(['fingerprint'])
    const outcome = await signInWithMagicLink(this.deps, {
      token,
      code: code ?? null,
      client: requestToken ?? context.jar.linkClient(),
      transport,
      fingerprint: hashes,
      destination: destinationOf(asked),
      deviceTokenFor: (accountId) => context.jar.deviceToken(accountId),
      deviceKey: this.deps.deviceProofs.read(context.jar.deviceProof()),
      former: context.actor.kind === 'session' ? context.actor : null,
      context: auditContextOf(context),
    })
    if (outcome.kind === 'not-available') throw refuse('UNAUTHENTICATED', { message: NOT_AVAILABLE })
    if (outcome.kind === 'code-required') throw badInput(['code'], ELSEWHERE)
    if (outcome.kind === 'wrong-code') {
      throw refuse('CODE_INVALID', { extensions: { attemptsLeft: outcome.attemptsLeft } })
    }
    return presentSignIn(this.deps, outcome, NOT_AVAILABLE, context)
  }

  private refuseWhereOff(): void {
    if (!this.deps.linkSettings.magicLinks) throw refuse('FORBIDDEN', { message: 'Links to sign in are not on offer.' })
  }
}
