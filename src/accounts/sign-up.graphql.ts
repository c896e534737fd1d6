import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { Guard } from '../kernel/guard.graphql.js'
import { SessionTransportEnum } from '../kernel/enums.graphql.js'
import { keepLinkClient } from '../kernel/link-client.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, type AuditContext, type RequestContext } from '../kernel/request-context.js'
import { mailCallerOf } from '../kernel/requested-mail.js'
import { SESSION_TRANSPORTS, type SessionTransport } from '../kernel/session-transport.js'
import type { SpendCall } from '../kernel/spend-call.js'
import { passwordText, tokenText } from '../kernel/text.js'
import { badPassword } from './bad-password.js'
import { signUp, type SignUpDeps } from './sign-up.js'
import { verifyEmail, type VerifyEmailDeps } from './verify-email.js'

@InputType({ description: 'A new account.' })
export class SignUpInput {
  @Field(() => String, { description: 'The e-mail address. It must be confirmed from its mailbox.' })
  readonly email!: string

  @Field(() => String, {
    description: 'A password or passphrase. Only length and rarity count; no kind of character is required.',
  })
  readonly password!: string

  @Field(() => SessionTransportEnum, {
    defaultValue: 'COOKIE',
    description: 'Whether this client is recognised by a cookie, or by the `requestToken` of the answer.',
  })
  readonly transport!: SessionTransport
}

@ObjectType({ description: 'The result of a sign-up.' })
export class SignUpPayload {
  @Field(() => Boolean, {
    description: 'True: a message is on its way. The same whether or not the address has an account.',
  })
  readonly accepted!: boolean

  @Field(() => String, { nullable: true, description: 'For `BEARER`: send it together with the token of the link.' })
  readonly requestToken!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Names the request in `exchangeMailedCode`. Null where mails have no codes.',
  })
  readonly requestId!: string | null
}

@InputType({ description: 'The token of a link sent by e-mail.' })
export class VerifyEmailInput {
  @Field(() => String, { description: 'What follows `#token=` in the link.' })
  readonly token!: string

  @Field(() => String, {
    nullable: true,
    description:
      'The password of the sign-up, or of the account whose address changes. Not needed in the browser that ' +
      'made the request.',
  })
  readonly password?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'The `requestToken` of the sign-up, for clients without cookies.',
  })
  readonly requestToken?: string | null
}

@ObjectType({ description: 'The result of a followed link.' })
export class VerifyEmailPayload {
  @Field(() => Boolean, { description: 'Always true: an unavailable link is an error.' })
  readonly verified!: boolean
}

const signUpInput = z.object({
  email: z.string().min(3).max(254),
  password: passwordText,
  transport: z.enum(SESSION_TRANSPORTS),
})
const verifyEmailInput = z.object({
  token: tokenText,
  password: passwordText.nullish(),
  requestToken: tokenText.nullish(),
})

/**
 * Only the reader of the mailbox gets this far, so this reveals to no one else whether an address has an account
 * (R055).
 */
const ELSEWHERE = 'link.other-browser-password'

/** Budgets of calls from one address; they throw the refusal. */
export interface SignUpBudgets {
  readonly signUp: SpendCall
  /** Gives back a sign-up that is confirmed, or that began nothing. */
  readonly giveBackSignUp: (context: AuditContext, signedUpAt: Date) => Promise<void>
  /** Invalid links. */
  readonly wrongConfirmation: SpendCall
}

@Resolver()
export class SignUpResolver {
  constructor(
    private readonly deps: SignUpDeps,
    private readonly verifying: VerifyEmailDeps,
    private readonly budgets: SignUpBudgets,
  ) {}

  @Mutation(() => SignUpPayload, { description: 'Begins an account. It exists once the address is confirmed.' })
  @Guard({ access: 'PUBLIC', authentication: true })
  async signUp(
    @Arg('input', () => SignUpInput, { description: 'Address and password.' }) input: SignUpInput,
    @Ctx() context: RequestContext,
  ): Promise<SignUpPayload> {
    const { transport, ...parsed } = parseInput(signUpInput, input)
    await this.budgets.signUp(auditContextOf(context))
    const isBrowser = transport === 'COOKIE'
    const outcome = await signUp(this.deps, {
      ...parsed,
      client: isBrowser ? context.jar.linkClient() : null,
      acceptLanguage: context.origin.language,
      caller: mailCallerOf(context),
      isGone: context.isGone,
    })
    if (outcome.kind !== 'accepted') {
      await this.budgets.giveBackSignUp(auditContextOf(context), this.deps.clock.now())
      throw outcome.kind === 'bad-email' ? badInput(['email']) : badPassword('password', outcome.objection)
    }
    const link = { now: this.deps.clock.now(), lifetimeSeconds: this.deps.confirmationSeconds }
    if (isBrowser) keepLinkClient(context.jar, outcome.client, link)
    context.afterAnswer(outcome.notify)
    const { client, requestId } = outcome
    return { accepted: true, requestToken: isBrowser ? null : client, requestId }
  }

  @Mutation(() => VerifyEmailPayload, {
    description:
      'Follows a link: creates the new account, or confirms a new address. In any browser but the one that ' +
      'made the request, the password is required as well.',
  })
  @Guard({ access: 'PUBLIC', authentication: true })
  async verifyEmail(
    @Arg('input', () => VerifyEmailInput, { description: 'The token of the link.' }) input: VerifyEmailInput,
    @Ctx() context: RequestContext,
  ): Promise<VerifyEmailPayload> {
    const { token, password = null, requestToken } = parseInput(verifyEmailInput, input)
    const { actor, jar } = context
    const outcome = await verifyEmail(this.verifying, {
      token,
      password,
      client: requestToken ?? jar.linkClient(),
      signedInTo: actor.kind === 'session' && actor.state === 'active' ? actor.accountId : null,
      context: auditContextOf(context),
    })
    if (outcome.kind === 'proof-required') throw badInput(['password', 'requestToken'], ELSEWHERE)
    if (outcome.kind === 'wrong-password') {
      throw refuse('CODE_INVALID', { extensions: { attemptsLeft: outcome.attemptsLeft } })
    }
    if (outcome.kind === 'not-available') {
      await this.budgets.wrongConfirmation(auditContextOf(context))
      throw refuse('BAD_USER_INPUT', { says: 'link.not-available' })
    }
    if (outcome.kind === 'email-changed') context.afterAnswer(outcome.notify)
    if (outcome.kind === 'account-created') {
      await this.budgets.giveBackSignUp(auditContextOf(context), outcome.signedUpAt)
    }
    return { verified: true }
  }
}
