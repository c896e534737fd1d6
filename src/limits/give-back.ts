import { counterOf } from './counter.js'
import type { Spending } from './spend-all.js'
import type { LimitsDeps } from './spend.js'

/**
 * Gives back what was spent on something that did not happen through no fault of the caller, such as a message while the
 * mail server is down. In another window than it was spent in, there is one more or nothing to give back.
 */
export async function giveBack({ limits, secrets, clock }: LimitsDeps, spendings: readonly Spending[]): Promise<void> {
  const now = clock.now()
  for (const { budget, key } of spendings) await limits.decrement(counterOf(secrets, budget, key, now).id)
}
