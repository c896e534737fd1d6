import { Arg, Ctx, Field, ID, InputType, Mutation, Query, Resolver } from 'type-graphql'
import { z } from 'zod'
import { Guard } from '../kernel/guard.graphql.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, endGrant, viewerOf, type RequestContext } from '../kernel/request-context.js'
import { organizationIdText } from '../kernel/text.js'
import { DiscoveredOrganizationType } from '../organizations/discovered.graphql.js'
import type { ComeInDeps } from './come-in.js'
import type { DeviceProofs } from '../devices/index.js'
import type { SignedInPerson } from '../sessions/index.js'
import { presentSignIn, presentSignedIn, type Discover } from './present-sign-in.graphql.js'
import { selectOrganization } from './select-organization.js'
import { SignInResult, type SignInAnswer } from './sign-in.graphql.js'

@InputType({ description: 'The organization to choose.' })
export class SelectOrganizationInput {
  @Field(() => ID, { nullable: true, description: 'An organization that the account is in. Null: none.' })
  readonly organizationId?: string | null
}

const selectInput = z.object({ organizationId: organizationIdText.nullish() })

@Resolver()
export class DiscoveryResolver {
  constructor(
    private readonly deps: ComeInDeps & { readonly discover: Discover; readonly deviceProofs: DeviceProofs },
  ) {}

  @Query(() => [DiscoveredOrganizationType], {
    description:
      'The organizations that the account can choose, for sessions that have to choose and for active sessions.',
  })
  @Guard({ access: 'PENDING' })
  async discoverOrganizations(
    @Ctx() context: RequestContext<SignedInPerson>,
  ): Promise<readonly DiscoveredOrganizationType[]> {
    const viewer = viewerOf(context)
    // The first factor alone tells nobody where the person works, unless that is what was asked with it.
    if (viewer.session.state === 'pending' && viewer.session.choosing === null) throw refuse('MFA_REQUIRED')
    return this.deps.discover(viewer)
  }

  @Mutation(() => SignInResult, {
    description: 'Chooses the session’s organization. The organization’s policy is applied next.',
  })
  @Guard({ access: 'PENDING', authentication: true })
  async selectOrganization(
    @Arg('input', () => SelectOrganizationInput, { description: 'The organization.' }) input: SelectOrganizationInput,
    @Ctx() context: RequestContext<SignedInPerson>,
  ): Promise<SignInAnswer> {
    const person = viewerOf(context)
    const organizationId = parseInput(selectInput, input).organizationId ?? null
    const outcome = await selectOrganization(this.deps, {
      person,
      organizationId,
      deviceTokenFor: (accountId) => context.jar.deviceToken(accountId),
      deviceKey: this.deps.deviceProofs.read(context.jar.deviceProof()),
      context: auditContextOf(context),
    })
    if (outcome.kind === 'not-a-member') throw badInput(['organizationId'])
    if (outcome.kind === 'not-asked') throw refuse('MFA_REQUIRED')
    if (outcome.kind === 'switched') {
      // What was granted before was granted in another organization.
      endGrant(context)
      return presentSignedIn(
        this.deps,
        { account: person.account, session: { ...person.session, organizationId } },
        null,
      )
    }
    return presentSignIn(this.deps, outcome, 'The sign-in is over: begin again.', context)
  }
}
