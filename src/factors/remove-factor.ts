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
  const outcome = await deps.factors.remove({
    accountId: input.accountId,
    factorId: input.factorId,
    keep: input.sessionId,
    wanted: input.wanted,
    at: deps.clock.now(),
  })
  if (outcome.kind === 'unknown') return outcome.kind
  const actor = accountActor(input.accountId)
  const { context } = input
  await deps.audit.record([
    {
      action: 'factor.removed',
      actor,
      targets: [{ id: input.factorId, type: 'FACTOR' }],
      outcome: outcome.kind === 'removed' ? 'SUCCESS' : 'DENIED',
      reason: outcome.kind === 'removed' ? null : 'last-factor',
      context,
    },
    ...(outcome.kind === 'removed' ? lostTrustEvents(outcome.lost, { actor, context, reason: 'factor-removed' }) : []),
  ])
  return outcome.kind
}
