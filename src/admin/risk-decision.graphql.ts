import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { AuditEventContextObject, AuditRiskObject } from '../audit/audit.graphql.js'
import { enumOf } from '../kernel/enums.graphql.js'
import type { Say } from '../kernel/sentences.js'
import { RISK_LABELS, RISK_PURPOSES, type RiskLabel, type RiskPurpose } from '../risk/index.js'
import { presentRisk } from './present-event.js'
import type { RiskDecision } from './risk-decision.js'

export const RiskLabelEnum = enumOf(RISK_LABELS)
registerEnumType(RiskLabelEnum, {
  name: 'RiskLabel',
  description: 'What an operator found out about a decision.',
  valuesConfig: {
    LEGITIMATE: { description: 'It was the person. Their profile learns the place and the client.' },
    ATTACK: {
      description:
        'It was an attack. Their profile forgets it, its sessions end, and the account is under suspicion for a ' +
        'day.',
    },
  },
})

const RiskPurposeEnum = enumOf(RISK_PURPOSES)
registerEnumType(RiskPurposeEnum, {
  name: 'RiskPurpose',
  description: 'What was judged.',
  valuesConfig: {
    SIGN_IN: { description: 'A sign-in whose first factor was right.' },
    OPERATION: { description: 'A guarded operation; recorded where it was refused for its risk.' },
    REFRESH: { description: 'The refresh of a bearer session; recorded where it was unusual.' },
  },
})

@ObjectType('RiskDecisionLabel', { description: 'What an operator found out about a decision, and when.' })
export class RiskDecisionLabelType {
  @Field(() => RiskLabelEnum, { description: 'The finding.' })
  readonly label!: RiskLabel

  @Field(() => GraphQLDateTimeISO, { description: 'When it was recorded.' })
  readonly at!: Date

  @Field(() => ID, { nullable: true, description: 'The account of the operator.' })
  readonly by!: string | null
}

@ObjectType('RiskDecision', { description: 'One decision of the risk engine.' })
export class RiskDecisionType {
  @Field(() => ID, { description: 'The id of its event in the audit log.' })
  readonly id!: string

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  readonly decidedAt!: Date

  @Field(() => ID, { description: 'The account it was about.' })
  readonly accountId!: string

  @Field(() => RiskPurposeEnum, { description: 'What was judged.' })
  readonly purpose!: RiskPurpose

  @Field(() => AuditRiskObject, { description: 'Score, level, verdict, and the contributions to the score.' })
  readonly risk!: AuditRiskObject

  @Field(() => AuditEventContextObject, { nullable: true, description: 'The request.' })
  readonly context!: AuditEventContextObject | null

  @Field(() => RiskDecisionLabelType, { nullable: true, description: 'What was found out since; null: nothing.' })
  readonly label!: RiskDecisionLabelType | null
}

export function presentRiskDecision({ event, accountId, purpose, label }: RiskDecision, say: Say): RiskDecisionType {
  const { id, occurredAt, risk, context } = event
  return { id, decidedAt: occurredAt, accountId, purpose, risk: presentRisk(risk, context, say), context, label }
}
