import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { badPassword } from '../../accounts/index.js'
import { type DeviceProofs, hashFingerprint } from '../../devices/index.js'
import { SessionTransportEnum } from '../../kernel/enums.graphql.js'
import { Guard } from '../../kernel/guard.graphql.js'
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
    description: 'True: a message was sent. The answer is the same if the address has no account.',
  })
  readonly accepted!: boolean
}

@InputType({ description: 'A link from a mail and the new password.' })
export class ResetPasswordInput {
  @Field(() => String, { description: 'The part of the link after `#token=`.' })
  readonly token!: string

  @Field(() => String, { description: 'The new password or passphrase.' })
  readonly newPassword!: string

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

const requestInput = z.object({ email: z.string().min(1).max(254) })
const resetInput = z.object({
  token: tokenText,
  newPassword: z.string().min(1).max(4096),
  transport: z.enum(SESSION_TRANSPORTS),
  fingerprint: fingerprintInput,
  ...destinationInput,
})

const NOT_AVAILABLE = 'This link is not available any more.'

export type PasswordResetResolverDeps = RequestPasswordResetDeps &
  ResetPasswordDeps &
  PresentDeps & { readonly deviceProofs: DeviceProofs; readonly messageBudget: SpendMailRequest }

@Resolver()
export class PasswordResetResolver {
  constructor(private readonly deps: PasswordResetResolverDeps) {}

  @Mutation(() => RequestPasswordResetPayload, { description: 'Mails a link that sets a new password. It works once.' })
  @Guard({ access: 'PUBLIC', authentication: true })
  async requestPasswordReset(
    @Arg('input', () => RequestPasswordResetInput, { description: 'The address.' }) input: RequestPasswordResetInput,
    @Ctx() context: RequestContext,
  ): Promise<RequestPasswordResetPayload> {
    const { email } = parseInput(requestInput, input)
    const caller = mailCallerOf(context)
    await this.deps.messageBudget(caller, email)
    const acceptLanguage = context.origin.language
    const outcome = await requestPasswordReset(this.deps, { email, acceptLanguage, caller })
    if (outcome.kind === 'bad-email') throw badInput(['email'])
    context.afterAnswer(outcome.notify)
    return { accepted: true }
  }

  @Mutation(() => SignInResult, {
    description:
      'Sets a new password with a link, ends every session, forgets every device and signs in. An account with a ' +
      'second factor is asked for it.',
  })
  @Guard({ access: 'PUBLIC', authentication: true })
  async resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: 'The token of the link and the password.' })
    input: ResetPasswordInput,
    @Ctx() context: RequestContext,
  ): Promise<SignInAnswer> {
    const { token, newPassword, transport, fingerprint, ...asked } = parseInput(resetInput, input)
    const hashes = hashFingerprint(this.deps.secrets, fingerprint ?? [])
    if (!hashes) throw badInput(['fingerprint'])
    const outcome = await resetPassword(this.deps, {
      token,
      newPassword,
      transport,
      fingerprint: hashes,
      destination: destinationOf(asked),
      deviceTokenFor: (accountId) => context.jar.deviceToken(accountId),
      deviceKey: this.deps.deviceProofs.read(context.jar.deviceProof()),
      former: context.actor.kind === 'session' ? context.actor : null,
      context: auditContextOf(context),
    })
    if (outcome.kind === 'bad-password') throw badPassword('newPassword', outcome.objection)
    if (outcome.kind === 'not-available') throw refuse('UNAUTHENTICATED', { message: NOT_AVAILABLE })
    return presentSignIn(this.deps, outcome, NOT_AVAILABLE, context)
  }
}
