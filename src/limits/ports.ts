/** Counters that expire by themselves. All methods throw `Unavailable` when the store does not answer. */
export interface LimitsStore {
  /** The counts of these counters, in one read; a counter that was never written is absent. */
  counts(ids: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** Adds one, or `by`, in one atomic step, creates a missing counter, and returns the new count. */
  increment(id: string, expiresAt: Date, by?: number): Promise<number>
  /** Subtracts one, or `by`, in one atomic step; not at all if that is below zero or the counter is missing. */
  decrement(id: string, by?: number): Promise<void>
  /** Removes counters early. */
  forget(ids: readonly string[]): Promise<void>
}
