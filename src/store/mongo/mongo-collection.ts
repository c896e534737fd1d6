import mongoose, { type Model } from 'mongoose'
import { checkFilter } from '../check-filter.js'
import { checkFindOptions } from '../check-find-options.js'
import { checkPipeline } from '../check-pipeline.js'
import { checkDocument, checkUpdate, checkUpsert } from '../check-update.js'
import type { Collection, CollectionSpec, Filter, InsertOutcome, Stored, Update } from '../collection.js'
import { DuplicateKey } from '../duplicate-key.js'
import { isDuplicateKey } from './mongo-errors.js'
import { trustFilter } from './trust-filter.js'

export type Documents = Model<Record<string, unknown>>

/** Sends a command once there is a connection, and gives up on the answer in time. */
export type Send = <R>(command: () => Promise<R>) => Promise<R>

const OURS = { cloneUpdate: false } as const

/** The port over a mongoose model, lean everywhere. */
export function mongoCollection<T extends Stored>(
  spec: CollectionSpec,
  documents: Documents,
  send: Send,
): Collection<T> {
  const fields = spec.fields ? new Set(spec.fields) : null

  return {
    insert: async (added) => {
      for (const document of added) checkDocument(document, fields)
      return send(() => insertInOrder(documents, added))
    },
    findOne: async (filter) => {
      checkFilter(filter, fields)
      return (await send(() => documents.findOne(trustFilter(filter)).lean().exec())) as T | null
    },
    find: async (filter, options = {}) => {
      checkFilter(filter, fields)
      checkFindOptions(options, fields)
      const { sort, limit } = options
      return (await send(() => {
        const query = documents.find(trustFilter(filter)).lean()
        if (sort) query.sort({ ...sort })
        // All of them in one answer: the server would send 101 and wait to be asked for more.
        if (limit !== undefined) query.limit(limit).batchSize(limit)
        return query.exec()
      })) as unknown as T[]
    },
    updateOne: async (filter, update, { upsert = false } = {}) => {
      checkFilter(filter, fields)
      checkUpdate(update, fields)
      if (upsert) checkUpsert(filter)
      const change = (): Promise<T | null> => send(() => updateFirst<T>(documents, filter, update, upsert))
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
        const result = await send(() => documents.updateOne(trustFilter(filter), copyOperators(update), OURS).exec())
        return result.matchedCount > 0
      } catch (error) {
        throw isDuplicateKey(error) ? new DuplicateKey(spec.name, { cause: error }) : error
      }
    },
    updateMany: async (filter, update) => {
      checkFilter(filter, fields)
      checkUpdate(update, fields)
      try {
        const result = await send(() => documents.updateMany(trustFilter(filter), copyOperators(update), OURS).exec())
        return result.matchedCount
      } catch (error) {
        throw isDuplicateKey(error) ? new DuplicateKey(spec.name, { cause: error }) : error
      }
    },
    deleteMany: async (filter) => {
      checkFilter(filter, fields)
      const result = await send(() => documents.deleteMany(trustFilter(filter)).exec())
      return result.deletedCount
    },
    count: async (filter) => {
      checkFilter(filter, fields)
      return send(() => documents.countDocuments(trustFilter(filter)).exec())
    },
    aggregate: async (pipeline) => {
      checkPipeline(pipeline)
      return send(() =>
        documents.aggregate<Record<string, unknown>>([...pipeline] as unknown as mongoose.PipelineStage[]).exec(),
      )
    },
  }
}

async function insertInOrder(documents: Documents, added: readonly Stored[]): Promise<InsertOutcome> {
  try {
    await documents.insertMany([...added], { ordered: true, lean: true })
    return { inserted: added.length, duplicate: false }
  } catch (error) {
    if (!isDuplicateKey(error) || !(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error
    return { inserted: error.insertedCount, duplicate: true }
  }
}

async function updateFirst<T>(
  documents: Documents,
  filter: Filter,
  update: Update,
  upsert: boolean,
): Promise<T | null> {
  const options = { upsert, returnDocument: 'after', lean: true, ...OURS } as const
  return (await documents.findOneAndUpdate(trustFilter(filter), copyOperators(update), options).exec()) as T | null
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

/** Mongoose takes updates apart while it casts them, but only this far; it need not copy all of them once more. */
function copyOperators(update: Update): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(update).map(([operator, changes]) => [operator, { ...(changes as Record<string, unknown>) }]),
  )
}
