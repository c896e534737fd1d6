import { Arg, Ctx, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { parseEmailAddress } from '../../accounts/index.js'
import { hashFingerprint } from '../../devices/index.js'
import { FactorGraphType, presentFactors } from '../../factors/factor.graphql.js'
import type { ServiceActor } from '../../kernel/actor.js'
import { Guard } from '../../kernel/guard.graphql.js'
import { badInput, parseInput } from '../../kernel/parse-input.js'
import { auditContextOf, serviceOf, type AuditContext, type RequestContext } from '../../kernel/request-context.js'
import { linkKey } from '../linked-account.js'
import { choiceOf } from '../arrival-input.graphql.js'
import {
  BeginAuthenticationInputType,
  BeginAuthenticationPayload,
  beginInput,
  subjectText,
} from './authentication.graphql.js'
import { beginAuthentication, type BeginAuthenticationDeps } from './begin-authentication.js'
import { presentBegun } from './present-begun.graphql.js'
import { originOf } from './reported-device.js'
import { issuerOf } from './tenant.js'

@ObjectType({ description: 'A person of a backend’s tenant.' })
export class Subject {
  @Field(() => String, { description: 'The backend’s name for the person.' })
  readonly subject!: string

  @Field(() => ID, { description: 'The account, as operators and the audit log name it.' })
  readonly accountId!: string

  @Field(() => [FactorGraphType], { description: 'The factors, oldest first; recovery codes last.' })
  readonly factors!: readonly FactorGraphType[]
}

export type HomegrownResolverDeps = BeginAuthenticationDeps & {
  /** Spends one authentication of the tenant. */
  readonly tenantBudget: (service: ServiceActor, context: AuditContext) => Promise<void>
}

/** For backends with a login of their own. */
@Resolver()
export class HomegrownResolver {
  constructor(private readonly deps: HomegrownResolverDeps) {}

  @Mutation(() => BeginAuthenticationPayload, {
    description:
      'Continues a sign-in that began at a backend’s own login: judges the risk, and says what must follow. ' +
      'Needs AUTHENTICATE.',
  })
  @Guard({ access: 'SERVICE', authentication: true })
  async beginAuthentication(
    @Arg('input', () => BeginAuthenticationInputType, { description: 'The person, and their device.' })
    input: BeginAuthenticationInputType,
    @Ctx() context: RequestContext,
  ): Promise<BeginAuthenticationPayload> {
    const service = serviceOf(context, 'AUTHENTICATE')
    const given = parseInput(beginInput, input)
    const email = parseEmailAddress(given.email)
    if (!email) throw badInput(['email'])
    const reported = hashFingerprint(this.deps.secrets, given.device.fingerprint ?? [])
    if (!reported) throw badInput(['device.fingerprint'])
    await this.deps.tenantBudget(service, auditContextOf(context))
    const outcome = await beginAuthentication(this.deps, {
      service,
      subject: given.subject,
      email,
      methods: given.amr,
      intent: given.intent,
      nonce: given.nonce ?? null,
      device: { origin: originOf(given.device), ...reported, token: given.device.token ?? null },
      failedAttempts: given.failedAttempts,
      beginChallenge: choiceOf(given.beginChallenge),
      context: auditContextOf(context),
    })
    if (outcome.kind !== 'refused') context.afterAnswer(outcome.notify)
    return presentBegun(outcome, context.requestId)
  }

  @Query(() => Subject, {
    nullable: true,
    description: 'One of the backend’s people; null until an authentication was begun for them. Needs READ_SUBJECTS.',
  })
  @Guard({ access: 'SERVICE' })
  async subject(
    @Arg('subject', () => String, { description: 'The backend’s name for the person.' }) subject: string,
    @Ctx() context: RequestContext,
  ): Promise<Subject | null> {
    const service = serviceOf(context, 'READ_SUBJECTS')
    const parsed = subjectText.safeParse(subject)
    if (!parsed.success) throw badInput(['subject'])
    const key = linkKey(this.deps.secrets, { issuer: issuerOf(service), subject: parsed.data })
    const person = await this.deps.sessions.findPersonByEmail(key)
    if (!person) return null
    const factors = presentFactors(person.factors, this.deps.clock.now())
    return { subject: parsed.data, accountId: person.account.id, factors }
  }
}
