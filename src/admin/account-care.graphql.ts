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

@InputType('CareForAccountInput', { description: 'The account an operator acts on, and why.' })
export class CareForAccountInputType {
  @Field(() => ID, { description: 'The account; never the operator’s own.' })
  readonly accountId!: string

  @Field(() => String, { description: 'For the audit log: how the caller was verified, a ticket.' })
  readonly reason!: string
}

@ObjectType({ description: 'The result of an operator’s action. It contains no secret, because operators see none.' })
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
    description: 'One account with its factors, sessions, devices and locks; null when there is none.',
  })
  @Guard(OPERATE)
  async account(@Arg('id', () => ID, { description: 'Which account.' }) id: string): Promise<AccountInCareType | null> {
    const parsed = accountIdText.safeParse(id)
    const person: PersonInCare | null = parsed.success ? await this.deps.sessions.findPerson(parsed.data) : null
    return person && presentInCare(this.deps, person)
  }

  @Mutation(() => CareForAccountPayload, {
    description:
      'Removes every factor and recovery code of an account, its sessions and its remembered devices. The ' +
      'person must enrol again with only the password, so verify the caller by other means first.',
  })
  @Guard(OPERATE)
  resetFactors(
    @Arg('input', () => CareForAccountInputType, { description: 'Which account, and why.' })
    input: CareForAccountInputType,
    @Ctx() context: RequestContext,
  ): Promise<CareForAccountPayload> {
    return this.care(resetFactors, input, context)
  }

  @Mutation(() => CareForAccountPayload, {
    description: 'Demands a new factor of an account. Until one is proved, nothing else is open to it.',
  })
  @Guard(OPERATE)
  requireReEnrollment(
    @Arg('input', () => CareForAccountInputType, { description: 'Which account, and why.' })
    input: CareForAccountInputType,
    @Ctx() context: RequestContext,
  ): Promise<CareForAccountPayload> {
    return this.care(requireReEnrollment, input, context)
  }

  @Mutation(() => CareForAccountPayload, { description: 'Opens the step-up lock that wrong answers closed.' })
  @Guard(OPERATE)
  unlockAccount(
    @Arg('input', () => CareForAccountInputType, { description: 'Which account, and why.' })
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
    if (outcome.kind === 'own-account') throw badInput(['accountId'], 'operator.not-yourself')
    const person = outcome.kind === 'done' ? await this.deps.sessions.findPerson(accountId) : null
    if (outcome.kind !== 'done' || !person) throw badInput(['accountId'])
    context.afterAnswer(outcome.tell)
    return { account: presentInCare(this.deps, person) }
  }
}
