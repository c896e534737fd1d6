import type { Filter, FindOptions } from '../collection.js'
import { DuplicateKey } from '../duplicate-key.js'
import type { OpenRows } from './open-rows.js'
import type { Row } from './row.js'
import type { Change, Table } from './table.js'

/** A table whose changes are kept. A change is made and written in one go; the promise waits only for the disk. */
export interface KeptTable {
  readonly select: (filter: Filter, options?: FindOptions) => Row[]
  readonly size: () => number
  /** Makes all of the changes or none. Throws `DuplicateKey`, and `Unavailable` when they cannot be written. */
  readonly change: (changes: readonly Change[]) => Promise<void>
  /** Makes the changes before the first that would take a unique key of another row. Answers how many. */
  readonly changeUntilDuplicate: (changes: readonly Change[]) => Promise<number>
}

export function keptTable(collection: string, table: Table, { write, settled }: OpenRows): KeptTable {
  const keep = async (changes: readonly Change[]): Promise<void> => {
    if (changes.length === 0) return
    try {
      write({
        collection,
        put: changes.flatMap(({ after }) => after ?? []),
        remove: changes.flatMap(({ before, after }) => (before && !after ? before._id : [])),
      })
    } catch (error) {
      undo(table, changes)
      throw error
    }
    await settled()
  }
  return {
    select: table.select,
    size: table.size,
    change: async (changes) => {
      const made = madeOf(table, changes)
      if (made < changes.length) {
        undo(table, changes.slice(0, made))
        throw new DuplicateKey(collection)
      }
      await keep(changes)
    },
    changeUntilDuplicate: async (changes) => {
      const made = madeOf(table, changes)
      await keep(changes.slice(0, made))
      return made
    },
  }
}

/** Makes the changes up to the first that would take a unique key of another row. Answers how many. */
function madeOf(table: Table, changes: readonly Change[]): number {
  const duplicate = changes.findIndex((change) => !table.apply(change))
  return duplicate === -1 ? changes.length : duplicate
}

function undo(table: Table, changes: readonly Change[]): void {
  for (const { before, after } of changes.toReversed()) table.apply({ before: after, after: before })
}
