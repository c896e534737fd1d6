import type { Budget, BudgetName } from './budgets.js'
import { counterOf, secondsLeft, type Counter } from './counter.js'
import type { LimitsDeps } from './spend.js'

/** A budget and what it is counted by. */
export interface Spending {
  readonly budget: Budget
  readonly key: string
}

export type SpendAllOutcome =
  | { readonly kind: 'allowed' }
  /** `firstRefusals`: budgets nobody was refused by in this window before: to be written to the audit log. */
  | {
      readonly kind: 'refused'
      readonly retryAfterSeconds: number
      readonly firstRefusals: readonly BudgetName[]
    }

/**
 * Spends one of several budgets, or of none when one is used up. Give them from narrow to wide: where callers race for
 * the last of a narrow one, those who come too late stop there, so nobody can use up what is meant for everybody by
 * asking a thousand times at once.
 */
export async function spendAll(deps: LimitsDeps, spendings: readonly Spending[]): Promise<SpendAllOutcome> {
  const now = deps.clock.now()
  const counters = spendings.map(({ budget, key }) => counterOf(deps.secrets, budget, key, now))
  const counts = await deps.limits.counts(counters.map(({ id }) => id))
  const countOf = ({ id }: Counter): number => counts.get(id) ?? 0
  const full = counters.filter((counter) => countOf(counter) >= counter.budget.count)
  if (full.length > 0) {
    // One beyond its count marks a used-up budget as reported, so a refusal after the first writes nothing.
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
