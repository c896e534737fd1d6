/** Counts of one kind and one period, which are written and read together. */
export interface Tally {
  /** What is counted. */
  readonly kind: string
  /** The number of the period since 1970; its length depends on the kind. */
  readonly period: number
  /** Splits counts that would be too large for one document. */
  readonly shard: number
}

export interface CountedTally extends Tally {
  readonly counts: Readonly<Record<string, number>>
}

/** Counts that all processes add to and read. They are statistics, and no decision depends on a single one. */
export interface TallyStore {
  /** Adds to the counts of a tally and creates it if needed. Keys are letters and digits. */
  add(tally: Tally, counts: ReadonlyMap<string, number>, times: { now: Date; expiresAt: Date }): Promise<void>
  /** The tallies of a kind, from this period on, that have changed since. */
  changed(kind: string, since: { readonly period: number; readonly at: Date }): Promise<readonly CountedTally[]>
}
