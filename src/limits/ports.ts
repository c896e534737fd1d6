/** Counters that end by themselves. All verbs throw `Unavailable` when the store does not answer. */
export interface LimitsStore {
  /** The counts of these counters, in one read; a counter that was never written is absent. */
  counts(ids: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** Adds one, or `by`, in one atomic step, makes the counter when it is missing, and answers the new count. */
  increment(id: string, expiresAt: Date, by?: number): Promise<number>
  /** Takes one away again, in one atomic step; never below none, and never from a counter that is missing. */
  decrement(id: string): Promise<void>
  /** Removes counters before their time. */
  forget(ids: readonly string[]): Promise<void>
}
