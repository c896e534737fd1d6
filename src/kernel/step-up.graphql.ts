import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import type { Assurance } from './assurance.js'
import { AssuranceEnum, FactorTypeEnum, StepUpReasonEnum } from './enums.graphql.js'
import type { FactorType } from './factor-type.js'
import type { StepUpReason } from './step-up.js'

@ObjectType('ChallengeOption', { description: 'A factor you may be challenged with.' })
export class ChallengeOptionType {
  @Field(() => ID, { description: 'Pass it to `challengeFactor`.' })
  readonly factorId!: string

  @Field(() => FactorTypeEnum, { description: 'The kind of factor.' })
  readonly type!: FactorType

  @Field(() => String, { description: 'The name its owner gave it.' })
  readonly name!: string
}

@ObjectType('StepUp', { description: 'What must be proved before the operation is allowed (RFC 9470).' })
export class StepUpType {
  @Field(() => String, { description: 'Always `insufficient_user_authentication`.' })
  readonly error!: string

  @Field(() => AssuranceEnum, { description: 'The required assurance.' })
  readonly assurance!: Assurance

  @Field(() => [String], { description: 'The same as `acr` values.' })
  readonly acrValues!: readonly string[]

  @Field(() => Int, { nullable: true, description: 'Maximum age of the proof in seconds; null: any age.' })
  readonly maxAge!: number | null

  @Field(() => StepUpReasonEnum, { description: 'The reason.' })
  readonly reason!: StepUpReason

  @Field(() => String, { nullable: true, description: 'The purpose: a dotted name, such as `email.change`.' })
  readonly purpose!: string | null

  @Field(() => [String], { description: 'The fields that require it, as paths in the document.' })
  readonly paths!: readonly string[]

  @Field(() => [ChallengeOptionType], { description: 'The factors that satisfy it; empty: enrol one first.' })
  readonly challenge!: readonly ChallengeOptionType[]

  @Field(() => [FactorTypeEnum], { description: 'The kinds of factor you may enrol to satisfy it.' })
  readonly enroll!: readonly FactorType[]

  @Field(() => String, { description: 'Binds challenge and operation together; opaque and short-lived.' })
  readonly mfaToken!: string

  @Field(() => GraphQLDateTimeISO, { description: 'When `mfaToken` expires.' })
  readonly expiresAt!: Date
}
