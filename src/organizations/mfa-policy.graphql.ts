import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import type { SessionActor } from '../kernel/actor.js'
import { FRESHNESS, Guard } from '../kernel/guard.graphql.js'
import type { OrganizationId } from '../kernel/ids.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { refuse, type Refusal } from '../kernel/refusal.js'
import { auditContextOf, type RequestContext } from '../kernel/request-context.js'
import { accountIdText, lineText, organizationIdText } from '../kernel/text.js'
import { adminActing, memberActing } from './acting.js'
import { ADMINISTER } from './administer.js'
import { OrganizationType, presentOrganization } from './organization.graphql.js'
import { policyInput, policyOf, refusePolicy } from './policy-input.graphql.js'
import { OrganizationMfaPolicyInput } from './policy-types.graphql.js'
import { setBreakGlass, type SetBreakGlassDeps } from './set-break-glass.js'
import { setMfaOptIn } from './set-mfa-opt-in.js'
import { setMfaPolicy, type SetMfaPolicyDeps } from './set-mfa-policy.js'

@InputType({ description: 'The organization, and the choice.' })
export class SetMfaOptInInput {
  @Field(() => ID, { description: 'The organization of the session, which leaves the choice to its members.' })
  readonly organizationId!: string

  @Field(() => Boolean, { description: 'Whether to require a second factor of you there.' })
  readonly optIn!: boolean
}

@ObjectType({ description: 'The choice.' })
export class SetMfaOptInPayload {
  @Field(() => Boolean, { description: 'Whether a second factor is required of you there from now on.' })
  readonly optedIn!: boolean
}

@InputType({ description: 'The member the policy is set aside for, and why.' })
export class SetBreakGlassInput {
  @Field(() => ID, { description: 'The account of a member.' })
  readonly accountId!: string

  @Field(() => Boolean, { description: 'True sets the policy aside for them; false puts them under it again.' })
  readonly enabled!: boolean

  @Field(() => String, { description: 'For the audit log.' })
  readonly reason!: string
}

@ObjectType({ description: 'The result of changing an exemption.' })
export class SetBreakGlassPayload {
  @Field(() => Boolean, { description: 'Whether the policy is set aside for the member now.' })
  readonly enabled!: boolean
}

const optInInput = z.object({ organizationId: organizationIdText, optIn: z.boolean() })
const breakGlassInput = z.object({ accountId: accountIdText, enabled: z.boolean(), reason: lineText })

const refuseElsewhere = ({ memberships }: SessionActor, id: OrganizationId): Refusal =>
  memberships[id] ? refuse('FORBIDDEN', { says: 'organization.not-selected' }) : badInput(['organizationId'])

/** What an organization requires, and of whom. */
@Resolver()
export class MfaPolicyResolver {
  constructor(private readonly deps: SetMfaPolicyDeps & SetBreakGlassDeps) {}

  @Mutation(() => OrganizationType, {
    description:
      'Sets what the organization of the session requires of its members. It applies to the next operation of ' +
      'every live session. Rejected when it would shut out the caller, unless there is a break-glass member.',
  })
  @Guard(ADMINISTER)
  async setOrganizationMfaPolicy(
    @Arg('input', () => OrganizationMfaPolicyInput, { description: 'The complete policy.' })
    input: OrganizationMfaPolicyInput,
    @Ctx() context: RequestContext,
  ): Promise<OrganizationType> {
    const given = parseInput(policyInput, input)
    const outcome = await setMfaPolicy(this.deps, {
      ...adminActing(context),
      policy: policyOf(given),
      revision: given.revision ?? null,
    })
    switch (outcome.kind) {
      case 'set':
        return presentOrganization(outcome.organization)
      case 'mistaken':
        throw refusePolicy(outcome)
      case 'outdated':
        throw badInput(['revision'], 'organization.changed-meanwhile')
      case 'shuts-you-out':
        throw refusePolicy(outcome)
      case 'unknown':
        throw refuse('FORBIDDEN')
    }
  }

  @Mutation(() => SetMfaOptInPayload, {
    description: 'Opts in to or out of a second factor, where the organization of the session leaves that to you.',
  })
  @Guard({ access: 'MEMBER', strongest: true, withinSeconds: FRESHNESS.strict, purpose: 'organization.opt-in' })
  async setMfaOptIn(
    @Arg('input', () => SetMfaOptInInput, { description: 'The organization, and the choice.' }) input: SetMfaOptInInput,
    @Ctx() context: RequestContext,
  ): Promise<SetMfaOptInPayload> {
    const { organizationId, optIn } = parseInput(optInInput, input)
    const acting = memberActing(context)
    // The choice needs a session for the organization whose rule it changes: another organization's rule could require
    // less (R133).
    if (acting.organizationId !== organizationId) throw refuseElsewhere(acting.actor, organizationId)
    const outcome = await setMfaOptIn(this.deps, { ...acting, optIn })
    if (outcome.kind === 'unknown') throw badInput(['organizationId'])
    if (outcome.kind === 'not-yours-to-choose') throw refuse('FORBIDDEN', { says: 'organization.decides' })
    return { optedIn: optIn }
  }

  @Mutation(() => SetBreakGlassPayload, {
    description:
      'Sets the policy aside for a member, who can sign in when the policy would lock everyone out. Their ' +
      'sign-ins, and everything the policy would have refused them, are recorded, and the other administrators ' +
      'are told.',
  })
  @Guard(ADMINISTER)
  async setBreakGlass(
    @Arg('input', () => SetBreakGlassInput, { description: 'The member, and why.' }) input: SetBreakGlassInput,
    @Ctx() context: RequestContext,
  ): Promise<SetBreakGlassPayload> {
    const { accountId, enabled, reason } = parseInput(breakGlassInput, input)
    const outcome = await setBreakGlass(this.deps, {
      ...adminActing(context),
      member: accountId,
      isOn: enabled,
      reason,
      context: auditContextOf(context),
    })
    switch (outcome.kind) {
      case 'set':
        return { enabled }
      case 'unknown':
        throw badInput(['accountId'])
      case 'too-many':
        throw refuse('FORBIDDEN', { says: 'organization.too-many-exempt' })
      case 'shuts-you-out':
        throw refusePolicy(outcome)
    }
  }
}
