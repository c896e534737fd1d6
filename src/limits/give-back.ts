import { counterOf } from './counter.js'
import type { Spending } from './spend-all.js'
import type { LimitsDeps } from './spend.js'

/**
 * Gives back what was spent when something failed through no fault of the caller, such as a message while the mail
 * server is down. If the window has changed since, the new window gains one, or nothing changes.
 */
export async function giveBack({ limits, secrets, clock }: LimitsDeps, spendings: readonly Spending[]): Promise<void> {
  const now = clock.now()
  for (const { budget, key } of spendings) await limits.decrement(counterOf(secrets, budget, key, now).id)
}
