/** Counts of one kind, from one stretch of time, that are written and read together. */
export interface Tally {
  /** What is counted. */
  readonly kind: string
  /** The number of the stretch since 1970, in the length of its kind. */
  readonly period: number
  /** Splits what would grow too large for one document. */
  readonly shard: number
}

export interface CountedTally extends Tally {
  readonly counts: Readonly<Record<string, number>>
}

/** Counts that every process adds to and reads. They are statistics: nothing is decided by one of them alone. */
export interface TallyStore {
  /** Adds to the counts of a tally, which is made by the first of it. Keys are letters and digits. */
  add(tally: Tally, counts: ReadonlyMap<string, number>, times: { now: Date; expiresAt: Date }): Promise<void>
  /** The tallies of a kind from this period on that were added to since. */
  changed(kind: string, since: { readonly period: number; readonly at: Date }): Promise<readonly CountedTally[]>
}
