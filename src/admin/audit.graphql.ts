import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql'
import { z } from 'zod'
import { AuditChainReportObject, AuditEventConnectionObject } from '../audit/audit-connection.graphql.js'
import { AuditEventFilterInput } from '../audit/audit-filter.graphql.js'
import { AuditEventObject } from '../audit/audit.graphql.js'
import {
  AUDIT_OUTCOMES,
  findEvents,
  isAuditAction,
  type AuditFilter,
  type AuditStore,
  type AuditVerifier,
  type NotedCheckpoint,
} from '../audit/index.js'
import { secondsAfter, type Clock } from '../kernel/clock.js'
import { Guard, type GuardArguments } from '../kernel/guard.graphql.js'
import { refuse } from '../kernel/refusal.js'
import type { RequestContext } from '../kernel/request-context.js'
import { presentEvent } from './present-event.js'
import { findReferredEvent, requestIdsOf } from './reference.js'
import { presentReport } from './present-report.js'

const REVIEW: GuardArguments = { access: 'ADMIN', assurance: 'MFA', withinSeconds: 900, purpose: 'admin.audit' }
const ID_SHAPE = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/)

const filterShape = z.object({
  from: z.date().nullish(),
  until: z.date().nullish(),
  actions: z.array(z.string().refine(isAuditAction)).max(100).nullish(),
  outcome: z.enum(AUDIT_OUTCOMES).nullish(),
  accountId: ID_SHAPE.nullish(),
  requestId: z
    .string()
    .transform(requestIdsOf)
    .refine((ids) => ids.length > 0)
    .nullish(),
})

const notedShape = z.object({
  number: z.number().int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})

const SENTENCES = {
  'bad-cursor': 'cursor.connection',
  'bad-page-size': 'audit.bad-page-size',
  'bad-range': 'audit.bad-range',
} as const

/** What operators see of the audit log. */
export interface AuditResolverDeps {
  readonly store: AuditStore
  readonly verifier: AuditVerifier
  readonly clock: Clock
  /** How long one call checks the log. */
  readonly verifySeconds: number
}

@Resolver()
export class AuditResolver {
  constructor(private readonly deps: AuditResolverDeps) {}

  @Guard(REVIEW)
  @Query(() => AuditEventConnectionObject, { description: 'Audit events, newest first.' })
  async auditEvents(
    @Arg('filter', () => AuditEventFilterInput, { nullable: true, description: 'Which events; all by default.' })
    filter: AuditEventFilterInput | null,
    @Arg('first', () => Int, { nullable: true, description: 'How many, at most 100; 20 by default.' })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: only older events than this one.' })
    after: string | null,
    @Arg('last', () => Int, {
      nullable: true,
      description: 'How many towards newer events; cannot be combined with `first`.',
    })
    last: number | null,
    @Arg('before', () => String, { nullable: true, description: 'A cursor: only newer events than this one.' })
    before: string | null,
    @Ctx() { say }: RequestContext,
  ): Promise<AuditEventConnectionObject> {
    const outcome = await findEvents(this.deps.store, { filter: readFilter(filter), first, after, last, before })
    if (outcome.kind !== 'found') throw refuse('BAD_USER_INPUT', { says: SENTENCES[outcome.kind] })
    const { edges, pageInfo } = outcome.page
    return { edges: edges.map(({ cursor, node }) => ({ cursor, node: presentEvent(node, say) })), pageInfo }
  }

  @Guard(REVIEW)
  @Query(() => AuditEventObject, {
    nullable: true,
    description:
      'One audit event, by its id or by the reference that a person was given; null when there is none. If the ' +
      'request of a reference has several events, a block comes first, then the newest.',
  })
  async auditEvent(
    @Arg('id', () => ID, { description: 'The id of the event, or the reference.' }) id: string,
    @Ctx() { say }: RequestContext,
  ): Promise<AuditEventObject | null> {
    const event = await findReferredEvent(this.deps.store, id)
    return event && presentEvent(event, say)
  }

  @Guard(REVIEW)
  @Query(() => AuditChainReportObject, {
    description:
      'Checks the audit log: every stream, every checkpoint, and the events that each checkpoint covers. A call works for a few seconds. If it is not `finished` then, call again with its `endCursor` as `after`.',
  })
  async verifyAuditChain(
    @Arg('checkpointNumber', () => Int, { nullable: true, description: 'The number of a checkpoint noted earlier.' })
    number: number | null,
    @Arg('checkpointHash', () => String, { nullable: true, description: 'The hash of a checkpoint noted earlier.' })
    hash: string | null,
    @Arg('after', () => String, {
      nullable: true,
      description:
        'The `endCursor` of an unfinished check, or a checkpoint noted earlier as `number:hash`. Everything up to it is trusted, and only the events after it are checked.',
    })
    after: string | null,
  ): Promise<AuditChainReportObject> {
    const { verifier, clock, verifySeconds } = this.deps
    const input = { noted: readNoted(number, hash), after: readCursor(after) }
    const end = secondsAfter(clock.now(), verifySeconds)
    return presentReport(await verifier.verify(input, { isOver: () => clock.now() >= end }))
  }
}

function readFilter(given: AuditEventFilterInput | null | undefined): AuditFilter {
  const parsed = filterShape.safeParse(given ?? {})
  if (!parsed.success) throw refuse('BAD_USER_INPUT', { says: 'audit.bad-filter' })
  const { from, until, actions, outcome, accountId, requestId: requestIds } = parsed.data
  return {
    ...(from ? { from } : {}),
    ...(until ? { until } : {}),
    ...(actions ? { actions } : {}),
    ...(outcome ? { outcome } : {}),
    ...(accountId ? { accountId } : {}),
    ...(requestIds ? { requestIds } : {}),
  }
}

function readNoted(number: number | null | undefined, hash: string | null | undefined): NotedCheckpoint | null {
  if (number == null && hash == null) return null
  const parsed = notedShape.safeParse({ number, hash })
  if (parsed.success) return parsed.data
  throw refuse('BAD_USER_INPUT', { says: 'audit.bad-checkpoint' })
}

function readCursor(after: string | null | undefined): NotedCheckpoint | null {
  if (after == null) return null
  const [, number, hash] = /^([1-9][0-9]{0,14}):([0-9a-f]{64})$/.exec(after) ?? []
  return readNoted(Number(number), hash ?? '')
}
