import { GraphQLDateTimeISO, GraphQLJSONObject } from 'graphql-scalars'
import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { enumOf } from '../kernel/enums.graphql.js'
import {
  AUDIT_ACTOR_TYPES,
  AUDIT_OUTCOMES,
  AUDIT_TARGET_TYPES,
  type AuditActorType,
  type AuditOutcome,
  type AuditTargetType,
} from './audit-event.js'

export const AuditOutcomeEnum = enumOf(AUDIT_OUTCOMES)
registerEnumType(AuditOutcomeEnum, {
  name: 'AuditOutcome',
  description: 'How it went.',
  valuesConfig: {
    SUCCESS: { description: 'It happened.' },
    FAILURE: { description: 'It was tried and went wrong, such as a wrong code.' },
    DENIED: { description: 'A rule refused it.' },
  },
})

const AuditActorTypeEnum = enumOf(AUDIT_ACTOR_TYPES)
registerEnumType(AuditActorTypeEnum, {
  name: 'AuditActorType',
  description: 'The kind of actor.',
  valuesConfig: {
    ACCOUNT: { description: 'A signed-in person.' },
    ANONYMOUS: { description: 'A caller who is not signed in.' },
    SERVICE: { description: 'A backend with a service key.' },
    SYSTEM: { description: 'The gateway itself.' },
    OPERATOR: { description: 'An operator on the command line of the gateway.' },
  },
})

const AuditTargetTypeEnum = enumOf(AUDIT_TARGET_TYPES)
registerEnumType(AuditTargetTypeEnum, {
  name: 'AuditTargetType',
  description: 'What the action affects.',
  valuesConfig: {
    ACCOUNT: { description: 'A person who can sign in.' },
    SESSION: { description: 'A signed-in browser or app.' },
    FACTOR: { description: 'A way to prove it is you.' },
    CHALLENGE: { description: 'A challenge of one session for one factor.' },
    DEVICE: { description: 'A browser or app we have seen.' },
    ORGANIZATION: { description: 'A tenant.' },
    RISK_DECISION: { description: 'A risk assessment.' },
    ADDRESS: { description: 'A network address.' },
    BUDGET: { description: 'A budget of attempts or requests.' },
    FIELD: { description: 'A guarded field of the graph.' },
    SERVICE_KEY: { description: 'A key of a backend.' },
    LIST_ENTRY: { description: 'A blocked or allowed network address.' },
  },
})

@ObjectType('AuditActor', { description: 'Who did it.' })
export class AuditActorObject {
  @Field(() => ID, { nullable: true, description: 'The account or key; null when there is none to name.' })
  readonly id!: string | null

  @Field(() => AuditActorTypeEnum, { description: 'What kind of actor.' })
  readonly type!: AuditActorType
}

@ObjectType('AuditTarget', { description: 'What it was done to.' })
export class AuditTargetObject {
  @Field(() => ID, { description: 'The id of the thing acted upon.' })
  readonly id!: string

  @Field(() => AuditTargetTypeEnum, { description: 'What kind of thing it is.' })
  readonly type!: AuditTargetType
}

@ObjectType('AuditRiskContribution', { description: 'One observation and what it added to the risk score.' })
export class AuditRiskContributionObject {
  @Field(() => String, { description: 'What was observed, such as `NETWORK_NEW_ASN`.' })
  readonly code!: string

  @Field(() => Float, { description: 'What it added, in nats; negative when it spoke for the person.' })
  readonly nats!: number

  @Field(() => String, { nullable: true, description: 'Further detail for the reviewer.' })
  readonly detail!: string | null
}

@ObjectType('AuditRisk', { description: 'The risk assessment that went with an event.' })
export class AuditRiskObject {
  @Field(() => String, { description: '`ALLOW`, `CHALLENGE` or `BLOCK`.' })
  readonly verdict!: string

  @Field(() => String, { description: '`LOW`, `MEDIUM`, `HIGH` or `CRITICAL`.' })
  readonly level!: string

  @Field(() => Float, { description: 'The sum of all contributions.' })
  readonly score!: number

  @Field(() => [AuditRiskContributionObject], { description: 'Where the score comes from.' })
  readonly contributions!: readonly AuditRiskContributionObject[]

  @Field(() => Float, {
    nullable: true,
    description:
      'Up to this score nothing was asked: the configured threshold, moved by the prompt budget. Null in events of ' +
      'older gateways.',
  })
  readonly threshold!: number | null

  @Field(() => Float, {
    nullable: true,
    description: 'The share of legitimate sign-ins that may be prompted, such as 0.05; null: the threshold is fixed.',
  })
  readonly promptBudget!: number | null

  @Field(() => Int, {
    nullable: true,
    description: 'The version of the risk model. Scores of different versions cannot be compared.',
  })
  readonly modelVersion!: number | null
}

@ObjectType('AuditEventContext', { description: 'The request an event belongs to.' })
export class AuditEventContextObject {
  @Field(() => String, { nullable: true, description: 'The address of the client; null once its account is erased.' })
  readonly ip!: string | null

  @Field(() => String, { nullable: true, description: 'The country of that address, as far as it is known.' })
  readonly country!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'What the client calls itself, without control characters; null once its account is erased.',
  })
  readonly userAgent!: string | null

  @Field(() => ID, { nullable: true, description: 'The recognised device.' })
  readonly deviceId!: string | null

  @Field(() => ID, { nullable: true, description: 'The session.' })
  readonly sessionId!: string | null

  @Field(() => ID, { description: 'The request; the same id stands in the log and in error answers.' })
  readonly requestId!: string

  @Field(() => String, { nullable: true, description: 'The name the client gave the operation.' })
  readonly operationName!: string | null

  @Field(() => String, { nullable: true, description: 'A hash of document, name and variables.' })
  readonly operationHash!: string | null
}

@ObjectType('AuditEvent', { description: 'One immutable event in a hash-chained stream of the audit log.' })
export class AuditEventObject {
  @Field(() => ID, { description: 'The id of the event.' })
  readonly id!: string

  @Field(() => ID, {
    description:
      'The stream that the event belongs to. Each process writes its own. Empty for events of earlier versions.',
  })
  readonly stream!: string

  @Field(() => Float, { description: 'The event’s number in its stream: 1, 2, 3, … without gaps.' })
  readonly sequence!: number

  @Field(() => String, { description: 'What happened: past tense, dotted, such as `challenge.passed`.' })
  readonly action!: string

  @Field(() => Int, { description: 'The version of this shape.' })
  readonly version!: number

  @Field(() => GraphQLDateTimeISO, { description: 'When it happened.' })
  readonly occurredAt!: Date

  @Field(() => AuditActorObject, { description: 'Who did it.' })
  readonly actor!: AuditActorObject

  @Field(() => [AuditTargetObject], { description: 'What it was done to.' })
  readonly targets!: readonly AuditTargetObject[]

  @Field(() => ID, { nullable: true, description: 'The organization it belongs to.' })
  readonly organizationId!: string | null

  @Field(() => AuditOutcomeEnum, { description: 'How it went.' })
  readonly outcome!: AuditOutcome

  @Field(() => String, { nullable: true, description: 'Why, in a word.' })
  readonly reason!: string | null

  @Field(() => AuditRiskObject, { nullable: true, description: 'The risk assessment that went with it.' })
  readonly risk!: AuditRiskObject | null

  @Field(() => AuditEventContextObject, { nullable: true, description: 'The request; null when none caused it.' })
  readonly context!: AuditEventContextObject | null

  @Field(() => GraphQLJSONObject, { description: 'Further facts in plain values; never a secret.' })
  readonly metadata!: object

  @Field(() => String, { description: 'The hash of the previous event in the stream.' })
  readonly previousHash!: string

  @Field(() => String, {
    description:
      'SHA-256 over everything else in the event, in hexadecimal; personal parts stand in it as commitments.',
  })
  readonly hash!: string
}
