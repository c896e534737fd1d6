import { Field, Int, ObjectType, Query, Resolver } from 'type-graphql'
import type { Access, GuardRule } from '../kernel/access.js'
import type { Assurance } from '../kernel/assurance.js'
import { AccessEnum, AssuranceEnum, FactorTypeEnum, GuardRuleEnum } from '../kernel/enums.graphql.js'
import type { FactorType } from '../kernel/factor-type.js'
import { Guard } from '../kernel/guard.graphql.js'
import type { Policy } from '../policy/index.js'

@ObjectType('AccessPolicyRow', {
  description: 'What one guarded field requires of its caller, with defaults filled in.',
})
export class AccessPolicyRowType {
  @Field(() => String, { description: 'The field, such as `Query.me`.' })
  readonly field!: string

  @Field(() => AccessEnum, { description: 'Who may call or read it at all.' })
  readonly access!: Access

  @Field(() => AssuranceEnum, { description: 'How strongly the session must be proved.' })
  readonly assurance!: Assurance

  @Field(() => Int, { nullable: true, description: 'Maximum age of the proof in seconds; null: any age.' })
  readonly withinSeconds!: number | null

  @Field(() => [FactorTypeEnum], { nullable: true, description: 'Only these factors count; null: all do.' })
  readonly factors!: readonly FactorType[] | null

  @Field(() => Boolean, { description: 'Whether it requires the strongest assurance the account can give.' })
  readonly strongest!: boolean

  @Field(() => GuardRuleEnum, { description: 'Whose rule applies to it, besides its own guard.' })
  readonly rule!: GuardRule

  @Field(() => String, { nullable: true, description: 'The purpose: a dotted name, such as `email.change`.' })
  readonly purpose!: string | null

  @Field(() => Boolean, { description: 'Whether the decision is only recorded, and every caller is let through.' })
  readonly reportOnly!: boolean

  @Field(() => Boolean, {
    description: 'Whether it checks a password, a code or a token: one operation may contain one such field.',
  })
  readonly authentication!: boolean
}

@Resolver()
export class AccessPolicyResolver {
  /** A function, because the policy is built from the schema that this resolver is part of. */
  constructor(private readonly policy: () => Policy) {}

  @Guard({ access: 'ADMIN', assurance: 'MFA', withinSeconds: 900, purpose: 'admin.policy' })
  @Query(() => [AccessPolicyRowType], { description: 'The compiled access policy: every guarded field, sorted.' })
  accessPolicy(): AccessPolicyRowType[] {
    return this.policy()
      .accessTable()
      .map(({ typeName, fieldName, ...row }) => ({ ...row, field: `${typeName}.${fieldName}` }))
  }
}
