import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { isExpired, type FactorSummary } from '../kernel/actor.js'
import { FactorStatusEnum, FactorTypeEnum } from '../kernel/enums.graphql.js'
import type { FactorStatus, FactorType } from '../kernel/factor-type.js'
import { FactorWarningType, presentWarnings } from './factor-warning.graphql.js'

@ObjectType('Factor', {
  description: 'A way to prove it is you. Its secret is shown once, when it is enrolled, and never again.',
})
export class FactorGraphType {
  @Field(() => ID, { description: 'Which factor.' })
  readonly id!: string

  @Field(() => FactorTypeEnum, { description: 'Its kind.' })
  readonly type!: FactorType

  @Field(() => String, { description: 'Its name; yours to change.' })
  readonly name!: string

  @Field(() => FactorStatusEnum, { description: 'Its status.' })
  readonly status!: FactorStatus

  @Field(() => GraphQLDateTimeISO, { description: 'When it was enrolled.' })
  readonly createdAt!: Date

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it was first proved; null until then.' })
  readonly activatedAt!: Date | null

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it last proved something.' })
  readonly lastUsedAt!: Date | null

  @Field(() => Int, { nullable: true, description: 'For recovery codes: how many are left.' })
  readonly codesLeft!: number | null

  @Field(() => String, {
    nullable: true,
    description: 'Masked destination of its messages; null where nothing is sent.',
  })
  readonly hint!: string | null

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it expires; null: never.' })
  readonly expiresAt!: Date | null

  @Field(() => [FactorWarningType], { description: 'What to know before relying on it.' })
  readonly warnings!: readonly FactorWarningType[]
}

/** A factor as its owner sees it now. */
export function presentFactor(factor: FactorSummary, now: Date): FactorGraphType {
  const status = factor.status === 'ACTIVE' && isExpired(factor, now) ? 'EXPIRED' : factor.status
  return { ...factor, status, warnings: presentWarnings(factor.type) }
}

/** All factors of an account, oldest first; recovery codes, which only replace a lost one, come last. */
export function presentFactors(factors: readonly FactorSummary[], now: Date): FactorGraphType[] {
  const isStandIn = ({ type }: FactorSummary): number => Number(type === 'RECOVERY_CODE')
  return factors
    .toSorted((a, b) => isStandIn(a) - isStandIn(b) || a.createdAt.getTime() - b.createdAt.getTime())
    .map((factor) => presentFactor(factor, now))
}
