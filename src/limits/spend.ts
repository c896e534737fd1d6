import type { Clock } from '../kernel/clock.js'
import type { Secrets } from '../kernel/secrets.js'
import type { Budget } from './budgets.js'
import { counterOf, secondsLeft } from './counter.js'
import type { LimitsStore } from './ports.js'
import type { SharedNetworks } from './shared-networks.js'

export interface LimitsDeps {
  readonly limits: LimitsStore
  readonly secrets: Pick<Secrets, 'keyedHash'>
  readonly clock: Clock
  /** Widens the budgets that an address shares with its network; without it no network has wider ones. */
  readonly sharedNetworks?: SharedNetworks
}

export type SpendOutcome =
  /** `left`: what the budget still allows until `endsInSeconds` have passed. */
  | { readonly kind: 'allowed'; readonly left: number; readonly endsInSeconds: number }
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
  const endsInSeconds = secondsLeft(counter, now)
  if (count <= budget.count) return { kind: 'allowed', left: budget.count - count, endsInSeconds }
  return { kind: 'refused', retryAfterSeconds: endsInSeconds, first: count === budget.count + 1 }
}
