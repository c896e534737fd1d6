import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { badPassword } from '../../accounts/index.js'
import { Guard } from '../../kernel/guard.graphql.js'
import { SessionTransportEnum } from '../../kernel/enums.graphql.js'
import { keepLinkClient } from '../../kernel/link-client.js'
import { badInput, parseInput } from '../../kernel/parse-input.js'
import { refuse } from '../../kernel/refusal.js'
import type { RequestContext } from '../../kernel/request-context.js'
import { mailCallerOf, type SpendMailRequest } from '../../kernel/requested-mail.js'
import { SESSION_TRANSPORTS, type SessionTransport } from '../../kernel/session-transport.js'
import { passwordText, tokenText } from '../../kernel/text.js'
import { ArrivalFields, arrivalFields, arrivalInput } from '../arrival-input.graphql.js'
import { presentSignIn, type SignInFace } from '../present-sign-in.graphql.js'
import { SignInResult, type SignInAnswer } from '../sign-in.graphql.js'
import { requestPasswordReset, type RequestPasswordResetDeps } from './request-password-reset.js'
import { resetPassword, type ResetPasswordDeps } from './reset-password.js'

@InputType({ description: 'A request for a password reset.' })
export class RequestPasswordResetInput {
  @Field(() => String, { description: 'The e-mail address.' })
  readonly email!: string

  @Field(() => SessionTransportEnum, {
    defaultValue: 'COOKIE',
    description: 'Whether this client is recognised by a cookie, or by the `requestToken` of the answer.',
  })
  readonly transport!: SessionTransport
}

@ObjectType({ description: 'The result of the request.' })
export class RequestPasswordResetPayload {
  @Field(() => Boolean, {
    description: 'True: a message is on its way. The same whether or not the address has an account.',
  })
  readonly accepted!: boolean

  @Field(() => String, { nullable: true, description: 'For `BEARER`: send it together with the code of the mail.' })
  readonly requestToken!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Names the request in `exchangeMailedCode`. Null where mails have no codes.',
  })
  readonly requestId!: string | null
}

@InputType({ description: 'The token from the mail, and the new password.' })
export class ResetPasswordInput extends ArrivalFields {
  @Field(() => String, { description: 'What follows `#token=` in the link.' })
  readonly token!: string

  @Field(() => String, { description: 'The new password or passphrase.' })
  readonly newPassword!: string
}

const requestInput = z.object({ email: z.string().min(1).max(254), transport: z.enum(SESSION_TRANSPORTS) })
const resetInput = z.object({
  token: tokenText,
  newPassword: passwordText,
  ...arrivalFields,
})

const NOT_AVAILABLE = 'link.not-available'

export interface PasswordResetRequests extends RequestPasswordResetDeps {
  readonly messageBudget: SpendMailRequest
}

@Resolver()
export class PasswordResetResolver {
  constructor(
    private readonly requests: PasswordResetRequests,
    private readonly deps: ResetPasswordDeps,
    private readonly face: SignInFace,
  ) {}

  @Mutation(() => RequestPasswordResetPayload, { description: 'Mails a link that sets a new password, once.' })
  @Guard({ access: 'PUBLIC', authentication: true })
  async requestPasswordReset(
    @Arg('input', () => RequestPasswordResetInput, { description: 'The mailbox.' }) input: RequestPasswordResetInput,
    @Ctx() context: RequestContext,
  ): Promise<RequestPasswordResetPayload> {
    const { email, transport } = parseInput(requestInput, input)
    const caller = mailCallerOf(context)
    await this.requests.messageBudget(caller, email)
    const isBrowser = transport === 'COOKIE'
    const outcome = await requestPasswordReset(this.requests, {
      email,
      client: isBrowser ? context.jar.linkClient() : null,
      acceptLanguage: context.origin.language,
      caller,
    })
    if (outcome.kind === 'bad-email') throw badInput(['email'])
    const { client, requestId } = outcome
    const link = { now: this.requests.clock.now(), lifetimeSeconds: this.requests.linkSettings.resetSeconds }
    if (isBrowser) keepLinkClient(context.jar, client, link)
    context.afterAnswer(outcome.notify)
    return { accepted: true, requestToken: isBrowser ? null : client, requestId }
  }

  @Mutation(() => SignInResult, {
    description:
      'Sets a new password by a link, ends every session, forgets every device, and signs in with one factor: ' +
      'an account with a second factor is challenged for it.',
  })
  @Guard({ access: 'PUBLIC', authentication: true })
  async resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: 'The token of the link and the password.' })
    input: ResetPasswordInput,
    @Ctx() context: RequestContext,
  ): Promise<SignInAnswer> {
    const { token, newPassword, ...asked } = parseInput(resetInput, input)
    const arrival = arrivalInput(this.face, asked, context)
    const outcome = await resetPassword(this.deps, { ...arrival, token, newPassword })
    if (outcome.kind === 'bad-password') throw badPassword('newPassword', outcome.objection)
    if (outcome.kind === 'not-available') throw refuse('UNAUTHENTICATED', { says: NOT_AVAILABLE })
    return presentSignIn(this.face, outcome, NOT_AVAILABLE, context)
  }
}
