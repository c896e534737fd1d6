import { Ctx, Field, FieldResolver, ObjectType, registerEnumType, Resolver, Root } from 'type-graphql'
import { enumOf } from '../kernel/enums.graphql.js'
import type { FactorType } from '../kernel/factor-type.js'
import type { RequestContext } from '../kernel/request-context.js'
import { FACTOR_WARNINGS, warningsOf, type FactorWarning } from './factor-warnings.js'

const FactorWarningCodeEnum = enumOf(Object.keys(FACTOR_WARNINGS) as FactorWarning[])
registerEnumType(FactorWarningCodeEnum, {
  name: 'FactorWarningCode',
  description: 'What to know about a kind of factor before relying on it.',
  valuesConfig: {
    RESTRICTED_AUTHENTICATOR: { description: 'NIST SP 800-63B-4 3.2.9: offer another factor too.' },
    MAILBOX_ONLY: { description: 'NIST SP 800-63B-4 3.1.3.1: a mailbox is not a second factor by itself.' },
  },
})

@ObjectType('FactorWarning', { description: 'A warning to show to the person.' })
export class FactorWarningType {
  @Field(() => FactorWarningCodeEnum, { description: 'For programs.' })
  readonly code!: FactorWarning
}

@Resolver(() => FactorWarningType)
export class FactorWarningResolver {
  @FieldResolver(() => String, { description: 'For people, in the language of the request.' })
  message(@Root() { code }: FactorWarningType, @Ctx() context: RequestContext): string {
    return context.say({ id: FACTOR_WARNINGS[code] })
  }
}

export const presentWarnings = (type: FactorType): FactorWarningType[] => warningsOf(type).map((code) => ({ code }))
