import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { FRESHNESS, Guard } from '../kernel/guard.graphql.js'
import { keepLinkClient } from '../kernel/link-client.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, viewerOf, type RequestContext } from '../kernel/request-context.js'
import { mailCallerOf, type SpendMailRequest } from '../kernel/requested-mail.js'
import { lineText } from '../kernel/text.js'
import { PROFILE_FIELDS, type ProfileField } from './account.js'
import { changeEmail, type ChangeEmailDeps } from './change-email.js'
import { changePassword, type ChangePasswordDeps } from './change-password.js'
import { badPassword } from './bad-password.js'
import type { AccountOwner } from './ports.js'
import { ProfileFieldEnum, ProfileType } from './profile.graphql.js'
import { updateProfile, type UpdateProfileDeps } from './profile.js'

type Viewer = AccountOwner

/** The account did not change because it did meanwhile, or the session ended: signing in again is what helps. */
const gone = () => refuse('UNAUTHENTICATED')

@InputType({ description: 'A new e-mail address.' })
export class ChangeEmailInput {
  @Field(() => String, { description: 'The new address. It has to be confirmed from its mailbox.' })
  readonly newEmail!: string
}

@ObjectType({ description: 'The result of requesting an address change.' })
export class ChangeEmailPayload {
  @Field(() => Boolean, {
    description: 'True: a link was mailed to the new address. The answer is the same if the address is taken.',
  })
  readonly confirmationSent!: boolean
}

@InputType({ description: 'The current and the new password.' })
export class ChangePasswordInput {
  @Field(() => String, {
    nullable: true,
    description: 'The current password. Leave it out if the account has none (see `Account.hasPassword`).',
  })
  readonly currentPassword?: string | null

  @Field(() => String, { description: 'The new password.' })
  readonly newPassword!: string

  @Field(() => Boolean, { defaultValue: true, description: 'Whether to end all other sessions.' })
  readonly revokeOthers!: boolean
}

@ObjectType({ description: 'The result of changing the password.' })
export class ChangePasswordPayload {
  @Field(() => Boolean, { description: 'Always true. If the change is refused, the answer is an error.' })
  readonly changed!: boolean
}

@InputType({ description: 'Personal data to change. Null clears a field. Fields that are left out stay as they are.' })
export class UpdateProfileInput {
  @Field(() => String, { nullable: true, description: 'The name to display.' })
  readonly displayName?: string | null

  @Field(() => String, { nullable: true, description: 'The name as in official documents.' })
  readonly legalName?: string | null

  @Field(() => String, { nullable: true, description: 'An ISO 8601 calendar date.' })
  readonly dateOfBirth?: string | null

  @Field(() => String, { nullable: true, description: 'A tax number.' })
  readonly taxId?: string | null

  @Field(() => String, { nullable: true, description: 'A phone number to reach the person.' })
  readonly phoneNumber?: string | null

  @Field(() => String, { nullable: true, description: 'The postal address.' })
  readonly postalAddress?: string | null

  @Field(() => [ProfileFieldEnum], {
    nullable: true,
    description: 'The parts that administrators of your organizations may see. Null: nothing.',
  })
  readonly visibleToOrganizations?: readonly ProfileField[] | null
}

const anyPassword = z.string().min(1).max(4096)
const passwords = z.object({
  currentPassword: anyPassword.nullish(),
  newPassword: anyPassword,
  revokeOthers: z.boolean(),
})
const newEmail = z.object({ newEmail: z.string().min(3).max(254) })
const optionalLine = lineText.nullable().optional()
const profileChanges = z.object({
  displayName: optionalLine,
  legalName: optionalLine,
  dateOfBirth: z.iso.date().nullable().optional(),
  taxId: optionalLine,
  phoneNumber: optionalLine,
  postalAddress: optionalLine,
  visibleToOrganizations: z
    .array(z.enum(PROFILE_FIELDS))
    .max(PROFILE_FIELDS.length)
    .nullable()
    .transform((fields) => [...new Set(fields)])
    .optional(),
})

export type AccountChangesDeps = ChangeEmailDeps &
  ChangePasswordDeps &
  UpdateProfileDeps & {
    /** Spends one message the caller asks for. */
    readonly messageBudget: SpendMailRequest
  }

@Resolver()
export class AccountChangesResolver {
  constructor(private readonly deps: AccountChangesDeps) {}

  @Mutation(() => ChangeEmailPayload, {
    description: 'Mails a confirmation link to a new address, and a notice to the old one.',
  })
  @Guard({
    assurance: 'MFA',
    strongest: true,
    withinSeconds: FRESHNESS.strict,
    purpose: 'email.change',
    authentication: true,
    rule: 'ACCOUNT',
  })
  async changeEmail(
    @Arg('input', () => ChangeEmailInput, { description: 'The new address.' }) input: ChangeEmailInput,
    @Ctx() context: RequestContext<Viewer>,
  ): Promise<ChangeEmailPayload> {
    const owner = viewerOf(context)
    const parsed = parseInput(newEmail, input)
    await this.deps.messageBudget(mailCallerOf(context), null)
    const isBrowser = owner.session.transport === 'COOKIE'
    const client = isBrowser ? (context.jar.linkClient() ?? this.deps.secrets.random()) : null
    const outcome = await changeEmail(this.deps, {
      owner,
      newEmail: parsed.newEmail,
      client,
      context: auditContextOf(context),
    })
    if (outcome.kind === 'bad-email') throw badInput(['newEmail'])
    if (outcome.kind === 'linked') {
      throw refuse('FORBIDDEN', { message: 'The login that vouches for you says what your address is.' })
    }
    if (client !== null) {
      const link = { now: this.deps.clock.now(), lifetimeSeconds: this.deps.confirmationSeconds }
      keepLinkClient(context.jar, client, link)
    }
    context.afterAnswer(outcome.notify)
    return { confirmationSent: true }
  }

  @Mutation(() => ChangePasswordPayload, {
    description: 'Changes the password or sets the account’s first one. Remembered devices are forgotten.',
  })
  @Guard({
    strongest: true,
    withinSeconds: FRESHNESS.strict,
    purpose: 'password.change',
    authentication: true,
    rule: 'ACCOUNT',
  })
  async changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'Old and new password.' }) input: ChangePasswordInput,
    @Ctx() context: RequestContext<Viewer>,
  ): Promise<ChangePasswordPayload> {
    const owner = viewerOf(context)
    const { currentPassword = null, newPassword, revokeOthers } = parseInput(passwords, input)
    const outcome = await changePassword(this.deps, {
      owner,
      currentPassword,
      newPassword,
      endOthers: revokeOthers,
      context: auditContextOf(context),
    })
    switch (outcome.kind) {
      case 'bad-password':
        throw badPassword('newPassword', outcome.objection)
      case 'wrong-password':
        throw badInput(['currentPassword'])
      case 'linked':
        throw refuse('FORBIDDEN', { message: 'The login that vouches for you lets you in: there is no password here.' })
      case 'changed':
        context.afterAnswer(outcome.notify)
        return { changed: true }
    }
  }

  @Mutation(() => ProfileType, { description: 'Changes personal data and returns all of it.' })
  @Guard({ assurance: 'MFA', withinSeconds: FRESHNESS.strict, purpose: 'profile.update', rule: 'ACCOUNT' })
  async updateProfile(
    @Arg('input', () => UpdateProfileInput, { description: 'What to change.' }) input: UpdateProfileInput,
    @Ctx() context: RequestContext<Viewer>,
  ): Promise<ProfileType> {
    const given = parseInput(profileChanges, input)
    const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    const { account } = viewerOf(context)
    const profile = await updateProfile(this.deps, { account, changes, context: auditContextOf(context) })
    if (!profile) throw gone()
    return profile
  }
}
