import { checkFields } from '../check-fields.js'
import { checkField, checkFilter } from '../check-filter.js'
import { checkFindOptions } from '../check-find-options.js'
import { checkDocument, checkUpdate, checkUpsert } from '../check-update.js'
import type {
  Collection,
  CollectionSpec,
  Fields,
  Filter,
  FindOptions,
  KnownField,
  Stored,
  Update,
  UpdateOptions,
} from '../collection.js'
import { applyUpdate, rowOfFilter } from './apply-update.js'
import { KeptRow } from './kept-row.js'
import type { KeptTable } from './kept-table.js'
import type { RowChange } from './open-rows.js'
import { readFields } from '../read-fields.js'
import { copyOf, type Row } from './row.js'

/**
 * The port over a table. A command reads and changes rows in one go, so no other comes between; then it waits until the
 * changes are kept. `opened` is called once for every command; `beside` opens the table of another collection.
 */
export function embeddedCollection<T extends Stored>(
  spec: CollectionSpec,
  opened: () => Promise<KeptTable>,
  beside: (spec: CollectionSpec) => Promise<KeptTable>,
): Collection<T> {
  const fields = spec.fields ? new Set(spec.fields) : null
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
  return {
    async insert(documents) {
      for (const document of documents) checkDocument(document, fields)
      const rows = documents.map((document) => copyOf(document) as Row)
      const inserted = await (await opened()).insertUntilDuplicate(rows)
      return { inserted, duplicate: inserted < documents.length }
    },
    async findOne<R extends Stored = T>(filter: Filter, read?: Fields<R>) {
      checkFilter(filter, fields)
      if (read) checkFields(read, fields)
      const found = (await opened()).first(filter)
      return found && handOutPart(found.value, read)
    },
    async findUnless<R extends Stored = T>(id: string, { field, value }: KnownField, read: Fields<R>) {
      checkField(field, fields)
      checkFields(read, fields)
      const found = (await opened()).first({ _id: id })
      if (!found) return null
      return found.value[field] === value ? 'unchanged' : handOutPart(found.value, read)
    },
    async find<R extends Stored = T>(filter: Filter, options: FindOptions = {}, read?: Fields<R>) {
      checkFilter(filter, fields)
      checkFindOptions(options, fields)
      if (read) checkFields(read, fields)
      const rows = await (await opened()).select(filter, options)
      return (read ? rows.map((row) => readFields(row, read)) : rows) as unknown as R[]
    },
    async follow<R extends Stored>(filter: { readonly _id: string }, field: string, into: CollectionSpec) {
      checkFilter(filter, fields)
      checkField(field, fields)
      const id = (await opened()).first(filter)?.value[field]
      if (typeof id !== 'string') return null
      const found = (await beside(into)).first({ _id: id })
      return found && (copyOf(found.value) as R)
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
      checkFilter(filter, fields)
      return (await opened()).changeAll(filter, (row) => applyUpdate(row, update))
    },
    async deleteMany(filter) {
      checkFilter(filter, fields)
      return (await opened()).changeAll(filter, () => null)
    },
    async count(filter) {
      checkFilter(filter, fields)
      return (await opened()).count(filter)
    },
    size: async () => (await opened()).size(),
  }
}

function firstChange(
  table: KeptTable,
  filter: Filter,
  update: Update,
  upsert: boolean,
): (RowChange & { readonly after: Row }) | null {
  const found = table.first(filter)
  if (found) return { row: found.row, before: found.value, after: applyUpdate(found.value, update) }
  if (!upsert) return null
  const after = applyUpdate(rowOfFilter(filter), update)
  // The document is there but its guard says no: nothing is changed and nothing made.
  return table.has(after._id) ? null : { row: new KeptRow(after._id), before: null, after }
}
