import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { Guard } from '../kernel/guard.graphql.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, type RequestContext } from '../kernel/request-context.js'
import { tokenText } from '../kernel/text.js'
import { badPassword } from './bad-password.js'
import type { SpendCall } from './ports.js'
import { signUp, type SignUpDeps } from './sign-up.js'
import { verifyEmail, type VerifyEmailDeps } from './verify-email.js'

@InputType({ description: 'A new account.' })
export class SignUpInput {
  @Field(() => String, { description: 'The e-mail address; it has to be confirmed from its mailbox.' })
  readonly email!: string

  @Field(() => String, { description: 'A password or passphrase. Length counts; no kind of character is asked for.' })
  readonly password!: string
}

@ObjectType({ description: 'What became of a sign-up.' })
export class SignUpPayload {
  @Field(() => Boolean, {
    description: 'True: a message is on its way. Said whether or not the address has an account.',
  })
  readonly accepted!: boolean
}

@InputType({ description: 'The token of a link that was sent by e-mail.' })
export class VerifyEmailInput {
  @Field(() => String, { description: 'What follows `#token=` in the link.' })
  readonly token!: string
}

@ObjectType({ description: 'What became of a followed link.' })
export class VerifyEmailPayload {
  @Field(() => Boolean, { description: 'Always true: a link that is not available any more is an error.' })
  readonly verified!: boolean
}

const signUpInput = z.object({ email: z.string().min(3).max(254), password: z.string().min(1).max(4096) })
const verifyEmailInput = z.object({ token: tokenText })

/** Budgets of calls from one address; a refusal is thrown. */
export interface SignUpBudgets {
  readonly signUp: SpendCall
  readonly confirmation: SpendCall
}

@Resolver()
export class SignUpResolver {
  constructor(private readonly deps: SignUpDeps & VerifyEmailDeps & { readonly budgets: SignUpBudgets }) {}

  @Mutation(() => SignUpPayload, { description: 'Begins an account. It exists once the address is confirmed.' })
  @Guard({ access: 'PUBLIC', authentication: true })
  async signUp(
    @Arg('input', () => SignUpInput, { description: 'Address and password.' }) input: SignUpInput,
    @Ctx() context: RequestContext,
  ): Promise<SignUpPayload> {
    const parsed = parseInput(signUpInput, input)
    await this.deps.budgets.signUp(auditContextOf(context))
    const outcome = await signUp(this.deps, { ...parsed, acceptLanguage: context.origin.language })
    if (outcome.kind === 'bad-email') throw badInput(['email'])
    if (outcome.kind === 'bad-password') throw badPassword('password', outcome.objection)
    context.afterAnswer(outcome.notify)
    return { accepted: true }
  }

  @Mutation(() => VerifyEmailPayload, {
    description: 'Follows a link: makes the new account, or confirms a new address.',
  })
  @Guard({ access: 'PUBLIC', authentication: true })
  async verifyEmail(
    @Arg('input', () => VerifyEmailInput, { description: 'The token of the link.' }) input: VerifyEmailInput,
    @Ctx() context: RequestContext,
  ): Promise<VerifyEmailPayload> {
    const { token } = parseInput(verifyEmailInput, input)
    await this.deps.budgets.confirmation(auditContextOf(context))
    const outcome = await verifyEmail(this.deps, { token, context: auditContextOf(context) })
    if (outcome.kind === 'not-available')
      throw refuse('BAD_USER_INPUT', { message: 'This link is not available any more.' })
    if (outcome.kind === 'email-changed') context.afterAnswer(outcome.notify)
    return { verified: true }
  }
}
