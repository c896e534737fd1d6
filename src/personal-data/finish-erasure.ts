import {
  accountActor,
  eraseEvents,
  type AuditLog,
  type AuditStore,
  type EraseEventsOutcome,
  type NewAuditEvent,
} from '../audit/index.js'
import { secondsAfter } from '../kernel/clock.js'
import type { AccountId } from '../kernel/ids.js'
import type { Notices } from '../kernel/notices.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { LimitsDeps } from '../limits/index.js'
import { renewed, type LeaseDeps } from './lease.js'
import type { Erasure, ErasureLease, ErasureStep, ErasureStore, WaitingStores } from './ports.js'

export interface FinishErasureDeps extends LeaseDeps {
  readonly erasures: ErasureStore
  readonly waiting: WaitingStores
  readonly limits: Pick<LimitsDeps, 'limits'>
  readonly auditStore: Pick<AuditStore, 'erase'>
  readonly audit: AuditLog
  readonly notices: Notices
}

export interface FinishErasureInput {
  readonly accountId: AccountId
  readonly erasure: Erasure
  readonly lease: ErasureLease
  /** The request that began it; null when it is resumed, because the request is not stored. */
  readonly context: AuditContext | null
}

/**
 * Requests that were under way when the account was closed, and retried mail, may still write about it. All of them
 * have ended after this time.
 */
const LATE_SECONDS = 900

/**
 * Does the remaining steps of an erasure. Each step can be repeated, and none begins before its predecessor is
 * recorded: if a process dies half way, another one resumes, and two that work at the same time do no harm.
 */
export async function finishErasure(deps: FinishErasureDeps, input: FinishErasureInput): Promise<void> {
  const { accountId, erasure, lease, context } = input
  const reach = (step: ErasureStep) => deps.erasures.advance(accountId, renewed(deps, lease), step)
  // Only of versions whose events did not travel with the change.
  if (erasure.step === 'CLOSED') {
    await deps.audit.record([beginningEvent(accountId, erasure, context)])
    if (!(await reach('RECORDED'))) return
  }
  if (erasure.step !== 'TOLD') {
    await tell(deps, accountId, erasure, context)
    if (!(await reach('TOLD'))) return
  }
  const { emailKey } = erasure
  await deps.waiting.confirmations.forget({ accountId, emailKey })
  await deps.waiting.links.forget({ accountId, emailKey })
  await deps.waiting.invitations.forget(emailKey)
  await deps.limits.limits.forget(erasure.counters)
  // What waits in the document must not reach the log after this, and the beginning has to be on record before.
  await deps.audit.settle(accountId)
  const erased = await eraseEvents(deps.auditStore, accountId, () => reach('TOLD'))
  if (erased === null) return
  await deps.erasures.bury(accountId, secondsAfter(deps.clock.now(), LATE_SECONDS))
  if (await deps.erasures.remove(accountId, lease)) await recordEnd(deps, accountId, erased)
}

/** The beginning. Nothing may be removed from the audit log before it is there. */
export function beginningEvent(
  accountId: AccountId,
  { begunBy }: Erasure,
  context: AuditContext | null,
): NewAuditEvent {
  const { action, accountId: actor, ground } = begunBy
  return {
    action,
    actor: accountActor(actor),
    targets: [{ id: accountId, type: 'ACCOUNT' }],
    outcome: 'SUCCESS',
    context,
    metadata: ground === null ? {} : { ground },
  }
}

/** Records the end, and notes that it is recorded. */
export async function recordEnd(
  { audit, erasures }: Pick<FinishErasureDeps, 'audit' | 'erasures'>,
  accountId: AccountId,
  { erased, unerasable }: EraseEventsOutcome,
): Promise<void> {
  await audit.record([
    {
      action: 'account.erased',
      actor: { id: null, type: 'SYSTEM' },
      targets: [{ id: accountId, type: 'ACCOUNT' }],
      outcome: 'SUCCESS',
      context: null,
      metadata: { events: erased, unerasableEvents: unerasable },
    },
  ])
  await erasures.noteEnd(accountId)
}

/** A resumed erasure no longer knows where the request came from, and an operator's location is never disclosed. */
function tell({ notices }: FinishErasureDeps, accountId: AccountId, erasure: Erasure, context: AuditContext | null) {
  const { begunBy, addresses, language } = erasure
  const isOwn = begunBy.action === 'account.closed'
  return notices.tell({
    name: isOwn ? 'account-closed' : 'account-erased',
    to: { accountId, addresses, language },
    context: isOwn && context ? context : NOWHERE,
    details: {},
    takesBack: null,
  })
}

const NOWHERE: AuditContext = Object.freeze({
  requestId: 'erasure',
  origin: { address: '', userAgent: '', clientHints: { brands: '', mobile: '', platform: '' }, language: '' },
  operation: null,
  sessionId: null,
  deviceId: null,
})
