import { Arg, Ctx, Field, ID, InputType, Mutation, Query, Resolver } from 'type-graphql'
import { z } from 'zod'
import { Guard } from '../kernel/guard.graphql.js'
import { PERSON_PARTS } from '../kernel/person-part.js'
import { Reads } from '../kernel/reads.graphql.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, endGrant, viewerOf, type RequestContext } from '../kernel/request-context.js'
import { organizationIdText } from '../kernel/text.js'
import { DiscoveredOrganizationType } from '../organizations/discovered.graphql.js'
import type { ArrivingPerson } from './arrival.js'
import {
  BEGINS_CHALLENGE,
  beginChallengeInput,
  BeginChallengeInput,
  choiceOf,
  presentedDevice,
} from './arrival-input.graphql.js'
import type { IdentifiedPerson, SignedInPerson } from '../sessions/index.js'
import { presentSignIn, presentSignedIn, type SignInFace } from './present-sign-in.graphql.js'
import { selectOrganization, type SelectOrganizationDeps } from './select-organization.js'
import { SignInResult, type SignInAnswer } from './sign-in.graphql.js'

@InputType({ description: 'The choice.' })
export class SelectOrganizationInput {
  @Field(() => ID, { nullable: true, description: 'An organization the person is a member of; null: none.' })
  readonly organizationId?: string | null

  @Field(() => BeginChallengeInput, { nullable: true, description: BEGINS_CHALLENGE })
  readonly beginChallenge?: BeginChallengeInput | null
}

const selectInput = z.object({ organizationId: organizationIdText.nullish(), beginChallenge: beginChallengeInput })

@Resolver()
export class DiscoveryResolver {
  constructor(
    private readonly deps: SelectOrganizationDeps,
    private readonly face: SignInFace,
  ) {}

  @Query(() => [DiscoveredOrganizationType], {
    description: 'The organizations a person can choose from: while the choice is pending, and in an active session.',
  })
  @Guard({ access: 'PENDING' })
  async discoverOrganizations(
    @Ctx() context: RequestContext<IdentifiedPerson>,
  ): Promise<readonly DiscoveredOrganizationType[]> {
    const viewer = viewerOf(context)
    // The first factor alone must not reveal where the person works, except to the sign-in that asked for discovery.
    if (viewer.session.state === 'pending' && viewer.session.choosing === null) throw refuse('MFA_REQUIRED')
    return this.face.discover(viewer)
  }

  @Mutation(() => SignInResult, {
    description: 'Chooses the organization of the session. Any requirement of that organization comes next.',
  })
  @Guard({ access: 'PENDING', authentication: true })
  @Reads(...PERSON_PARTS)
  async selectOrganization(
    @Arg('input', () => SelectOrganizationInput, { description: 'The organization.' }) input: SelectOrganizationInput,
    @Ctx() context: RequestContext<SignedInPerson & ArrivingPerson>,
  ): Promise<SignInAnswer> {
    const person = viewerOf(context)
    const { organizationId: chosen, beginChallenge } = parseInput(selectInput, input)
    const organizationId = chosen ?? null
    const outcome = await selectOrganization(this.deps, {
      person,
      organizationId,
      ...presentedDevice(this.face, context),
      beginChallenge: choiceOf(beginChallenge),
      context: auditContextOf(context),
    })
    if (outcome.kind === 'not-a-member') throw badInput(['organizationId'])
    if (outcome.kind === 'not-asked') throw refuse('MFA_REQUIRED')
    if (outcome.kind === 'switched') {
      // Earlier grants were made in another organization.
      endGrant(context)
      return presentSignedIn(
        this.face,
        { account: person.account, session: { ...person.session, organizationId } },
        null,
      )
    }
    return presentSignIn(this.face, outcome, 'sign-in.over', context)
  }
}
