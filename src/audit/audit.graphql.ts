import { GraphQLDateTimeISO, GraphQLJSONObject } from 'graphql-scalars'
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { enumOf } from '../kernel/enums.graphql.js'
import {
  AUDIT_ACTOR_TYPES,
  AUDIT_OUTCOMES,
  AUDIT_TARGET_TYPES,
  type AuditActorType,
  type AuditOutcome,
  type AuditTargetType,
} from './audit-event.js'

const AuditOutcomeEnum = enumOf(AUDIT_OUTCOMES)
registerEnumType(AuditOutcomeEnum, {
  name: 'AuditOutcome',
  description: 'The outcome.',
  valuesConfig: {
    SUCCESS: { description: 'Completed.' },
    FAILURE: { description: 'Tried and failed, such as a wrong code.' },
    DENIED: { description: 'Refused by a rule.' },
  },
})

const AuditActorTypeEnum = enumOf(AUDIT_ACTOR_TYPES)
registerEnumType(AuditActorTypeEnum, {
  name: 'AuditActorType',
  description: 'The kind of actor.',
  valuesConfig: {
    ACCOUNT: { description: 'A signed-in account.' },
    ANONYMOUS: { description: 'An unknown caller.' },
    SERVICE: { description: 'A backend with a service key.' },
    SYSTEM: { description: 'The gateway itself.' },
    OPERATOR: { description: 'A person on the gateway’s command line.' },
  },
})

const AuditTargetTypeEnum = enumOf(AUDIT_TARGET_TYPES)
registerEnumType(AuditTargetTypeEnum, {
  name: 'AuditTargetType',
  description: 'The kind of object an event is about.',
  valuesConfig: {
    ACCOUNT: { description: 'A person who can sign in.' },
    SESSION: { description: 'A signed-in browser or app.' },
    FACTOR: { description: 'A kind of factor.' },
    CHALLENGE: { description: 'A challenge of one session about one factor.' },
    DEVICE: { description: 'A browser or app.' },
    ORGANIZATION: { description: 'An organization.' },
    RISK_DECISION: { description: 'A risk assessment.' },
    ADDRESS: { description: 'A network address.' },
    BUDGET: { description: 'A budget of attempts or requests.' },
    FIELD: { description: 'A guarded field.' },
  },
})

@ObjectType('AuditActor', { description: 'Who did it.' })
export class AuditActorObject {
  @Field(() => ID, { nullable: true, description: 'The account or key. Null if there is none.' })
  readonly id!: string | null

  @Field(() => AuditActorTypeEnum, { description: 'The kind of actor.' })
  readonly type!: AuditActorType
}

@ObjectType('AuditTarget', { description: 'What the event is about.' })
export class AuditTargetObject {
  @Field(() => ID, { description: 'The id of the object.' })
  readonly id!: string

  @Field(() => AuditTargetTypeEnum, { description: 'The kind of object.' })
  readonly type!: AuditTargetType
}

@ObjectType('AuditRiskContribution', { description: 'One observation and its part of the risk score.' })
export class AuditRiskContributionObject {
  @Field(() => String, { description: 'What was observed, such as `NETWORK_NEW_ASN`.' })
  readonly code!: string

  @Field(() => Float, { description: 'The part of the score in nats. Negative values lower the risk.' })
  readonly nats!: number

  @Field(() => String, { nullable: true, description: 'More detail for reviewers.' })
  readonly detail!: string | null
}

@ObjectType('AuditRisk', { description: 'The risk assessment of an event.' })
export class AuditRiskObject {
  @Field(() => String, { description: '`ALLOW`, `CHALLENGE` or `BLOCK`.' })
  readonly verdict!: string

  @Field(() => String, { description: '`LOW`, `MEDIUM`, `HIGH` or `CRITICAL`.' })
  readonly level!: string

  @Field(() => Float, { description: 'The sum of all contributions.' })
  readonly score!: number

  @Field(() => [AuditRiskContributionObject], { description: 'The parts of the score.' })
  readonly contributions!: readonly AuditRiskContributionObject[]
}

@ObjectType('AuditEventContext', { description: 'The request an event belongs to.' })
export class AuditEventContextObject {
  @Field(() => String, {
    nullable: true,
    description: 'The client’s network address. Null after its account was erased.',
  })
  readonly ip!: string | null

  @Field(() => String, { nullable: true, description: 'The country of that address, if known.' })
  readonly country!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'The client’s user agent without control characters. Null after its account was erased.',
  })
  readonly userAgent!: string | null

  @Field(() => ID, { nullable: true, description: 'The recognised device.' })
  readonly deviceId!: string | null

  @Field(() => ID, { nullable: true, description: 'The session.' })
  readonly sessionId!: string | null

  @Field(() => ID, { description: 'The request id, as in the log and in error answers.' })
  readonly requestId!: string

  @Field(() => String, { nullable: true, description: 'The operation’s name, as the client sent it.' })
  readonly operationName!: string | null

  @Field(() => String, { nullable: true, description: 'A keyed hash of document, name and variables.' })
  readonly operationHash!: string | null
}

@ObjectType('AuditEvent', { description: 'One immutable event in the hash-chained audit log.' })
export class AuditEventObject {
  @Field(() => ID, { description: 'The id of the event.' })
  readonly id!: string

  @Field(() => Float, { description: 'The event’s number in the chain: 1, 2, 3, … without gaps.' })
  readonly sequence!: number

  @Field(() => String, { description: 'What happened, such as `challenge.passed`.' })
  readonly action!: string

  @Field(() => Int, { description: 'The version of this format.' })
  readonly version!: number

  @Field(() => GraphQLDateTimeISO, { description: 'When it happened.' })
  readonly occurredAt!: Date

  @Field(() => AuditActorObject, { description: 'Who did it.' })
  readonly actor!: AuditActorObject

  @Field(() => [AuditTargetObject], { description: 'What the event is about.' })
  readonly targets!: readonly AuditTargetObject[]

  @Field(() => ID, { nullable: true, description: 'The organization that the event belongs to.' })
  readonly organizationId!: string | null

  @Field(() => AuditOutcomeEnum, { description: 'The outcome.' })
  readonly outcome!: AuditOutcome

  @Field(() => String, { nullable: true, description: 'The reason, in a word.' })
  readonly reason!: string | null

  @Field(() => AuditRiskObject, { nullable: true, description: 'The risk assessment of the event.' })
  readonly risk!: AuditRiskObject | null

  @Field(() => AuditEventContextObject, {
    nullable: true,
    description: 'The request that caused it. Null if none did.',
  })
  readonly context!: AuditEventContextObject | null

  @Field(() => GraphQLJSONObject, { description: 'More facts as plain values. Never contains a secret.' })
  readonly metadata!: object

  @Field(() => String, { description: 'The hash of the previous event.' })
  readonly previousHash!: string

  @Field(() => String, {
    description:
      'SHA-256 over everything else in the event, in hexadecimal. Personal parts are included as commitments.',
  })
  readonly hash!: string
}

@InputType('AuditEventFilter', { description: 'A filter for audit events. Parts that are left out do not filter.' })
export class AuditEventFilterInput {
  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Events at or after this time.' })
  readonly from?: Date | null

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'Events before this time.' })
  readonly until?: Date | null

  @Field(() => [String], { nullable: true, description: 'Any of these actions.' })
  readonly actions?: readonly string[] | null

  @Field(() => AuditOutcomeEnum, { nullable: true, description: 'Only events with this outcome.' })
  readonly outcome?: AuditOutcome | null

  @Field(() => ID, { nullable: true, description: 'The account that acted or that the event is about.' })
  readonly accountId?: string | null
}
