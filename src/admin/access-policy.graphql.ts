import { Field, Int, ObjectType, Query, Resolver } from 'type-graphql'
import type { Access, GuardRule } from '../kernel/access.js'
import type { Assurance } from '../kernel/assurance.js'
import { AccessEnum, AssuranceEnum, FactorTypeEnum, GuardRuleEnum } from '../kernel/enums.graphql.js'
import type { FactorType } from '../kernel/factor-type.js'
import { Guard } from '../kernel/guard.graphql.js'
import type { Policy } from '../policy/index.js'

@ObjectType('AccessPolicyRow', { description: 'What one guarded field asks of its caller, defaults filled in.' })
export class AccessPolicyRowType {
  @Field(() => String, { description: 'The field, such as `Query.me`.' })
  readonly field!: string

  @Field(() => AccessEnum, { description: 'Who may call or read it at all.' })
  readonly access!: Access

  @Field(() => AssuranceEnum, { description: 'How strongly the session has to be proved.' })
  readonly assurance!: Assurance

  @Field(() => Int, { nullable: true, description: 'How many seconds old the proof may be; null: any age.' })
  readonly withinSeconds!: number | null

  @Field(() => [FactorTypeEnum], { nullable: true, description: 'Only these factors count; null: all do.' })
  readonly factors!: readonly FactorType[] | null

  @Field(() => Boolean, { description: 'Whether it asks for the strongest assurance the account can give.' })
  readonly strongest!: boolean

  @Field(() => GuardRuleEnum, { description: 'Whose rule it answers to, besides its own guard.' })
  readonly rule!: GuardRule

  @Field(() => String, { nullable: true, description: 'What for: a dotted name, such as `email.change`.' })
  readonly purpose!: string | null

  @Field(() => Boolean, { description: 'Whether it is only decided and recorded, and lets pass.' })
  readonly reportOnly!: boolean

  @Field(() => Boolean, {
    description: 'Whether it tries a password, a code or a token: one operation may hold one such field.',
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
