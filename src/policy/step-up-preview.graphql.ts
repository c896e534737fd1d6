import { GraphQLJSONObject } from 'graphql-scalars'
import { Arg, Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { acrOf, type Assurance } from '../kernel/assurance.js'
import { AssuranceEnum, ErrorCodeEnum, FactorTypeEnum, StepUpReasonEnum } from '../kernel/enums.graphql.js'
import type { ErrorCode } from '../kernel/error-codes.js'
import type { FactorType } from '../kernel/factor-type.js'
import { Guard } from '../kernel/guard.graphql.js'
import type { RequestContext } from '../kernel/request-context.js'
import { ChallengeOptionType } from '../kernel/step-up.graphql.js'
import type { StepUpReason } from '../kernel/step-up.js'
import type { Policy } from './policy.js'

@ObjectType('StepUpNeed', { description: 'What would have to be proved; like `StepUp`, but nothing was begun.' })
export class StepUpNeedType {
  @Field(() => AssuranceEnum, { description: 'The assurance that would be asked for.' })
  readonly assurance!: Assurance

  @Field(() => [String], { description: 'The same as `acr` values.' })
  readonly acrValues!: readonly string[]

  @Field(() => Int, { nullable: true, description: 'How many seconds old the proof may be; null: any age.' })
  readonly maxAge!: number | null

  @Field(() => StepUpReasonEnum, { description: 'Why.' })
  readonly reason!: StepUpReason

  @Field(() => String, { nullable: true, description: 'What for: a dotted name, such as `email.change`.' })
  readonly purpose!: string | null

  @Field(() => [String], { description: 'The fields that ask for it, as paths in the document.' })
  readonly paths!: readonly string[]

  @Field(() => [ChallengeOptionType], { description: 'The factors that would do; empty: enrol one first.' })
  readonly challenge!: readonly ChallengeOptionType[]

  @Field(() => [FactorTypeEnum], { description: 'The kinds of factor you may enrol to get there.' })
  readonly enroll!: readonly FactorType[]
}

@ObjectType('StepUpPreview', { description: 'What the guards would say about an operation. Risk is not assessed.' })
export class StepUpPreviewType {
  @Field(() => Boolean, { description: 'Whether the operation would be let through as things stand.' })
  readonly allowed!: boolean

  @Field(() => ErrorCodeEnum, { nullable: true, description: 'The code it would be refused with; null: allowed.' })
  readonly code!: ErrorCode | null

  @Field(() => StepUpNeedType, { nullable: true, description: 'The step-up that would be asked for, if any.' })
  readonly need!: StepUpNeedType | null
}

@Resolver()
export class StepUpPreviewResolver {
  /** As the policy is made from the schema that this resolver is part of, it is asked for when needed. */
  constructor(private readonly policy: () => Policy) {}

  @Guard({ access: 'PENDING' })
  @Query(() => StepUpPreviewType, {
    description:
      'Asks whether an operation would need a step-up, without running it and without beginning a challenge.',
  })
  stepUpPreview(
    @Ctx() context: RequestContext,
    @Arg('document', () => String, { description: 'The GraphQL document, as text.' }) document: string,
    @Arg('operationName', () => String, { nullable: true, description: 'Which operation, if there are several.' })
    operationName: string | null,
    @Arg('variables', () => GraphQLJSONObject, { nullable: true, description: 'The variables it would be sent with.' })
    variables: Record<string, unknown> | null,
  ): StepUpPreviewType {
    const { allowed, code, need } = this.policy().preview({ document, operationName, variables, context })
    return { allowed, code, need: need && { ...need, acrValues: [acrOf(need.assurance)] } }
  }
}
