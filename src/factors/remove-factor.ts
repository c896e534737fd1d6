import { accountActor, lostTrustEvents, type AuditLog } from '../audit/index.js'
import type { Clock } from '../kernel/clock.js'
import type { WantedFactor } from '../kernel/factors-left.js'
import type { AccountId, FactorId, SessionId } from '../kernel/ids.js'
import type { AuditContext } from '../kernel/request-context.js'
import type { FactorStore } from './ports.js'

export interface RemoveFactorDeps {
  readonly factors: FactorStore
  readonly audit: AuditLog
  readonly clock: Clock
}

export interface RemoveFactorInput {
  readonly accountId: AccountId
  readonly sessionId: SessionId
  readonly factorId: FactorId
  /** What must be left: one factor for each; empty: the account may be left without a second factor. */
  readonly wanted: readonly WantedFactor[]
  readonly context: AuditContext
}

/** Removes a factor permanently; other sessions and remembered devices end with it. */
export async function removeFactor(
  deps: RemoveFactorDeps,
  input: RemoveFactorInput,
): Promise<'removed' | 'last' | 'unknown'> {
  const { accountId, factorId, sessionId: keep, wanted, context } = input
  const actor = accountActor(accountId)
  const event = { action: 'factor.removed', actor, targets: [{ id: factorId, type: 'FACTOR' }], context } as const
  const removal = { accountId, factorId, keep, wanted, at: deps.clock.now() }
  const { kind } = await deps.factors.remove(removal, (lost) =>
    deps.audit.prepare([
      { ...event, outcome: 'SUCCESS', reason: null },
      ...lostTrustEvents(lost, { actor, context, reason: 'factor-removed' }),
    ]),
  )
  if (kind === 'last') await deps.audit.record([{ ...event, outcome: 'DENIED', reason: 'last-factor' }])
  return kind
}
