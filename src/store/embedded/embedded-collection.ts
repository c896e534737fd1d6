import { aggregate } from 'mingo'
import { checkFilter } from '../check-filter.js'
import { checkFindOptions } from '../check-find-options.js'
import { checkPipeline } from '../check-pipeline.js'
import { checkDocument, checkUpdate, checkUpsert } from '../check-update.js'
import type { Collection, CollectionSpec, Filter, InsertOutcome, Stored, Update } from '../collection.js'
import { DuplicateKey } from '../duplicate-key.js'
import { applyUpdate, rowOfFilter } from './apply-update.js'
import type { RowStore, RowWriter } from './row-store.js'
import { copyOf, type Row } from './row.js'
import { sortRows } from './sort-rows.js'

/** The port over the rows of one file. `counted` is called once for every call. */
export function embeddedCollection<T extends Stored>(
  spec: CollectionSpec,
  rows: RowStore,
  counted: () => void,
): Collection<T> {
  const fields = spec.fields ? new Set(spec.fields) : null
  const handOut = (row: Row): T => copyOf(row) as T

  return {
    async insert(documents) {
      for (const document of documents) checkDocument(document, fields)
      counted()
      return rows.write((writer) => insertInOrder(writer, documents.map(asRow)))
    },
    async findOne(filter) {
      checkFilter(filter, fields)
      counted()
      const [row] = await rows.select(filter, 1)
      return row ? handOut(row) : null
    },
    async find(filter, options = {}) {
      checkFilter(filter, fields)
      checkFindOptions(options, fields)
      counted()
      const { sort, limit } = options
      const found = await rows.select(filter, sort ? Infinity : limit)
      return (sort ? sortRows(found, sort).slice(0, limit) : found).map(handOut)
    },
    async updateOne(filter, update, { upsert = false } = {}) {
      checkFilter(filter, fields)
      checkUpdate(update, fields)
      if (upsert) checkUpsert(filter)
      counted()
      const row = await rows.write((writer) => updateFirst(writer, filter, update, upsert))
      return row && handOut(row)
    },
    async changeOne(filter, update) {
      checkFilter(filter, fields)
      checkUpdate(update, fields)
      counted()
      return (await rows.write((writer) => updateFirst(writer, filter, update, false))) !== null
    },
    async updateMany(filter, update) {
      checkFilter(filter, fields)
      checkUpdate(update, fields)
      counted()
      return rows.write(async (writer) => {
        const found = await writer.select(filter)
        for (const row of found) await writer.replace(applyUpdate(row, update))
        return found.length
      })
    },
    async deleteMany(filter) {
      checkFilter(filter, fields)
      counted()
      return rows.write(async (writer) => {
        const found = await writer.select(filter)
        await writer.remove(found)
        return found.length
      })
    },
    async count(filter) {
      checkFilter(filter, fields)
      counted()
      return (await rows.select(filter)).length
    },
    async aggregate(pipeline) {
      checkPipeline(pipeline)
      counted()
      const [first, ...others] = pipeline
      const filter = first?.['$match'] as Filter | undefined
      const results = aggregate(await rows.select(filter ?? {}), filter ? others : [...pipeline])
      return results.map((result) => copyOf(result) as Record<string, unknown>)
    },
  }
}

async function insertInOrder(writer: RowWriter, rows: readonly Row[]): Promise<InsertOutcome> {
  if (await isInserted(writer, rows)) return { inserted: rows.length, duplicate: false }
  // One of them is a duplicate. nedb took back the others, so they go in one by one up to it.
  let inserted = 0
  for (const row of rows) {
    if (!(await isInserted(writer, [row]))) return { inserted, duplicate: true }
    inserted += 1
  }
  return { inserted, duplicate: false }
}

async function isInserted(writer: RowWriter, rows: readonly Row[]): Promise<boolean> {
  try {
    await writer.insert(rows)
    return true
  } catch (error) {
    if (error instanceof DuplicateKey) return false
    throw error
  }
}

async function updateFirst(writer: RowWriter, filter: Filter, update: Update, upsert: boolean): Promise<Row | null> {
  const [row] = await writer.select(filter, 1)
  if (row) {
    const changed = applyUpdate(row, update)
    await writer.replace(changed)
    return changed
  }
  if (!upsert) return null
  const made = applyUpdate(rowOfFilter(filter), update)
  // The document is there but its guard says no: nothing is changed and nothing made.
  if ((await writer.select({ _id: made._id }, 1)).length > 0) return null
  await writer.insert([made])
  return made
}

const asRow = (document: Stored): Row => copyOf(document) as Row
