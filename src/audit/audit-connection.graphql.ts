import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { enumOf } from '../kernel/enums.graphql.js'
import { AuditEventObject } from './audit.graphql.js'
import { CHAIN_FAULTS, type ChainFault } from './verify/chain-break.js'

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
    EDITED: { description: 'An event was changed.' },
    DELETED: { description: 'Events or checkpoints are missing in between.' },
    REORDERED: { description: 'An event was moved to another place in its stream.' },
    INSERTED: { description: 'An event was inserted.' },
    TRUNCATED: {
      description: 'A stream ends before its checkpoint says, or the log ends before the noted checkpoint.',
    },
    REWRITTEN: {
      description: 'A part is consistent but is not what a checkpoint covers, or not the noted checkpoint.',
    },
    FORGED: { description: 'A checkpoint was not signed by this installation, or does not match its events.' },
  },
})

@ObjectType('AuditChainBreak', { description: 'The first place where the audit log is broken.' })
export class AuditChainBreakObject {
  @Field(() => ChainFaultEnum, { description: 'What was done to it.' })
  readonly fault!: ChainFault

  @Field(() => Int, { nullable: true, description: 'The checkpoint that shows it. Null if none covers the place.' })
  readonly checkpoint!: number | null

  @Field(() => ID, { nullable: true, description: 'The stream. Null if the checkpoint itself is wrong.' })
  readonly stream!: string | null

  @Field(() => Float, { nullable: true, description: 'The place in the stream.' })
  readonly sequence!: number | null

  @Field(() => ID, { nullable: true, description: 'The event found there; null when there is none.' })
  readonly eventId!: string | null

  @Field(() => String, { description: 'The same in a sentence.' })
  readonly detail!: string
}

@ObjectType('AuditChainReport', { description: 'The result of checking the audit log.' })
export class AuditChainReportObject {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether every event is as it was written. Null while the check is not finished.',
  })
  readonly intact!: boolean | null

  @Field(() => Boolean, { description: 'Whether the check went to the end of the log, or to the first break.' })
  readonly finished!: boolean

  @Field(() => String, {
    nullable: true,
    description: 'Where to go on: the `after` of the next call. Null when the check is finished.',
  })
  readonly endCursor!: string | null

  @Field(() => Int, { description: 'How many events this call checked and found whole.' })
  readonly checked!: number

  @Field(() => Float, {
    nullable: true,
    description: 'How many events are verified so far, with those up to `after`. Null for a broken log.',
  })
  readonly verified!: number | null

  @Field(() => Float, {
    nullable: true,
    description: 'About how many events there are, by the store’s own count. Null for a broken log.',
  })
  readonly total!: number | null

  @Field(() => Int, { description: 'How many of them have lost what was personal, because their account was erased.' })
  readonly erased!: number

  @Field(() => AuditChainBreakObject, { nullable: true, description: 'The first break; null when there is none.' })
  readonly firstBreak!: AuditChainBreakObject | null

  @Field(() => Int, { description: 'How many of them no checkpoint covers yet.' })
  readonly uncovered!: number

  @Field(() => Int, { nullable: true, description: 'The number of the last checkpoint of an intact log.' })
  readonly checkpointNumber!: number | null

  @Field(() => String, {
    nullable: true,
    description:
      'The hash of that checkpoint. Note both in another place to detect later that the log was cut off or rewritten.',
  })
  readonly checkpointHash!: string | null
}
