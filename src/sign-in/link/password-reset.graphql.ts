import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { badPassword } from '../../accounts/index.js'
import { Guard } from '../../kernel/guard.graphql.js'
import { badInput, parseInput } from '../../kernel/parse-input.js'
import { refuse } from '../../kernel/refusal.js'
import type { RequestContext } from '../../kernel/request-context.js'
import { mailCallerOf, type SpendMailRequest } from '../../kernel/requested-mail.js'
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
}

@ObjectType({ description: 'The result of the request.' })
export class RequestPasswordResetPayload {
  @Field(() => Boolean, {
    description: 'True: a message is on its way. The same whether or not the address has an account.',
  })
  readonly accepted!: boolean
}

@InputType({ description: 'The token from the mail, and the new password.' })
export class ResetPasswordInput extends ArrivalFields {
  @Field(() => String, { description: 'What follows `#token=` in the link.' })
  readonly token!: string

  @Field(() => String, { description: 'The new password or passphrase.' })
  readonly newPassword!: string
}

const requestInput = z.object({ email: z.string().min(1).max(254) })
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
    const { email } = parseInput(requestInput, input)
    const caller = mailCallerOf(context)
    await this.requests.messageBudget(caller, email)
    const acceptLanguage = context.origin.language
    const outcome = await requestPasswordReset(this.requests, { email, acceptLanguage, caller })
    if (outcome.kind === 'bad-email') throw badInput(['email'])
    context.afterAnswer(outcome.notify)
    return { accepted: true }
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
