import type { RowText } from './journal-record.js'
import type { KeptRow } from './kept-row.js'
import { textOfChanges, textOfRow } from './row-text.js'
import type { Row } from './row.js'

/** A row that is read is read with its changes, so there are few of them and they are smaller than the row. */
const MOST_CHANGES = 32
const MOST_CHANGED_SHARE = 0.5
/** A smaller row is written as a whole each time. */
const SMALLEST_CHANGED_BYTES = 1024

/** A whole row to be written, with what its indexes need. */
export const wholeText = (row: KeptRow, text: Buffer): RowText => ({
  id: row.id,
  text,
  ...(row.columns === null ? {} : { known: { columns: row.columns, leaves: row.leaves } }),
})

/** Changes to be written, with what the indexes need if that is among them. */
export const changeText = (row: KeptRow, text: Buffer): RowText =>
  row.leaves === row.writtenLeaves ? { id: row.id, text } : wholeText(row, text)

/**
 * The text that brings a row on the disk to its new state: of what is different, or of the whole row. A request that
 * notes when a session was last seen must not write the 50 kB of its account.
 */
export function textFor(
  row: KeptRow,
  before: Row | null,
  after: Row,
  asWhole: boolean,
): { readonly isWhole: boolean; readonly text: Buffer } {
  if (
    !asWhole &&
    before &&
    row.place &&
    row.place.bytes >= SMALLEST_CHANGED_BYTES &&
    row.changes.length < MOST_CHANGES
  ) {
    const text = textOfChanges(before, after)
    const changed = row.changes.reduce((sum, { bytes }) => sum + bytes, text.length)
    if (changed <= MOST_CHANGED_SHARE * row.place.bytes) return { isWhole: false, text }
  }
  return { isWhole: true, text: textOfRow(after) }
}
