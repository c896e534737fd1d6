import { GraphQLDateTimeISO } from 'graphql-scalars'
import { Field, ID, InputType } from 'type-graphql'
import type { AuditOutcome } from './audit-event.js'
import { AuditOutcomeEnum } from './audit.graphql.js'

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

  @Field(() => ID, {
    nullable: true,
    description: 'The request: an `X-Request-Id`, or the reference that a person was given, in any case and spacing.',
  })
  readonly requestId?: string | null
}
