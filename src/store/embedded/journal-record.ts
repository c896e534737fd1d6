import type { Place } from './kept-row.js'
import type { Leaves } from './leaves.js'

/** The text of a row, or of changes to one. */
export interface RowText {
  readonly id: string
  readonly text: Buffer
  /** What the indexes need of the row, so that a start need not read its text; left out when changes leave that alone. */
  readonly known?: { readonly columns: number; readonly leaves: Leaves }
}

/** The text of a row as read. */
export interface RowPlace {
  readonly id: string
  readonly place: Place
  readonly known?: { readonly columns: number; readonly marked: readonly unknown[] } | undefined
}

/** What one line of the journal says: rows of a collection put whole, changed and removed. */
export interface JournalRecord {
  readonly collection: string
  readonly put: readonly RowText[]
  readonly change: readonly RowText[]
  readonly remove: readonly string[]
}

/** The places of the texts of a record, in its order. */
export interface Written {
  readonly put: readonly Place[]
  readonly change: readonly Place[]
}

/** A line as read: the texts stay where they are. */
export interface Line {
  readonly collection: string
  readonly put: readonly RowPlace[]
  readonly change: readonly RowPlace[]
  readonly remove: readonly string[]
  /** So many bytes of the file were known to be on the disk when the line was written. */
  readonly synced: number
}
