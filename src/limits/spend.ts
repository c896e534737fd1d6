import type { Clock } from '../kernel/clock.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Budget } from './budgets.js'
import { counterOf, secondsLeft } from './counter.js'
import type { LimitsStore } from './ports.js'

export interface LimitsDeps {
  readonly limits: LimitsStore
  readonly secrets: Pick<Secrets, 'keyedHash'>
  readonly clock: Clock
}

export type SpendOutcome =
  | { readonly kind: 'allowed' }
  /** `first`: the first refusal in this window, the one to record in the audit log. */
  | { readonly kind: 'refused'; readonly retryAfterSeconds: number; readonly first: boolean }

/**
 * Spends one of a budget: one atomic addition, so it is exact however many callers and processes share it. `key` is
 * what the budget is counted by: an `addressKey`, a normalised destination, an account id.
 */
export async function spend(deps: LimitsDeps, budget: Budget, key: string): Promise<SpendOutcome> {
  const now = deps.clock.now()
  const counter = counterOf(deps.secrets, budget, key, now)
  const count = await deps.limits.increment(counter.id, counter.endsAt)
  if (count <= budget.count) return { kind: 'allowed' }
  return { kind: 'refused', retryAfterSeconds: secondsLeft(counter, now), first: count === budget.count + 1 }
}
