import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql'
import { z } from 'zod'
import { auditActorOf } from '../audit/index.js'
import { Guard, type GuardArguments } from '../kernel/guard.graphql.js'
import type { AccountId } from '../kernel/ids.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { auditContextOf, type RequestContext } from '../kernel/request-context.js'
import { accountIdText, lineText } from '../kernel/text.js'
import { ExportPayload } from '../personal-data/personal-data.graphql.js'
import {
  beginErasure,
  EXPORT_SCHEMA_VERSION,
  exportAccount,
  refuseErasure,
  type BeginErasureDeps,
  type ExportAccountDeps,
  type PersonOnRecord,
} from '../personal-data/index.js'
import type { PersonReader } from '../sessions/index.js'

const guarded = (purpose: string): GuardArguments => ({
  access: 'ADMIN',
  assurance: 'MFA',
  withinSeconds: 900,
  purpose,
})

@InputType({ description: 'The account whose data to disclose, and why.' })
export class ExportAccountDataInput {
  @Field(() => ID, { description: 'The account.' })
  readonly accountId!: string

  @Field(() => String, { description: 'For the audit log: the request, a ticket.' })
  readonly reason!: string

  @Field(() => String, {
    nullable: true,
    description: 'Where the previous page ended: returns further audit events only.',
  })
  readonly after?: string | null
}

@InputType({ description: 'Which account to erase, and why.' })
export class EraseAccountInput {
  @Field(() => ID, { description: 'The account; never the operator’s own.' })
  readonly accountId!: string

  @Field(() => String, {
    description: 'For the audit log, where it stays: a ticket, and nothing personal.',
  })
  readonly reason!: string

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether organizations may be left without an administrator.',
  })
  readonly abandonsOrganizations!: boolean
}

@ObjectType({ description: 'The result of erasing an account.' })
export class EraseAccountPayload {
  @Field(() => Boolean, {
    description: 'Always true: the account can no longer sign in, and its data is being erased.',
  })
  readonly begun!: boolean
}

const exporting = z.object({ accountId: accountIdText, reason: lineText, after: z.string().max(200).nullish() })
const erasing = z.object({ accountId: accountIdText, reason: lineText, abandonsOrganizations: z.boolean() })

export type AdminPersonalDataDeps = ExportAccountDeps &
  BeginErasureDeps & { readonly sessions: Pick<PersonReader<PersonOnRecord>, 'findPerson'> }

/** For operators who answer a person's request about their data. */
@Resolver()
export class AdminPersonalDataResolver {
  constructor(private readonly deps: AdminPersonalDataDeps) {}

  @Mutation(() => ExportPayload, {
    description: 'Everything stored about an account, for its owner. Verify the owner by other means first.',
  })
  @Guard(guarded('admin.export'))
  async exportAccountData(
    @Arg('input', () => ExportAccountDataInput, { description: 'Which account, and why.' })
    input: ExportAccountDataInput,
    @Ctx() context: RequestContext,
  ): Promise<ExportPayload> {
    const { accountId, reason, after } = parseInput(exporting, input)
    const outcome = await exportAccount(this.deps, {
      person: await this.find(accountId),
      after: after ?? null,
      say: context.say,
      event: {
        action: 'admin.account_exported',
        actor: auditActorOf(context.actor),
        context: auditContextOf(context),
        // The operator's text is recorded as such, not as our own reason.
        metadata: { note: reason },
      },
    })
    if (outcome.kind === 'bad-cursor') throw badInput(['after'], 'cursor.export')
    return { schemaVersion: EXPORT_SCHEMA_VERSION, data: outcome.data, nextAfter: outcome.nextAfter }
  }

  @Mutation(() => EraseAccountPayload, {
    description: 'Permanently erases an account and its data. The audit log keeps what happened, without the person.',
  })
  @Guard(guarded('admin.erase'))
  async eraseAccount(
    @Arg('input', () => EraseAccountInput, { description: 'Which account, and why.' }) input: EraseAccountInput,
    @Ctx() context: RequestContext,
  ): Promise<EraseAccountPayload> {
    const { accountId, reason, abandonsOrganizations } = parseInput(erasing, input)
    const { actor } = context
    if (actor.kind !== 'session' || actor.accountId === accountId) {
      throw badInput(['accountId'], 'operator.not-yourself')
    }
    const outcome = await beginErasure(this.deps, {
      person: await this.find(accountId),
      begunBy: { action: 'admin.account_erased', accountId: actor.accountId, ground: reason },
      asRead: null,
      abandonsOrganizations,
      context: auditContextOf(context),
    })
    if (outcome.kind === 'changed') throw badInput(['accountId'])
    if (outcome.kind !== 'begun') throw refuseErasure(outcome)
    context.afterAnswer(outcome.finish)
    return { begun: true }
  }

  private async find(accountId: AccountId): Promise<PersonOnRecord> {
    const person = await this.deps.sessions.findPerson(accountId)
    if (person === null || person.account.status === 'CLOSED') throw badInput(['accountId'])
    return person
  }
}
