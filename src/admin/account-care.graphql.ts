import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { z } from 'zod'
import { Guard, type GuardArguments } from '../kernel/guard.graphql.js'
import { badInput, parseInput } from '../kernel/parse-input.js'
import { auditContextOf, type RequestContext } from '../kernel/request-context.js'
import { accountIdText, lineText } from '../kernel/text.js'
import {
  AccountInCareType,
  presentInCare,
  type AccountInCareDeps,
  type PersonInCare,
} from './account-in-care.graphql.js'
import {
  requireReEnrollment,
  resetFactors,
  unlockAccount,
  type CareForAccountDeps,
  type CareForAccountInput,
  type CareForAccountOutcome,
} from './care-for-account.js'

const OPERATE: GuardArguments = { access: 'ADMIN', assurance: 'MFA', withinSeconds: 900, purpose: 'admin.accounts' }

@InputType('CareForAccountInput', { description: 'The account an operator acts on, and the reason.' })
export class CareForAccountInputType {
  @Field(() => ID, { description: 'The account. Cannot be the operator’s own.' })
  readonly accountId!: string

  @Field(() => String, { description: 'For the audit log: how the person was verified, and a ticket number.' })
  readonly reason!: string
}

@ObjectType({ description: 'The result of an operator’s action. Contains no secrets.' })
export class CareForAccountPayload {
  @Field(() => AccountInCareType, { description: 'The account as it is now.' })
  readonly account!: AccountInCareType
}

const careInput = z.object({ accountId: accountIdText, reason: lineText })

export type AccountCareResolverDeps = Omit<CareForAccountDeps, 'sessions'> & AccountInCareDeps

type UseCase = (deps: CareForAccountDeps, input: CareForAccountInput) => Promise<CareForAccountOutcome>

@Resolver()
export class AccountCareResolver {
  constructor(private readonly deps: AccountCareResolverDeps) {}

  @Query(() => AccountInCareType, {
    nullable: true,
    description: 'One account with its factors, sessions, devices and locks. Null if there is none.',
  })
  @Guard(OPERATE)
  async account(@Arg('id', () => ID, { description: 'Which account.' }) id: string): Promise<AccountInCareType | null> {
    const parsed = accountIdText.safeParse(id)
    const person: PersonInCare | null = parsed.success ? await this.deps.sessions.findPerson(parsed.data) : null
    return person && presentInCare(this.deps, person)
  }

  @Mutation(() => CareForAccountPayload, {
    description:
      'Removes an account’s factors, recovery codes, sessions and remembered devices. The password alone then enrols ' +
      'a new factor, so verify the person by other means first.',
  })
  @Guard(OPERATE)
  resetFactors(
    @Arg('input', () => CareForAccountInputType, { description: 'The account and the reason.' })
    input: CareForAccountInputType,
    @Ctx() context: RequestContext,
  ): Promise<CareForAccountPayload> {
    return this.care(resetFactors, input, context)
  }

  @Mutation(() => CareForAccountPayload, {
    description: 'Requires an account to enrol a new factor. Until it is verified, the account can do nothing else.',
  })
  @Guard(OPERATE)
  requireReEnrollment(
    @Arg('input', () => CareForAccountInputType, { description: 'The account and the reason.' })
    input: CareForAccountInputType,
    @Ctx() context: RequestContext,
  ): Promise<CareForAccountPayload> {
    return this.care(requireReEnrollment, input, context)
  }

  @Mutation(() => CareForAccountPayload, { description: 'Removes the step-up lock that wrong answers caused.' })
  @Guard(OPERATE)
  unlockAccount(
    @Arg('input', () => CareForAccountInputType, { description: 'The account and the reason.' })
    input: CareForAccountInputType,
    @Ctx() context: RequestContext,
  ): Promise<CareForAccountPayload> {
    return this.care(unlockAccount, input, context)
  }

  private async care(
    useCase: UseCase,
    input: CareForAccountInputType,
    context: RequestContext,
  ): Promise<CareForAccountPayload> {
    const { accountId, reason } = parseInput(careInput, input)
    const auditContext = auditContextOf(context)
    const outcome = await useCase(this.deps, { actor: context.actor, accountId, reason, context: auditContext })
    if (outcome.kind === 'own-account') throw badInput(['accountId'], 'Another operator has to do this for you.')
    const person = outcome.kind === 'done' ? await this.deps.sessions.findPerson(accountId) : null
    if (outcome.kind !== 'done' || !person) throw badInput(['accountId'])
    context.afterAnswer(outcome.tell)
    return { account: presentInCare(this.deps, person) }
  }
}
