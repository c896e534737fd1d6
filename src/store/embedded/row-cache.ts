import type { KeptRow } from './kept-row.js'
import type { Row } from './row.js'

/** Keeps the rows in memory that were used last, up to so many bytes of their text. */
export interface RowCache {
  readonly keep: (row: KeptRow, value: Row, bytes: number) => void
  /** Notes that a row in memory is used. */
  readonly use: (row: KeptRow) => void
  readonly drop: (row: KeptRow) => void
}

export function rowCache(maxBytes: number): RowCache {
  // A map is in the order of insertion, so the first is the one that was not used for longest.
  const kept = new Map<KeptRow, number>()
  let total = 0
  const take = (row: KeptRow): number | undefined => {
    const bytes = kept.get(row)
    if (bytes === undefined) return undefined
    kept.delete(row)
    total -= bytes
    return bytes
  }
  const put = (row: KeptRow, bytes: number): void => {
    kept.set(row, bytes)
    total += bytes
  }
  return {
    keep: (row, value, bytes) => {
      take(row)
      row.value = value
      put(row, bytes)
      for (const oldest of kept.keys()) {
        if (total <= maxBytes) return
        take(oldest)
        oldest.value = null
      }
    },
    use: (row) => {
      const bytes = take(row)
      if (bytes !== undefined) put(row, bytes)
    },
    drop: (row) => void take(row),
  }
}
