import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql'
import { AuditEventContextObject, AuditRiskObject } from '../audit/audit.graphql.js'
import { enumOf } from '../kernel/enums.graphql.js'
import { RISK_LABELS, RISK_PURPOSES, type RiskLabel, type RiskPurpose } from '../risk/index.js'
import type { RiskDecision } from './risk-decision.js'

export const RiskLabelEnum = enumOf(RISK_LABELS)
registerEnumType(RiskLabelEnum, {
  name: 'RiskLabel',
  description: 'What a decision turned out to be.',
  valuesConfig: {
    LEGITIMATE: { description: 'The owner. The profile learns the place and the client.' },
    ATTACK: {
      description: 'An attack. The profile forgets it, its sessions end, and the account is under suspicion for a day.',
    },
  },
})

const RiskPurposeEnum = enumOf(RISK_PURPOSES)
registerEnumType(RiskPurposeEnum, {
  name: 'RiskPurpose',
  description: 'What was assessed.',
  valuesConfig: {
    SIGN_IN: { description: 'A sign-in whose first factor was right.' },
    OPERATION: { description: 'A guarded operation. Recorded if it was refused because of its risk.' },
    REFRESH: { description: 'A refresh of a bearer session. Recorded if it was unusual.' },
  },
})

@ObjectType('RiskDecisionLabel', { description: 'An operator’s label of a decision.' })
export class RiskDecisionLabelType {
  @Field(() => RiskLabelEnum, { description: 'The label.' })
  readonly label!: RiskLabel

  @Field(() => GraphQLDateTimeISO, { description: 'When it was labelled.' })
  readonly at!: Date

  @Field(() => ID, { nullable: true, description: 'The account of the operator.' })
  readonly by!: string | null
}

@ObjectType('RiskDecision', { description: 'One decision of the risk engine.' })
export class RiskDecisionType {
  @Field(() => ID, { description: 'The id of its event in the audit log.' })
  readonly id!: string

  @Field(() => GraphQLDateTimeISO, { description: 'When it was created.' })
  readonly decidedAt!: Date

  @Field(() => ID, { description: 'The account.' })
  readonly accountId!: string

  @Field(() => RiskPurposeEnum, { description: 'What was assessed.' })
  readonly purpose!: RiskPurpose

  @Field(() => AuditRiskObject, { description: 'Score, level, verdict and the parts of the score.' })
  readonly risk!: AuditRiskObject

  @Field(() => AuditEventContextObject, { nullable: true, description: 'The request.' })
  readonly context!: AuditEventContextObject | null

  @Field(() => RiskDecisionLabelType, { nullable: true, description: 'The operator’s label. Null if there is none.' })
  readonly label!: RiskDecisionLabelType | null
}

export function presentRiskDecision({ event, accountId, purpose, label }: RiskDecision): RiskDecisionType {
  const { id, occurredAt, risk, context } = event
  return { id, decidedAt: occurredAt, accountId, purpose, risk, context, label }
}
