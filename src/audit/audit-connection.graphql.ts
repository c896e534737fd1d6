import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { enumOf } from '../kernel/enums.graphql.js'
import { AuditEventObject } from './audit.graphql.js'
import { CHAIN_FAULTS, type ChainFault } from './verify-chain.js'

@ObjectType('PageInfo', { description: 'The position of a page in its connection (Relay).' })
export class PageInfoObject {
  @Field(() => Boolean, { description: 'Whether there are more entries after this page.' })
  readonly hasNextPage!: boolean

  @Field(() => Boolean, { description: 'Whether there are more entries before this page.' })
  readonly hasPreviousPage!: boolean

  @Field(() => String, { nullable: true, description: 'The cursor of the first edge.' })
  readonly startCursor!: string | null

  @Field(() => String, { nullable: true, description: 'The cursor of the last edge.' })
  readonly endCursor!: string | null
}

@ObjectType('AuditEventEdge', { description: 'An audit event and its cursor.' })
export class AuditEventEdgeObject {
  @Field(() => String, { description: 'Opaque. Pass it to `after` or `before`.' })
  readonly cursor!: string

  @Field(() => AuditEventObject, { description: 'The event.' })
  readonly node!: AuditEventObject
}

@ObjectType('AuditEventConnection', { description: 'A page of audit events, newest first.' })
export class AuditEventConnectionObject {
  @Field(() => [AuditEventEdgeObject], { description: 'The events of this page.' })
  readonly edges!: readonly AuditEventEdgeObject[]

  @Field(() => PageInfoObject, { description: 'Where the page is in the connection.' })
  readonly pageInfo!: PageInfoObject
}

const ChainFaultEnum = enumOf(CHAIN_FAULTS)
registerEnumType(ChainFaultEnum, {
  name: 'AuditChainFault',
  description: 'What was done to the audit log.',
  valuesConfig: {
    EDITED: { description: 'An event was changed.' },
    DELETED: { description: 'Events are missing in between.' },
    REORDERED: { description: 'An event was moved to another place.' },
    INSERTED: { description: 'An event was inserted.' },
    TRUNCATED: { description: 'The log ends before the expected head.' },
    REWRITTEN: { description: 'The log is consistent but is not the expected one.' },
  },
})

@ObjectType('AuditChainBreak', { description: 'The first place where the audit log’s hash chain is broken.' })
export class AuditChainBreakObject {
  @Field(() => ChainFaultEnum, { description: 'What was done to the log.' })
  readonly fault!: ChainFault

  @Field(() => Float, { description: 'The place in the chain.' })
  readonly sequence!: number

  @Field(() => ID, { nullable: true, description: 'The event found there. Null if there is none.' })
  readonly eventId!: string | null

  @Field(() => String, { description: 'The fault in a sentence.' })
  readonly detail!: string
}

@ObjectType('AuditChainReport', { description: 'The result of checking the whole audit log.' })
export class AuditChainReportObject {
  @Field(() => Boolean, { description: 'Whether every event is unchanged.' })
  readonly intact!: boolean

  @Field(() => Int, { description: 'How many events were checked and are intact.' })
  readonly checked!: number

  @Field(() => Int, { description: 'How many of them lost their personal parts because the account was erased.' })
  readonly erased!: number

  @Field(() => AuditChainBreakObject, { nullable: true, description: 'The first break. Null if there is none.' })
  readonly firstBreak!: AuditChainBreakObject | null

  @Field(() => Float, { nullable: true, description: 'The number of the last event of an intact chain.' })
  readonly headSequence!: number | null

  @Field(() => String, {
    nullable: true,
    description: 'The hash of that event. Note both in another place to detect later that the log was cut off.',
  })
  readonly headHash!: string | null
}
