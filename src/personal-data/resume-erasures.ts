import { eraseEvents } from '../audit/index.js'
import type { AccountId } from '../kernel/ids.js'
import { finishErasure, recordEnd, type FinishErasureDeps } from './finish-erasure.js'
import { newLease } from './lease.js'

/**
 * Finishes erasures that a process died during, and cleans up late writes. Call it at the start and every few minutes.
 */
export async function resumeErasures(deps: FinishErasureDeps): Promise<void> {
  for (const accountId of await deps.erasures.abandoned(deps.clock.now())) {
    const lease = newLease(deps)
    const erasure = await deps.erasures.take(accountId, lease, deps.clock.now())
    if (erasure) await finishErasure(deps, { accountId, erasure, lease, context: null })
  }
  const buried = await deps.erasures.buried(deps.clock.now())
  for (const { accountId, endNoted } of buried) await sweepUp(deps, accountId, endNoted)
  // Once for all of them: the cost grows with the size of the files.
  if (buried.length > 0) await deps.erasures.purge()
}

async function sweepUp(deps: FinishErasureDeps, accountId: AccountId, endNoted: boolean): Promise<void> {
  // By now the address may belong to another account.
  await deps.waiting.confirmations.forget({ accountId, emailKey: null })
  await deps.waiting.links.forget({ accountId, emailKey: null })
  const erased = await eraseEvents(deps.auditStore, accountId, () => Promise.resolve(true))
  if (erased && !endNoted) await recordEnd(deps, accountId, erased)
  await deps.erasures.forget(accountId)
}
