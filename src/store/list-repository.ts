import type { ListEntry, ListQuery, ListStore } from '../risk/index.js'
import type { CollectionSpec, Filter, Store } from './collection.js'

type ListDocument = Omit<ListEntry, 'id'> & { readonly _id: string }

const SPEC: CollectionSpec = {
  name: 'listEntries',
  fields: ['kind', 'value', 'verdict', 'note', 'createdAt', 'createdBy', 'expiresAt'],
  indexes: [
    { fields: { createdAt: -1, _id: -1 } },
    { fields: { value: 1 } },
    { fields: { expiresAt: 1 }, expireAfterSeconds: 3600 },
  ],
}

interface RevisionDocument {
  readonly _id: string
  readonly revision: number
}

const REVISIONS: CollectionSpec = { name: 'listRevisions', fields: ['revision'], indexes: [] }
const REVISION = 'lists'

/** Sorts after every text with the same prefix; no list entry contains it. */
const AFTER_EVERYTHING = '\uFFFF'

/** The allow and block lists. */
export function listRepository(store: Pick<Store, 'collection'>): ListStore {
  const entries = store.collection<ListDocument>(SPEC)
  const revisions = store.collection<RevisionDocument>(REVISIONS)
  const changed = () => revisions.updateOne({ _id: REVISION }, { $inc: { revision: 1 } }, { upsert: true })
  return {
    put: async ({ id, ...entry }) => {
      await entries.updateOne({ _id: id }, { $set: entry }, { upsert: true })
      await changed()
    },
    remove: async (id, now) => {
      const found = await entries.findOne({ _id: id, ...counting(now) })
      if (found === null) return null
      // Removes only the entry that was read: if it was replaced meanwhile, it is another entry.
      const removed = await entries.deleteMany({ _id: id, createdAt: found.createdAt, expiresAt: found.expiresAt })
      if (removed === 0) return null
      await changed()
      return toEntry(found)
    },
    has: async (id, now) => (await entries.count({ _id: id, ...counting(now) })) > 0,
    count: (now) => entries.count(counting(now)),
    page: async (query, now) => {
      const sort = { createdAt: -1, _id: -1 } as const
      return (await entries.find(toFilter(query, now), { sort, limit: query.first })).map(toEntry)
    },
    all: async (now) => (await entries.find(counting(now))).map(toEntry),
    revision: async () => (await revisions.findOne({ _id: REVISION }))?.revision ?? 0,
  }
}

const counting = (now: Date): Filter => ({ $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }] })

function toFilter({ kind, verdict, beginsWith, values, after }: ListQuery, now: Date): Filter {
  const begins = beginsWith?.map((text) => ({ value: { $gte: text, $lt: `${text}${AFTER_EVERYTHING}` } }))
  return {
    ...(kind === null ? {} : { kind }),
    ...(verdict === null ? {} : { verdict }),
    ...(values === null ? {} : { value: { $in: values } }),
    $and: [counting(now), ...(begins ? [{ $or: begins }] : []), ...(after ? [olderThan(after)] : [])],
  }
}

const olderThan = ({ createdAt, id }: Pick<ListEntry, 'createdAt' | 'id'>): Filter => ({
  $or: [{ createdAt: { $lt: createdAt } }, { createdAt, _id: { $lt: id } }],
})

const toEntry = ({ _id, ...entry }: ListDocument): ListEntry => ({ id: _id, ...entry })
