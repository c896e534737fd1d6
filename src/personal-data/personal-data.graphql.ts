import { GraphQLJSONObject } from 'graphql-scalars'
import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import type { AccountOwner } from '../accounts/index.js'
import { accountActor } from '../audit/index.js'
import { FRESHNESS, Guard } from '../kernel/guard.graphql.js'
import { PERSON_PARTS } from '../kernel/person-part.js'
import { Reads } from '../kernel/reads.graphql.js'
import { addresseeOf, takesBackSession } from '../kernel/notices.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { refuse } from '../kernel/refusal.js'
import { auditContextOf, endGrant, viewerOf, type RequestContext } from '../kernel/request-context.js'
import { closeAccount, type CloseAccountDeps } from './close-account.js'
import { EXPORT_SCHEMA_VERSION } from './describe-person.js'
import { exportAccount, type ExportAccountDeps } from './export-account.js'
import type { PersonOnRecord } from './ports.js'
import { passwordText } from '../kernel/text.js'
import { refuseErasure } from './refuse-erasure.js'

@ObjectType('ExportPayload', {
  description: 'The data stored about an account, as docs/personal-data.md describes it.',
})
export class ExportPayload {
  @Field(() => Int, { description: 'The version of the shape of `data`.' })
  readonly schemaVersion!: number

  @Field(() => GraphQLJSONObject, {
    description: 'Everything, with the newest audit events; only further events when `after` is given.',
  })
  readonly data!: object

  @Field(() => String, {
    nullable: true,
    description: 'Pass it to `after` for older events; null when there are none.',
  })
  readonly nextAfter!: string | null
}

@InputType({ description: 'Closing your account.' })
export class CloseAccountInput {
  @Field(() => String, { nullable: true, description: 'The password; required where the account has one.' })
  readonly password?: string | null
}

@ObjectType({ description: 'The result of closing an account.' })
export class CloseAccountPayload {
  @Field(() => Boolean, {
    description: 'Always true: every session has ended, in every process, and the data is being erased.',
  })
  readonly closed!: boolean
}

const cursorText = z.string().max(200).nullish()
const closing = z.object({ password: passwordText.nullish() })

type Viewer = PersonOnRecord & AccountOwner

@Resolver()
export class PersonalDataResolver {
  constructor(private readonly deps: ExportAccountDeps & CloseAccountDeps) {}

  // Not a query, because it discloses everything and is recorded.
  @Mutation(() => ExportPayload, { description: 'Everything stored about you.' })
  @Guard({ assurance: 'MFA', withinSeconds: FRESHNESS.strict, purpose: 'data.export', rule: 'ACCOUNT' })
  @Reads(...PERSON_PARTS)
  async exportMyData(
    @Arg('after', () => String, {
      nullable: true,
      description: 'Where the previous page ended: returns further audit events only.',
    })
    after: string | null,
    @Ctx() context: RequestContext<Viewer>,
  ): Promise<ExportPayload> {
    const person = viewerOf(context)
    const outcome = await exportAccount(this.deps, {
      person,
      after: parseInput(cursorText, after) ?? null,
      say: context.say,
      event: {
        action: 'account.exported',
        actor: accountActor(person.account.id),
        context: auditContextOf(context),
      },
    })
    if (outcome.kind === 'bad-cursor') throw badInput(['after'], 'cursor.export')
    if (!after) context.afterAnswer(() => this.tellExported(person, context))
    return { schemaVersion: EXPORT_SCHEMA_VERSION, data: outcome.data, nextAfter: outcome.nextAfter }
  }

  @Mutation(() => CloseAccountPayload, {
    description: 'Permanently closes your account and erases your data. It cannot be undone.',
  })
  @Guard({
    strongest: true,
    withinSeconds: FRESHNESS.strict,
    purpose: 'account.close',
    authentication: true,
    rule: 'ACCOUNT',
  })
  @Reads(...PERSON_PARTS)
  async closeAccount(
    @Arg('input', () => CloseAccountInput, { description: 'The confirmation.' }) input: CloseAccountInput,
    @Ctx() context: RequestContext<Viewer>,
  ): Promise<CloseAccountPayload> {
    const person = viewerOf(context)
    const { password } = parseInput(closing, input)
    const outcome = await closeAccount(this.deps, {
      person,
      password: password ?? null,
      context: auditContextOf(context),
    })
    if (outcome.kind === 'wrong-password') throw badInput(['password'])
    // A parallel call did it, or the session or the password has changed: the caller has to sign in again to find out.
    if (outcome.kind === 'changed') throw refuse('UNAUTHENTICATED')
    if (outcome.kind !== 'begun') throw refuseErasure(outcome)
    context.jar.clearSession()
    context.jar.clearDevice(person.account.id)
    endGrant(context)
    context.afterAnswer(outcome.finish)
    return { closed: true }
  }

  private tellExported(person: Viewer, context: RequestContext<Viewer>): Promise<void> {
    return this.deps.notices.tell({
      name: 'data-exported',
      to: addresseeOf(person),
      context: auditContextOf(context),
      details: {},
      takesBack: takesBackSession(person.session),
    })
  }
}
