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

@ObjectType('StepUpNeed', {
  description: 'What the caller would have to prove. Like `StepUp`, but no challenge was begun.',
})
export class StepUpNeedType {
  @Field(() => AssuranceEnum, { description: 'The assurance that would be required.' })
  readonly assurance!: Assurance

  @Field(() => [String], { description: 'The assurance as `acr` values.' })
  readonly acrValues!: readonly string[]

  @Field(() => Int, { nullable: true, description: 'The maximum age of the proof in seconds; null: any age.' })
  readonly maxAge!: number | null

  @Field(() => StepUpReasonEnum, { description: 'Why a step-up would be required.' })
  readonly reason!: StepUpReason

  @Field(() => String, { nullable: true, description: 'The purpose: a dotted name, such as `email.change`.' })
  readonly purpose!: string | null

  @Field(() => [String], { description: 'The fields that require it, as paths in the document.' })
  readonly paths!: readonly string[]

  @Field(() => [ChallengeOptionType], { description: 'The factors that would satisfy it; empty: enrol one first.' })
  readonly challenge!: readonly ChallengeOptionType[]

  @Field(() => [FactorTypeEnum], { description: 'The factor types you can enrol to satisfy it.' })
  readonly enroll!: readonly FactorType[]
}

@ObjectType('StepUpPreview', { description: 'What the guards would decide about an operation. Risk is not assessed.' })
export class StepUpPreviewType {
  @Field(() => Boolean, { description: 'Whether the operation would be allowed now.' })
  readonly allowed!: boolean

  @Field(() => ErrorCodeEnum, { nullable: true, description: 'The error code it would fail with; null: allowed.' })
  readonly code!: ErrorCode | null

  @Field(() => StepUpNeedType, { nullable: true, description: 'The step-up that would be required, if any.' })
  readonly need!: StepUpNeedType | null
}

@Resolver()
export class StepUpPreviewResolver {
  /** A function, because the policy is built from the schema that this resolver is part of. */
  constructor(private readonly policy: () => Policy) {}

  @Guard({ access: 'PENDING' })
  @Query(() => StepUpPreviewType, {
    description:
      'Tells whether an operation would need a step-up, without running it and without beginning a challenge.',
  })
  stepUpPreview(
    @Ctx() context: RequestContext,
    @Arg('document', () => String, { description: 'The GraphQL document, as text.' }) document: string,
    @Arg('operationName', () => String, {
      nullable: true,
      description: 'The operation to preview, if the document has several.',
    })
    operationName: string | null,
    @Arg('variables', () => GraphQLJSONObject, { nullable: true, description: 'The variables of the operation.' })
    variables: Record<string, unknown> | null,
  ): StepUpPreviewType {
    const { allowed, code, need } = this.policy().preview({ document, operationName, variables, context })
    return { allowed, code, need: need && { ...need, acrValues: [acrOf(need.assurance)] } }
  }
}
