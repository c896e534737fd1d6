import type { Budget } from './budgets.js'
import { counterOf, type Counter } from './counter.js'
import type { LimitsDeps } from './spend.js'

/** Successful sign-ins, counted in memory and written to the store in batches, so that most of them write nothing. */
export interface SuccessCount {
  counterFor(key: string, now: Date): Counter
  /** What the counter would reach if everything in flight succeeds. `stored` is the value just read. */
  worstCase(counter: Counter, stored: number): number
  /** Whether the counter would reach its budget if everything in flight succeeds. `stored` is the value just read. */
  isFull(counter: Counter, stored: number): boolean
  begin(counter: Counter, stored: number): void
  /** Returns whether this success used up the budget; true once per window in each process. */
  endAsSuccess(counter: Counter): Promise<boolean>
  endWithoutSuccess(counter: Counter): void
  /** Number of counters in memory. */
  size(): number
}

interface Known {
  /** The highest count the store is known to hold. */
  written: number
  unwritten: number
  /** How many of the unwritten ones are being written now. */
  beingWritten: number
  inFlight: number
  isReported: boolean
}

/** A tenth of the budget is written at once, so a process that stops loses less than that. */
const BATCHES = 10

/**
 * The count is exact within a process. Another process sees a success once its batch is written, so P processes may
 * allow up to P − 1 tenths more than the budget. Counters in memory are dropped when their window ends.
 */
export function countSuccesses(deps: Pick<LimitsDeps, 'limits' | 'secrets'>, budget: Budget): SuccessCount {
  const batch = Math.max(1, Math.floor(budget.count / BATCHES))
  let entries = new Map<string, Known>()
  let windowEndsAt = 0

  function known({ id, endsAt }: Counter): Known {
    if (endsAt.getTime() > windowEndsAt) {
      entries = new Map()
      windowEndsAt = endsAt.getTime()
    }
    const entry = entries.get(id) ?? { written: 0, unwritten: 0, beingWritten: 0, inFlight: 0, isReported: false }
    entries.set(id, entry)
    return entry
  }

  async function write({ id, endsAt }: Counter, entry: Known, due: number): Promise<void> {
    entry.beingWritten += due
    try {
      const stored = await deps.limits.increment(id, endsAt, due)
      entry.unwritten -= due
      entry.written = Math.max(entry.written, stored)
    } finally {
      entry.beingWritten -= due
    }
  }

  const worstCase = ({ id }: Counter, stored: number): number => {
    const entry = entries.get(id)
    const written = Math.max(entry?.written ?? 0, stored)
    return written + (entry?.unwritten ?? 0) + (entry?.inFlight ?? 0)
  }

  return {
    counterFor: (key, now) => counterOf(deps.secrets, budget, key, now),
    worstCase,
    isFull: (counter, stored) => worstCase(counter, stored) >= budget.count,
    begin: (counter, stored) => {
      const entry = known(counter)
      entry.written = Math.max(entry.written, stored)
      entry.inFlight += 1
    },
    endAsSuccess: async (counter) => {
      const entry = known(counter)
      entry.inFlight = Math.max(0, entry.inFlight - 1)
      entry.unwritten += 1
      const isFull = entry.written + entry.unwritten >= budget.count
      const isNews = isFull && !entry.isReported
      entry.isReported ||= isFull
      const due = entry.unwritten - entry.beingWritten
      if (due >= batch || isFull) await write(counter, entry, due)
      return isNews
    },
    endWithoutSuccess: (counter) => {
      const entry = entries.get(counter.id)
      if (!entry) return
      entry.inFlight = Math.max(0, entry.inFlight - 1)
      if (entry.inFlight + entry.unwritten + entry.written === 0) entries.delete(counter.id)
    },
    size: () => entries.size,
  }
}
