import mongoose, { type Model } from 'mongoose'
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
  InsertOutcome,
  Stored,
  Update,
  UpdateOptions,
} from '../collection.js'
import { DuplicateKey } from '../duplicate-key.js'
import type { Row } from '../embedded/row.js'
import { readFields } from '../read-fields.js'
import { isDuplicateKey } from './mongo-errors.js'
import { projectionOf, unlessProjection } from './projection.js'

export type Documents = Model<Record<string, unknown>>

/** Sends a command once there is a connection, and gives up on the answer in time. */
export type Send = <R>(command: () => Promise<R>) => Promise<R>

/**
 * The port over the collection of a mongoose model. Filters, updates and documents are checked before they are sent, so
 * neither casting nor hydration has anything to add, and both cost more than the command.
 */
export function mongoCollection<T extends Stored>(
  spec: CollectionSpec,
  documents: Documents,
  { send, sendUnhurried }: { readonly send: Send; readonly sendUnhurried: Send },
): Collection<T> {
  const fields = spec.fields ? new Set(spec.fields) : null
  const { collection } = documents

  return {
    insert: async (added) => {
      for (const document of added) checkDocument(document, fields)
      return send(() => insertInOrder(documents, added))
    },
    findOne: async <R extends Stored = T>(filter: Filter, read?: Fields<R>) => {
      checkFilter(filter, fields)
      if (read) checkFields(read, fields)
      const options = read ? { projection: projectionOf(read) } : {}
      return (await send(() => collection.findOne(asQuery(filter), options))) as R | null
    },
    findUnless: async <R extends Stored = T>(id: string, { field, value }: KnownField, read: Fields<R>) => {
      checkField(field, fields)
      checkFields(read, fields)
      const projection = unlessProjection(field, value)
      const found = await send(() => collection.findOne(asQuery({ _id: id }), { projection }))
      if (!found) return null
      const { changed } = found as unknown as { readonly changed?: Row }
      return changed ? (readFields(changed, read) as unknown as R) : 'unchanged'
    },
    find: async <R extends Stored = T>(filter: Filter, options: FindOptions = {}, read?: Fields<R>) => {
      checkFilter(filter, fields)
      checkFindOptions(options, fields)
      if (read) checkFields(read, fields)
      const { sort, limit } = options
      return (await send(() => {
        const found = collection.find(asQuery(filter), read ? { projection: projectionOf(read) } : {})
        if (sort) found.sort({ ...sort })
        // All of them in one answer: the server would send 101 and wait to be asked for more.
        if (limit !== undefined) found.limit(limit).batchSize(limit)
        return found.toArray()
      })) as unknown as R[]
    },
    follow: async <R extends Stored>(filter: { readonly _id: string }, field: string, into: CollectionSpec) => {
      checkFilter(filter, fields)
      checkField(field, fields)
      const referred = { from: into.name, localField: field, foreignField: '_id', as: 'referred' }
      const [found] = await send(() =>
        collection
          .aggregate([
            { $match: asQuery(filter) },
            { $lookup: referred },
            { $unwind: '$referred' },
            { $replaceRoot: { newRoot: '$referred' } },
          ])
          .toArray(),
      )
      return (found ?? null) as R | null
    },
    updateOne: async <R extends Stored = T>(filter: Filter, update: Update, options: UpdateOptions<R> = {}) => {
      const { upsert = false, fields: read } = options
      checkFilter(filter, fields)
      checkUpdate(update, fields)
      if (read) checkFields(read, fields)
      if (upsert) checkUpsert(filter)
      const change = (): Promise<R | null> => send(() => updateFirst<R>(documents, filter, update, options))
      try {
        return await (upsert ? onceMoreIfDuplicate(change) : change())
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        // The document is there but its guard says no: nothing is changed and nothing made.
        if (upsert && isAboutId(error)) return null
        throw new DuplicateKey(spec.name, { cause: error })
      }
    },
    changeOne: async (filter, update) => {
      checkFilter(filter, fields)
      checkUpdate(update, fields)
      try {
        const result = await send(() => collection.updateOne(asQuery(filter), asChanges(update)))
        return result.matchedCount > 0
      } catch (error) {
        throw isDuplicateKey(error) ? new DuplicateKey(spec.name, { cause: error }) : error
      }
    },
    updateMany: async (filter, update) => {
      checkFilter(filter, fields)
      checkUpdate(update, fields)
      try {
        const result = await send(() => collection.updateMany(asQuery(filter), asChanges(update)))
        return result.matchedCount
      } catch (error) {
        throw isDuplicateKey(error) ? new DuplicateKey(spec.name, { cause: error }) : error
      }
    },
    deleteMany: async (filter) => {
      checkFilter(filter, fields)
      const result = await send(() => collection.deleteMany(asQuery(filter)))
      return result.deletedCount
    },
    count: async (filter, { unhurried = false } = {}) => {
      checkFilter(filter, fields)
      return (unhurried ? sendUnhurried : send)(() => collection.countDocuments(asQuery(filter)))
    },
    size: () => send(() => collection.estimatedDocumentCount()),
  }
}

async function insertInOrder({ collection }: Documents, added: readonly Stored[]): Promise<InsertOutcome> {
  // The driver has no empty batch.
  if (added.length === 0) return { inserted: 0, duplicate: false }
  try {
    await collection.insertMany(added as readonly AnyDocument[], { ordered: true })
    return { inserted: added.length, duplicate: false }
  } catch (error) {
    if (!isDuplicateKey(error) || !(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error
    return { inserted: error.insertedCount, duplicate: true }
  }
}

async function updateFirst<T>(
  { collection }: Documents,
  filter: Filter,
  update: Update,
  { upsert = false, fields }: UpdateOptions,
): Promise<T | null> {
  const projection = fields ? { projection: projectionOf(fields) } : {}
  const options = { upsert, returnDocument: 'after', ...projection } as const
  return (await collection.findOneAndUpdate(asQuery(filter), asChanges(update), options)) as T | null
}

/** Two upserts of one document may both find nothing; the one that comes second then updates what the first made. */
async function onceMoreIfDuplicate<R>(change: () => Promise<R>): Promise<R> {
  try {
    return await change()
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
    return change()
  }
}

function isAboutId(error: unknown): boolean {
  const { keyPattern } = error as { keyPattern?: Readonly<Record<string, unknown>> }
  return keyPattern !== undefined && Object.hasOwn(keyPattern, '_id')
}

// The driver describes the same objects, by types of its own.
type AnyDocument = mongoose.mongo.BSON.Document
const asQuery = (filter: Filter): mongoose.mongo.Filter<AnyDocument> => filter as mongoose.mongo.Filter<AnyDocument>
const asChanges = (update: Update): mongoose.mongo.UpdateFilter<AnyDocument> =>
  update as mongoose.mongo.UpdateFilter<AnyDocument>
