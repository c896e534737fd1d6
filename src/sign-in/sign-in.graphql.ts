import { createUnionType, Field, ID, InputType, ObjectType } from 'type-graphql'
import { z } from 'zod'
import { AccountType } from '../accounts/account.graphql.js'
import type { StepUp } from '../kernel/step-up.js'
import { SessionTransportEnum } from '../kernel/enums.graphql.js'
import { StepUpType } from '../kernel/step-up.graphql.js'
import { organizationIdText } from '../kernel/text.js'
import { DiscoveredOrganizationType } from '../organizations/discovered.graphql.js'
import { SessionType, TokensType } from '../sessions/session.graphql.js'
import { SESSION_TRANSPORTS, type SessionTransport } from '../sessions/index.js'

@InputType({ description: 'One attribute that a client reports about itself. It is a weak signal and never a proof.' })
export class FingerprintAttributeInput {
  @Field(() => String, { description: 'Such as `timeZone`, `screen` or `platform`.' })
  readonly name!: string

  @Field(() => String, { description: 'Stored as a keyed hash only.' })
  readonly value!: string
}

@InputType({ description: 'The first factor and the transport of the session.' })
export class SignInInput {
  @Field(() => String, { description: 'The e-mail address.' })
  readonly email!: string

  @Field(() => String, { description: 'The password.' })
  readonly password!: string

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

export const fingerprintInput = z
  .array(z.object({ name: z.string(), value: z.string() }))
  .max(20)
  .nullish()

/** What a session is to be for, as every way to sign in asks. */
export const destinationInput = { organizationId: organizationIdText.nullish(), discover: z.boolean() } as const

export const signInInput = z.object({
  ...destinationInput,
  email: z.string().min(1).max(254),
  // As long as any configuration lets a password be.
  password: z.string().min(1).max(4096),
  transport: z.enum(SESSION_TRANSPORTS),
  fingerprint: fingerprintInput,
})

@ObjectType({ description: 'The session is active.' })
export class SignedIn {
  @Field(() => SessionType, { description: 'The new session.' })
  readonly session!: SessionType

  @Field(() => AccountType, { description: 'The account.' })
  readonly account!: AccountType

  @Field(() => TokensType, { nullable: true, description: 'For bearer sessions. Null with cookies.' })
  readonly tokens!: TokensType | null

  @Field(() => String, {
    nullable: true,
    description: 'For bearer sessions: the value of the `Stepgate-Device` header.',
  })
  readonly deviceToken!: string | null
}

@ObjectType({ description: 'The first factor was right. A second one is needed to finish.' })
export class MfaRequired {
  @Field(() => StepUpType, { description: 'What is required.' })
  readonly stepUp!: StepUp

  @Field(() => String, {
    nullable: true,
    description: 'For bearer sessions: the temporary credential for `challengeFactor` and `verifyChallenge`.',
  })
  readonly pendingToken!: string | null
}

@ObjectType({ description: 'The first factor was right. A second one has to be enrolled to finish.' })
export class MfaEnrollmentRequired {
  @Field(() => StepUpType, { description: 'The kinds that can be enrolled.' })
  readonly stepUp!: StepUp

  @Field(() => String, {
    nullable: true,
    description: 'For bearer sessions: the temporary credential for `enrollFactor` and `verifyChallenge`.',
  })
  readonly pendingToken!: string | null
}

@ObjectType({
  description: 'The first factor was right. An organization has to be chosen next.',
})
export class OrganizationRequired {
  @Field(() => [DiscoveredOrganizationType], {
    description: 'The organizations that the account can choose. Can be empty.',
  })
  readonly organizations!: readonly DiscoveredOrganizationType[]

  @Field(() => String, {
    nullable: true,
    description: 'For bearer sessions: the temporary credential for `discoverOrganizations` and `selectOrganization`.',
  })
  readonly pendingToken!: string | null
}

export const SignInResult = createUnionType({
  name: 'SignInResult',
  description: 'The result of a sign-in.',
  types: () => [SignedIn, MfaRequired, MfaEnrollmentRequired, OrganizationRequired] as const,
  resolveType: (value) => {
    if ('session' in value) return SignedIn
    if ('organizations' in value) return OrganizationRequired
    return value.stepUp.enroll.length > 0 ? MfaEnrollmentRequired : MfaRequired
  },
})

export type SignInAnswer = SignedIn | MfaRequired | MfaEnrollmentRequired | OrganizationRequired
