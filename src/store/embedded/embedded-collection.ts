import { checkFields } from '../check-fields.js'
import { checkFilter } from '../check-filter.js'
import { checkFindOptions } from '../check-find-options.js'
import { checkDocument, checkUpdate, checkUpsert } from '../check-update.js'
import type { Collection, CollectionSpec, Fields, Filter, Stored, Update, UpdateOptions } from '../collection.js'
import { applyUpdate, rowOfFilter } from './apply-update.js'
import type { KeptTable } from './kept-table.js'
import { readFields } from './read-fields.js'
import { copyOf, type Row } from './row.js'
import type { Change } from './table.js'

/**
 * The port over a table. A command reads and changes rows in one go, so no other comes between; then it waits until the
 * changes are kept. `opened` is called once for every command.
 */
export function embeddedCollection<T extends Stored>(
  spec: CollectionSpec,
  opened: () => Promise<KeptTable>,
): Collection<T> {
  const fields = spec.fields ? new Set(spec.fields) : null
  const handOut = (row: Row): T => copyOf(row) as T
  const handOutPart = <R extends Stored>(row: Row, read: Fields<R> | undefined): R =>
    (read ? readFields(row, read) : copyOf(row)) as R

  const updateFirst = async (filter: Filter, update: Update, upsert: boolean): Promise<Row | null> => {
    checkFilter(filter, fields)
    checkUpdate(update, fields)
    if (upsert) checkUpsert(filter)
    const table = await opened()
    const change = firstChange(table, filter, update, upsert)
    if (change === null) return null
    await table.change([change])
    return change.after
  }
  const changeAll = async (filter: Filter, next: (row: Row) => Row | null): Promise<number> => {
    checkFilter(filter, fields)
    const table = await opened()
    const changes = table.select(filter).map((before) => ({ before, after: next(before) }))
    await table.change(changes)
    return changes.length
  }

  return {
    async insert(documents) {
      for (const document of documents) checkDocument(document, fields)
      const changes = documents.map((document) => ({ before: null, after: copyOf(document) as Row }))
      const inserted = await (await opened()).changeUntilDuplicate(changes)
      return { inserted, duplicate: inserted < documents.length }
    },
    async findOne<R extends Stored = T>(filter: Filter, read?: Fields<R>) {
      checkFilter(filter, fields)
      if (read) checkFields(read, fields)
      const [row] = (await opened()).select(filter, { limit: 1 })
      return row ? handOutPart(row, read) : null
    },
    async find(filter, options = {}) {
      checkFilter(filter, fields)
      checkFindOptions(options, fields)
      return (await opened()).select(filter, options).map(handOut)
    },
    async updateOne<R extends Stored = T>(filter: Filter, update: Update, options: UpdateOptions<R> = {}) {
      const { upsert = false, fields: read } = options
      if (read) checkFields(read, fields)
      const row = await updateFirst(filter, update, upsert)
      return row && handOutPart(row, read)
    },
    async changeOne(filter, update) {
      return (await updateFirst(filter, update, false)) !== null
    },
    async updateMany(filter, update) {
      checkUpdate(update, fields)
      return changeAll(filter, (row) => applyUpdate(row, update))
    },
    deleteMany: (filter) => changeAll(filter, () => null),
    async count(filter) {
      checkFilter(filter, fields)
      const table = await opened()
      return Object.keys(filter).length === 0 ? table.size() : table.select(filter).length
    },
    size: async () => (await opened()).size(),
  }
}

function firstChange(
  table: KeptTable,
  filter: Filter,
  update: Update,
  upsert: boolean,
): (Change & { readonly after: Row }) | null {
  const [before] = table.select(filter, { limit: 1 })
  if (before) return { before, after: applyUpdate(before, update) }
  if (!upsert) return null
  const after = applyUpdate(rowOfFilter(filter), update)
  // The document is there but its guard says no: nothing is changed and nothing made.
  return table.select({ _id: after._id }).length > 0 ? null : { before: null, after }
}
