import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { Guard } from '../kernel/guard.graphql.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, type RequestContext } from '../kernel/request-context.js'
import { accountIdText, lineText, organizationIdText } from '../kernel/text.js'
import { endMembership, type EndMembershipDeps } from './end-membership.js'

@InputType({ description: 'The membership an operator ends, and why.' })
export class EndMembershipInput {
  @Field(() => ID, { description: 'The account; never the operator’s own.' })
  readonly accountId!: string

  @Field(() => ID, { description: 'The organization.' })
  readonly organizationId!: string

  @Field(() => String, { description: 'For the audit log: how the caller was verified, a ticket.' })
  readonly reason!: string

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether the organization may be left without an administrator.',
  })
  readonly abandonsOrganization!: boolean
}

@ObjectType({ description: 'The result of ending a membership.' })
export class EndMembershipPayload {
  @Field(() => Boolean, { description: 'Always true: a rejected request is an error.' })
  readonly ended!: boolean
}

const endInput = z.object({
  accountId: accountIdText,
  organizationId: organizationIdText,
  reason: lineText,
  abandonsOrganization: z.boolean(),
})

/** For operators who remove an account from an organization whose administrators do not let it go. */
@Resolver()
export class EndMembershipResolver {
  constructor(private readonly deps: EndMembershipDeps) {}

  @Mutation(() => EndMembershipPayload, {
    description:
      'Removes an account from an organization, even against its administrators. The last administrator is ' +
      'only removed where the organization may be abandoned.',
  })
  @Guard({ access: 'ADMIN', assurance: 'MFA', withinSeconds: 900, purpose: 'admin.accounts' })
  async endMembership(
    @Arg('input', () => EndMembershipInput, { description: 'Which membership, and why.' }) input: EndMembershipInput,
    @Ctx() context: RequestContext,
  ): Promise<EndMembershipPayload> {
    const given = parseInput(endInput, input)
    const { actor } = context
    if (actor.kind !== 'session') throw refuse('UNAUTHENTICATED')
    const outcome = await endMembership(this.deps, { ...given, actor, context: auditContextOf(context) })
    switch (outcome.kind) {
      case 'ended':
        context.afterAnswer(outcome.tell)
        return { ended: true }
      case 'own-account':
        throw badInput(['accountId'], 'operator.not-yourself')
      case 'unknown-account':
        throw badInput(['accountId'])
      case 'unknown-organization':
        throw badInput(['organizationId'])
      case 'last-admin':
        throw refuse('FORBIDDEN', {
          says: 'organization.last-admin-of-it',
          extensions: { because: 'LAST_ADMIN' },
        })
    }
  }
}
