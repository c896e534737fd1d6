import { Field, ObjectType, registerEnumType } from 'type-graphql'
import { enumOf } from '../kernel/enums.graphql.js'
import type { FactorType } from '../kernel/factor-type.js'
import { FACTOR_WARNINGS, warningsOf, type FactorWarning } from './factor-warnings.js'

const FactorWarningCodeEnum = enumOf(Object.keys(FACTOR_WARNINGS) as FactorWarning[])
registerEnumType(FactorWarningCodeEnum, {
  name: 'FactorWarningCode',
  description: 'What there is to know about a kind of factor before it is relied on.',
  valuesConfig: {
    RESTRICTED_AUTHENTICATOR: { description: 'NIST SP 800-63B-4 3.2.9: offer another factor too.' },
    MAILBOX_ONLY: { description: 'NIST SP 800-63B-4 3.1.3.1: a mailbox is no second factor by itself.' },
  },
})

@ObjectType('FactorWarning', { description: 'A warning to show to the person.' })
export class FactorWarningType {
  @Field(() => FactorWarningCodeEnum, { description: 'For programs.' })
  readonly code!: FactorWarning

  @Field(() => String, { description: 'For people.' })
  readonly message!: string
}

export const presentWarnings = (type: FactorType): FactorWarningType[] =>
  warningsOf(type).map((code) => ({ code, message: FACTOR_WARNINGS[code] }))
