import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Field, ID, Info, InputType, Mutation, Query, Resolver } from 'type-graphql'
import { z } from 'zod'
import { Guard } from '../kernel/guard.graphql.js'
import type { SessionActor } from '../kernel/actor.js'
import { PERSON_PARTS } from '../kernel/person-part.js'
import { Reads } from '../kernel/reads.graphql.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, endGrant, viewerOf, type RequestContext } from '../kernel/request-context.js'
import { organizationIdText } from '../kernel/text.js'
import { presentChallenge } from '../challenges/challenge.graphql.js'
import type { ChallengeChoice } from '../challenges/index.js'
import { DiscoveredOrganizationType } from '../organizations/discovered.graphql.js'
import { refuseEntering, type EnteringViewer } from '../organizations/index.js'
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
import { entryOf, nextStepUp, type ChoiceDeps, type Choosing } from './choice.js'
import { SignInResult, type SignInAnswer } from './sign-in.graphql.js'

@InputType({ description: 'The choice.' })
export class SelectOrganizationInput {
  @Field(() => ID, {
    nullable: true,
    description:
      'An organization that `discoverOrganizations` lists; null: none. One that the person is `INVITED` to or ' +
      '`MAY_JOIN` is joined.',
  })
  readonly organizationId?: string | null

  @Field(() => BeginChallengeInput, { nullable: true, description: BEGINS_CHALLENGE })
  readonly beginChallenge?: BeginChallengeInput | null
}

const selectInput = z.object({ organizationId: organizationIdText.nullish(), beginChallenge: beginChallengeInput })

@Resolver()
export class DiscoveryResolver {
  constructor(
    private readonly deps: SelectOrganizationDeps & ChoiceDeps,
    private readonly face: SignInFace,
  ) {}

  @Query(() => [DiscoveredOrganizationType], {
    description: 'The organizations a person can choose from: while the choice is pending, and in an active session.',
  })
  @Guard({ access: 'PENDING' })
  async discoverOrganizations(
    @Ctx() context: RequestContext<IdentifiedPerson>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly DiscoveredOrganizationType[]> {
    const viewer = viewerOf(context)
    // The first factor alone must not reveal where the person works, except to the sign-in that asked for discovery.
    if (viewer.session.state === 'pending' && viewer.session.choosing === null) await this.refusePending(context, info)
    return this.face.discover(viewer)
  }

  @Mutation(() => SignInResult, {
    description:
      'Chooses the organization of the session, and joins it if need be: with the proof and the notice of ' +
      '`joinOrganization`. Any requirement of that organization comes next. If joining needs a second factor first, ' +
      'the answer is `MfaRequired`: choose again after it.',
  })
  @Guard({ access: 'PENDING', authentication: true })
  @Reads(...PERSON_PARTS)
  async selectOrganization(
    @Arg('input', () => SelectOrganizationInput, { description: 'The organization.' }) input: SelectOrganizationInput,
    @Ctx() context: RequestContext<SignedInPerson & ArrivingPerson & EnteringViewer>,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SignInAnswer> {
    const person = viewerOf(context)
    const { organizationId, beginChallenge } = parseInput(selectInput, input)
    const choice = choiceOf(beginChallenge)
    const choosing = { person, actor: callerOf(context), context, path: pathOf(info) }
    const outcome = await selectOrganization(this.deps, {
      person,
      organizationId: organizationId ?? null,
      ...presentedDevice(this.face, context),
      beginChallenge: choice,
      entry: entryOf(this.deps, this.face.discover, choosing),
      context: auditContextOf(context),
    })
    switch (outcome.kind) {
      case 'not-a-member':
        throw badInput(['organizationId'])
      case 'not-entered':
        throw refuseEntering(outcome.because)
      case 'not-asked':
        return this.refusePending(context, info)
      case 'switched':
        // Earlier grants were made in another organization.
        endGrant(context)
        return this.presentSwitched({ ...choosing, person: { ...person, ...outcome.person } }, choice)
      default:
        return presentSignIn(this.face, outcome, 'sign-in.over', context)
    }
  }

  /** An active session that its new organization asks for more gets the answer that its next operation would get. */
  private async presentSwitched(choosing: Choosing, choice: ChallengeChoice | null): Promise<SignInAnswer> {
    const { person, context } = choosing
    const next = await nextStepUp(this.deps, choosing)
    if (!next) return presentSignedIn(this.face, person, null)
    const { code, stepUp } = next
    if (code === 'MFA_ENROLLMENT_REQUIRED') return { stepUp, pendingToken: null }
    const begun =
      choice && (await this.deps.startChallenge(choice, { ...idsOf(person), stepUp }, auditContextOf(context)))
    return { stepUp, challenge: begun && presentChallenge(begun), pendingToken: null }
  }

  /** Refuses a session that waits for its second factor and not for a choice. */
  private async refusePending(context: RequestContext, info: GraphQLResolveInfo): Promise<never> {
    await this.deps.choicePolicy.demand({ context, guard: {}, path: pathOf(info) })
    throw refuse('UNAUTHENTICATED', { says: 'sign-in.over' })
  }
}

const idsOf = ({ account, session }: Choosing['person']) => ({ accountId: account.id, sessionId: session.id })

const pathOf = ({ path }: GraphQLResolveInfo): string => String(path.key)

/** The calling session. The policy has already refused all other callers; this is a second lock. */
function callerOf({ actor }: RequestContext): SessionActor {
  if (actor.kind !== 'session') throw refuse('UNAUTHENTICATED')
  return actor
}
