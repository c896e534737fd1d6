import { createUnionType, Field, ObjectType } from 'type-graphql'
import { AccountType } from '../accounts/account.graphql.js'
import { ChallengeType } from '../challenges/challenge.graphql.js'
import type { StepUp } from '../kernel/step-up.js'
import { StepUpType } from '../kernel/step-up.graphql.js'
import { DiscoveredOrganizationType } from '../organizations/discovered.graphql.js'
import { SessionType, TokensType } from '../sessions/session.graphql.js'

@ObjectType({ description: 'The session is active.' })
export class SignedIn {
  @Field(() => SessionType, { description: 'The new session.' })
  readonly session!: SessionType

  @Field(() => AccountType, { description: 'The account.' })
  readonly account!: AccountType

  @Field(() => TokensType, { nullable: true, description: 'For bearer sessions; null with cookies.' })
  readonly tokens!: TokensType | null

  @Field(() => String, {
    nullable: true,
    description: 'For bearer sessions: the value of the `Stepgate-Device` header.',
  })
  readonly deviceToken!: string | null
}

@ObjectType({ description: 'The first factor was right; a second one is required.' })
export class MfaRequired {
  @Field(() => StepUpType, { description: 'What satisfies it.' })
  readonly stepUp!: StepUp

  @Field(() => ChallengeType, {
    nullable: true,
    description:
      'The challenge that `beginChallenge` began; null if it was not asked for, or could not begin: `challengeFactor` ' +
      'says why.',
  })
  readonly challenge!: ChallengeType | null

  @Field(() => String, {
    nullable: true,
    description: 'For bearer sessions: the temporary credential for `challengeFactor` and `verifyChallenge`.',
  })
  readonly pendingToken!: string | null
}

@ObjectType({ description: 'The first factor was right; a second one must be enrolled.' })
export class MfaEnrollmentRequired {
  @Field(() => StepUpType, { description: 'What may be enrolled.' })
  readonly stepUp!: StepUp

  @Field(() => String, {
    nullable: true,
    description: 'For bearer sessions: the temporary credential for `enrollFactor` and `verifyChallenge`.',
  })
  readonly pendingToken!: string | null
}

@ObjectType({
  description: 'The first factor was right; an organization must be chosen before anything else.',
})
export class OrganizationRequired {
  @Field(() => [DiscoveredOrganizationType], { description: 'The organizations to choose from; possibly none yet.' })
  readonly organizations!: readonly DiscoveredOrganizationType[]

  @Field(() => String, {
    nullable: true,
    description: 'For bearer sessions: the temporary credential for `discoverOrganizations` and `selectOrganization`.',
  })
  readonly pendingToken!: string | null
}

export const SignInResult = createUnionType({
  name: 'SignInResult',
  description: 'How far a sign-in got.',
  types: () => [SignedIn, MfaRequired, MfaEnrollmentRequired, OrganizationRequired] as const,
  resolveType: (value) => {
    if ('session' in value) return SignedIn
    if ('organizations' in value) return OrganizationRequired
    return 'challenge' in value ? MfaRequired : MfaEnrollmentRequired
  },
})

export type SignInAnswer = SignedIn | MfaRequired | MfaEnrollmentRequired | OrganizationRequired
