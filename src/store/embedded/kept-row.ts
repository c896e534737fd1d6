import type { Leaves } from './leaves.js'
import type { Row } from './row.js'

/** Where a text is in the journal: of a whole row, or of changes to one. */
export interface Place {
  readonly offset: number
  readonly bytes: number
  readonly checksum: number
}

/** The rows of every collection, by their ids. */
export type Rows = Map<string, Map<string, KeptRow>>

const NONE = Object.freeze([])

/**
 * A row that the store keeps. In memory are its id, what its indexes need, and where its text is; the row itself only
 * while it is in use.
 */
export class KeptRow {
  leaves: Leaves = NONE
  /** The key of the columns its leaves were read by; null: none were. */
  columns: number | null = null
  /** The row, while it is in memory. Never changed in place. */
  value: Row | null = null
  /** Null: it is only in memory. */
  place: Place | null = null
  /** Its leaves as they were written with it. */
  writtenLeaves: Leaves = NONE
  /** Changes to the row at `place`, oldest first. */
  changes: readonly Place[] = NONE
  /** Set once it is removed. */
  isGone = false

  constructor(readonly id: string) {}

  /** Records where the whole row was written. Earlier writes of the row no longer count. */
  put(place: Place): void {
    this.place = place
    this.writtenLeaves = this.leaves
    this.changes = NONE
  }

  /** Changes that were written after it. */
  change(place: Place): void {
    this.writtenLeaves = this.leaves
    this.changes = [...this.changes, place]
  }
}
