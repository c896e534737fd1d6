import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { FRESHNESS, Guard } from '../kernel/guard.graphql.js'
import { Reads } from '../kernel/reads.graphql.js'
import { keepLinkClient } from '../kernel/link-client.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, viewerOf, type RequestContext } from '../kernel/request-context.js'
import { mailCallerOf, type SpendMailRequest } from '../kernel/requested-mail.js'
import { lineText, linesText, passwordText } from '../kernel/text.js'
import { PROFILE_FIELDS, type Account, type AccountInBrief, type ProfileField } from './account.js'
import { changeEmail, type ChangeEmailDeps } from './change-email.js'
import { changePassword, type ChangePasswordDeps, type OwnerWithPassword } from './change-password.js'
import { badPassword } from './bad-password.js'
import type { AccountOwner } from './ports.js'
import { ProfileFieldEnum, ProfileType } from './profile.graphql.js'
import { updateProfile, type UpdateProfileDeps } from './profile.js'

interface ViewerWithProfile {
  readonly account: AccountInBrief & Pick<Account, 'sealedProfile'>
}

/** The account changed meanwhile, or the session ended: the caller has to sign in again. */
const gone = () => refuse('UNAUTHENTICATED')

@InputType({ description: 'A new e-mail address.' })
export class ChangeEmailInput {
  @Field(() => String, { description: 'The new address. It must be confirmed from its mailbox.' })
  readonly newEmail!: string
}

@ObjectType({ description: 'The result of a request to change the address.' })
export class ChangeEmailPayload {
  @Field(() => Boolean, {
    description: 'True: a link is on its way to the new mailbox. The same whether or not the address is free.',
  })
  readonly confirmationSent!: boolean

  @Field(() => String, {
    nullable: true,
    description: 'Names the request in `exchangeMailedCode`. Null where mails have no codes.',
  })
  readonly requestId!: string | null
}

@InputType({ description: 'The current and the new password.' })
export class ChangePasswordInput {
  @Field(() => String, {
    nullable: true,
    description: 'The current password. Left out where there is none: see `Account.hasPassword`.',
  })
  readonly currentPassword?: string | null

  @Field(() => String, { description: 'The new password.' })
  readonly newPassword!: string

  @Field(() => Boolean, { defaultValue: true, description: 'Whether every other session ends.' })
  readonly revokeOthers!: boolean
}

@ObjectType({ description: 'The result of a password change.' })
export class ChangePasswordPayload {
  @Field(() => Boolean, { description: 'Always true: a rejected change is an error.' })
  readonly changed!: boolean
}

@InputType({ description: 'Personal data to change. Null clears a field; an omitted field stays.' })
export class UpdateProfileInput {
  @Field(() => String, { nullable: true, description: 'The name the person goes by.' })
  readonly displayName?: string | null

  @Field(() => String, { nullable: true, description: 'The name as on official documents.' })
  readonly legalName?: string | null

  @Field(() => String, { nullable: true, description: 'An ISO 8601 calendar date.' })
  readonly dateOfBirth?: string | null

  @Field(() => String, { nullable: true, description: 'A tax number.' })
  readonly taxId?: string | null

  @Field(() => String, { nullable: true, description: 'A phone number to reach the person.' })
  readonly phoneNumber?: string | null

  @Field(() => String, { nullable: true, description: 'A postal address, in up to ten lines.' })
  readonly postalAddress?: string | null

  @Field(() => [ProfileFieldEnum], {
    nullable: true,
    description: 'What the administrators of your organizations may see; null for nothing.',
  })
  readonly visibleToOrganizations?: readonly ProfileField[] | null
}

const passwords = z.object({
  currentPassword: passwordText.nullish(),
  newPassword: passwordText,
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
  postalAddress: linesText.nullable().optional(),
  visibleToOrganizations: z
    .array(z.enum(PROFILE_FIELDS))
    .max(PROFILE_FIELDS.length)
    .nullable()
    .transform((fields) => [...new Set(fields)])
    .optional(),
})

export interface EmailChangesDeps extends ChangeEmailDeps {
  /** Spends one message that the caller requests. */
  readonly messageBudget: SpendMailRequest
}

@Resolver()
export class AccountChangesResolver {
  constructor(
    private readonly emails: EmailChangesDeps,
    private readonly passwords: ChangePasswordDeps,
    private readonly profiles: UpdateProfileDeps,
  ) {}

  @Mutation(() => ChangeEmailPayload, {
    description: 'Mails a confirmation link to the new address, and notifies the old one.',
  })
  @Guard({
    assurance: 'MFA',
    strongest: true,
    withinSeconds: FRESHNESS.strict,
    purpose: 'email.change',
    authentication: true,
    rule: 'ACCOUNT',
  })
  @Reads('FACTORS')
  async changeEmail(
    @Arg('input', () => ChangeEmailInput, { description: 'The new address.' }) input: ChangeEmailInput,
    @Ctx() context: RequestContext<AccountOwner>,
  ): Promise<ChangeEmailPayload> {
    const owner = viewerOf(context)
    const parsed = parseInput(newEmail, input)
    await this.emails.messageBudget(mailCallerOf(context), null)
    const isBrowser = owner.session.transport === 'COOKIE'
    const client = isBrowser ? (context.jar.linkClient() ?? this.emails.secrets.random()) : null
    const outcome = await changeEmail(this.emails, {
      owner,
      newEmail: parsed.newEmail,
      client,
      context: auditContextOf(context),
    })
    if (outcome.kind === 'bad-email') throw badInput(['newEmail'])
    if (outcome.kind === 'linked') {
      throw refuse('FORBIDDEN', { says: 'account.address-from-issuer' })
    }
    if (client !== null) {
      const link = { now: this.emails.clock.now(), lifetimeSeconds: this.emails.confirmationSeconds }
      keepLinkClient(context.jar, client, link)
    }
    context.afterAnswer(outcome.notify)
    return { confirmationSent: true, requestId: outcome.requestId }
  }

  @Mutation(() => ChangePasswordPayload, {
    description: 'Replaces the password, or gives the account its first. Remembered devices are forgotten.',
  })
  @Guard({
    strongest: true,
    withinSeconds: FRESHNESS.strict,
    purpose: 'password.change',
    authentication: true,
    rule: 'ACCOUNT',
  })
  @Reads('PASSWORD', 'FACTORS')
  async changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'The current and the new password.' })
    input: ChangePasswordInput,
    @Ctx() context: RequestContext<OwnerWithPassword>,
  ): Promise<ChangePasswordPayload> {
    const owner = viewerOf(context)
    const { currentPassword = null, newPassword, revokeOthers } = parseInput(passwords, input)
    const outcome = await changePassword(this.passwords, {
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
        throw refuse('FORBIDDEN', { says: 'account.no-password-here' })
      case 'changed':
        context.afterAnswer(outcome.notify)
        return { changed: true }
    }
  }

  @Mutation(() => ProfileType, { description: 'Changes personal data and returns all of it.' })
  @Guard({ assurance: 'MFA', withinSeconds: FRESHNESS.strict, purpose: 'profile.update', rule: 'ACCOUNT' })
  @Reads('PROFILE')
  async updateProfile(
    @Arg('input', () => UpdateProfileInput, { description: 'What to change.' }) input: UpdateProfileInput,
    @Ctx() context: RequestContext<ViewerWithProfile>,
  ): Promise<ProfileType> {
    const given = parseInput(profileChanges, input)
    const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
    const { account } = viewerOf(context)
    const profile = await updateProfile(this.profiles, { account, changes, context: auditContextOf(context) })
    if (!profile) throw gone()
    return { id: account.id, ...profile }
  }
}
