import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { enumOf } from '../kernel/enums.graphql.js'
import { AuditEventObject } from './audit.graphql.js'
import { CHAIN_FAULTS, type ChainFault } from './verify-chain.js'

@ObjectType('PageInfo', { description: 'Where a page lies in its connection (Relay).' })
export class PageInfoObject {
  @Field(() => Boolean, { description: 'Whether there is more after this page.' })
  readonly hasNextPage!: boolean

  @Field(() => Boolean, { description: 'Whether there is more before this page.' })
  readonly hasPreviousPage!: boolean

  @Field(() => String, { nullable: true, description: 'The cursor of the first edge.' })
  readonly startCursor!: string | null

  @Field(() => String, { nullable: true, description: 'The cursor of the last edge.' })
  readonly endCursor!: string | null
}

@ObjectType('AuditEventEdge', { description: 'An audit event and its place in the connection.' })
export class AuditEventEdgeObject {
  @Field(() => String, { description: 'Opaque; give it to `after` or `before`.' })
  readonly cursor!: string

  @Field(() => AuditEventObject, { description: 'The event.' })
  readonly node!: AuditEventObject
}

@ObjectType('AuditEventConnection', { description: 'A page of audit events, newest first.' })
export class AuditEventConnectionObject {
  @Field(() => [AuditEventEdgeObject], { description: 'The events of this page.' })
  readonly edges!: readonly AuditEventEdgeObject[]

  @Field(() => PageInfoObject, { description: 'Where the page lies.' })
  readonly pageInfo!: PageInfoObject
}

const ChainFaultEnum = enumOf(CHAIN_FAULTS)
registerEnumType(ChainFaultEnum, {
  name: 'AuditChainFault',
  description: 'What was done to the audit log.',
  valuesConfig: {
    EDITED: { description: 'An event is not what was written.' },
    DELETED: { description: 'Events are missing between others.' },
    REORDERED: { description: 'An event stands in another place than it was written to.' },
    INSERTED: { description: 'An event was put in later.' },
    TRUNCATED: { description: 'The log ends before the head that was expected.' },
    REWRITTEN: { description: 'The log is whole in itself but is not the one that was expected.' },
  },
})

@ObjectType('AuditChainBreak', { description: 'The first place where the chain of the audit log does not hold.' })
export class AuditChainBreakObject {
  @Field(() => ChainFaultEnum, { description: 'What was done to it.' })
  readonly fault!: ChainFault

  @Field(() => Float, { description: 'The place in the chain.' })
  readonly sequence!: number

  @Field(() => ID, { nullable: true, description: 'The event found there; null when there is none.' })
  readonly eventId!: string | null

  @Field(() => String, { description: 'The same in a sentence.' })
  readonly detail!: string
}

@ObjectType('AuditChainReport', { description: 'The result of checking the whole audit log.' })
export class AuditChainReportObject {
  @Field(() => Boolean, { description: 'Whether every event is as it was written.' })
  readonly intact!: boolean

  @Field(() => Int, { description: 'How many events were checked and found whole.' })
  readonly checked!: number

  @Field(() => Int, { description: 'How many of them have lost what was personal, because their account was erased.' })
  readonly erased!: number

  @Field(() => AuditChainBreakObject, { nullable: true, description: 'The first break; null when there is none.' })
  readonly firstBreak!: AuditChainBreakObject | null

  @Field(() => Float, { nullable: true, description: 'The last place of an intact chain; note it elsewhere.' })
  readonly headSequence!: number | null

  @Field(() => String, {
    nullable: true,
    description: 'The hash there; together they show later that nothing was cut off.',
  })
  readonly headHash!: string | null
}
