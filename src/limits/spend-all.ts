import type { Budget, BudgetName } from './budgets.js'
import { counterOf, secondsLeft, type Counter } from './counter.js'
import type { LimitsDeps } from './spend.js'

/** A budget and the key it is counted under. */
export interface Spending {
  readonly budget: Budget
  readonly key: string
}

export type SpendAllOutcome =
  | { readonly kind: 'allowed' }
  /** `firstRefusals`: budgets that refused no caller earlier in this window, to be recorded in the audit log. */
  | {
      readonly kind: 'refused'
      readonly retryAfterSeconds: number
      readonly firstRefusals: readonly BudgetName[]
    }

/**
 * Spends one of each budget, or of none when one is used up. Pass them from narrow to wide: callers that race for the
 * last of a narrow budget and lose stop there, so no caller can use up a shared budget with a thousand parallel calls.
 */
export async function spendAll(deps: LimitsDeps, spendings: readonly Spending[]): Promise<SpendAllOutcome> {
  const now = deps.clock.now()
  const counters = spendings.map(({ budget, key }) => counterOf(deps.secrets, budget, key, now))
  const counts = await deps.limits.counts(counters.map(({ id }) => id))
  const countOf = ({ id }: Counter): number => counts.get(id) ?? 0
  const full = counters.filter((counter) => countOf(counter) >= counter.budget.count)
  if (full.length > 0) {
    // A counter one above its limit is marked as reported, so refusals after the first write nothing.
    const unreported = full.filter((counter) => countOf(counter) === counter.budget.count)
    const marked = await Promise.all(unreported.map((counter) => increment(deps, counter)))
    return refusedBy(full, now, marked)
  }
  for (const counter of counters) {
    const spent = await increment(deps, counter)
    if (spent.count > counter.budget.count) return refusedBy([counter], now, [spent])
  }
  return { kind: 'allowed' }
}

interface Counted {
  readonly counter: Counter
  readonly count: number
}

const increment = async ({ limits }: LimitsDeps, counter: Counter): Promise<Counted> => ({
  counter,
  count: await limits.increment(counter.id, counter.endsAt),
})

function refusedBy(full: readonly Counter[], now: Date, counted: readonly Counted[]): SpendAllOutcome {
  const first = counted.filter(({ counter, count }) => count === counter.budget.count + 1)
  return {
    kind: 'refused',
    retryAfterSeconds: Math.max(...full.map((counter) => secondsLeft(counter, now))),
    firstRefusals: first.map(({ counter }) => counter.budget.name),
  }
}
