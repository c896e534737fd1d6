import { secondsBetween } from '../kernel/clock.js'
import type { Secrets } from '../kernel/secrets.js'
import { windowOf, type Budget } from './budgets.js'

/** One caller's budget in the current window. */
export interface Counter {
  readonly id: string
  readonly budget: Budget
  readonly endsAt: Date
}

/** The counter of a key. Addresses and names are stored only as keyed hashes; only the audit log has them in full. */
export function counterOf(secrets: Pick<Secrets, 'keyedHash'>, budget: Budget, key: string, now: Date): Counter {
  const { startedAt, endsAt } = windowOf(budget, now)
  const hashed = secrets.keyedHash(`limits/${budget.name}`, key)
  return { id: `${budget.name}:${hashed}:${startedAt.getTime() / 1000}`, budget, endsAt }
}

export const secondsLeft = (counter: Counter, now: Date): number =>
  Math.max(1, Math.ceil(secondsBetween(now, counter.endsAt)))
