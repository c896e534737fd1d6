import { Arg, Float, ID, Int, Query, Resolver } from 'type-graphql'
import { z } from 'zod'
import { AuditChainReportObject, AuditEventConnectionObject } from '../audit/audit-connection.graphql.js'
import { AuditEventFilterInput, AuditEventObject } from '../audit/audit.graphql.js'
import {
  AUDIT_OUTCOMES,
  findEvents,
  isAuditAction,
  verifyChain,
  type AuditFilter,
  type AuditStore,
} from '../audit/index.js'
import { Guard, type GuardArguments } from '../kernel/guard.graphql.js'
import { refuse } from '../kernel/refusal.js'

const REVIEW: GuardArguments = { access: 'ADMIN', assurance: 'MFA', withinSeconds: 900, purpose: 'admin.audit' }
const ID_SHAPE = z.string().regex(/^[A-Za-z0-9_-]{1,128}$/)

const filterShape = z.object({
  from: z.date().nullish(),
  until: z.date().nullish(),
  actions: z.array(z.string().refine(isAuditAction)).max(100).nullish(),
  outcome: z.enum(AUDIT_OUTCOMES).nullish(),
  accountId: ID_SHAPE.nullish(),
})

const expectedShape = z.object({
  sequence: z.number().int().positive().nullish(),
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullish(),
})

const MESSAGES = {
  'bad-cursor': 'The cursor is not one of this connection.',
  'bad-page-size': 'Ask for 1 to 100 events, with either `first` or `last`.',
  'bad-range': '`from` has to lie before `until`.',
} as const

/** What operators see of the audit log. */
@Resolver()
export class AuditResolver {
  constructor(private readonly deps: { readonly store: AuditStore }) {}

  @Guard(REVIEW)
  @Query(() => AuditEventConnectionObject, { description: 'Audit events, newest first.' })
  async auditEvents(
    @Arg('filter', () => AuditEventFilterInput, { nullable: true, description: 'Which events; all by default.' })
    filter: AuditEventFilterInput | null,
    @Arg('first', () => Int, { nullable: true, description: 'How many, at most 100; 20 by default.' })
    first: number | null,
    @Arg('after', () => String, { nullable: true, description: 'A cursor: only older events than this one.' })
    after: string | null,
    @Arg('last', () => Int, { nullable: true, description: 'How many towards newer events; not with `first`.' })
    last: number | null,
    @Arg('before', () => String, { nullable: true, description: 'A cursor: only newer events than this one.' })
    before: string | null,
  ): Promise<AuditEventConnectionObject> {
    const outcome = await findEvents(this.deps.store, { filter: readFilter(filter), first, after, last, before })
    if (outcome.kind !== 'found') throw refuse('BAD_USER_INPUT', { message: MESSAGES[outcome.kind] })
    return outcome.page
  }

  @Guard(REVIEW)
  @Query(() => AuditEventObject, { nullable: true, description: 'One audit event; null when there is none.' })
  async auditEvent(
    @Arg('id', () => ID, { description: 'The id of the event.' }) id: string,
  ): Promise<AuditEventObject | null> {
    const parsed = ID_SHAPE.safeParse(id)
    return parsed.success ? this.deps.store.findById(parsed.data) : null
  }

  @Guard(REVIEW)
  @Query(() => AuditChainReportObject, { description: 'Checks the whole audit log, from the first event on.' })
  async verifyAuditChain(
    @Arg('expectedSequence', () => Float, { nullable: true, description: 'A head noted earlier: its place.' })
    expectedSequence: number | null,
    @Arg('expectedHash', () => String, { nullable: true, description: 'A head noted earlier: its hash.' })
    expectedHash: string | null,
  ): Promise<AuditChainReportObject> {
    const outcome = await verifyChain(this.deps.store, readExpected(expectedSequence, expectedHash))
    if (outcome.kind === 'broken') {
      const { checked, break: firstBreak } = outcome
      return { intact: false, checked, erased: 0, firstBreak, headSequence: null, headHash: null }
    }
    const { checked, erased, head } = outcome
    return { intact: true, checked, erased, firstBreak: null, headSequence: head.sequence, headHash: head.hash }
  }
}

function readFilter(given: AuditEventFilterInput | null | undefined): AuditFilter {
  const parsed = filterShape.safeParse(given ?? {})
  if (!parsed.success)
    throw refuse('BAD_USER_INPUT', { message: 'The filter is malformed or names an unknown action.' })
  const { from, until, actions, outcome, accountId } = parsed.data
  return {
    ...(from ? { from } : {}),
    ...(until ? { until } : {}),
    ...(actions ? { actions } : {}),
    ...(outcome ? { outcome } : {}),
    ...(accountId ? { accountId } : {}),
  }
}

function readExpected(sequence: number | null, hash: string | null) {
  const parsed = expectedShape.safeParse({ sequence, hash })
  const expected = parsed.data
  if (!expected || (expected.hash && !expected.sequence)) {
    throw refuse('BAD_USER_INPUT', { message: 'The expected head is a place and, with it, a hash in hexadecimal.' })
  }
  if (!expected.sequence) return {}
  return { expected: { sequence: expected.sequence, ...(expected.hash ? { hash: expected.hash } : {}) } }
}
