import { secondsAfter } from '../kernel/clock.js'
import { LIST_KINDS, LIST_VERDICTS, type ListEntry, type ListQuery, type ListStore } from '../risk/index.js'
import type { Collection, CollectionSpec, Comparison, Filter, Store } from './collection.js'
import { beginningWith, findInTurn, newestAfter } from './keyset.js'
import { OUTBOX_INDEX, withOutbox, type HoldsOutbox } from './outbox.js'

type ListDocument = Omit<ListEntry, 'id'> & HoldsOutbox & { readonly _id: string }

export const LIST_ENTRIES: CollectionSpec = {
  name: 'listEntries',
  fields: ['kind', 'value', 'verdict', 'note', 'createdAt', 'createdBy', 'expiresAt', 'outbox'],
  indexes: [
    { fields: { kind: 1, verdict: 1, createdAt: -1, _id: -1 } },
    { fields: { kind: 1, verdict: 1, value: 1, _id: 1 } },
    { fields: { expiresAt: 1 }, expireAfterSeconds: 3600 },
    OUTBOX_INDEX,
  ],
}

interface RevisionDocument {
  readonly _id: string
  readonly revision: number
}

const REVISIONS: CollectionSpec = { name: 'listRevisions', fields: ['revision'], indexes: [] }
const REVISION = 'lists'

/**
 * An entry is removed as if it had expired before any clock of this installation. It is swept an hour after that, so
 * the event of its removal has time to be delivered.
 */
const REMOVED_EARLIER_SECONDS = 600

/** The allow and block lists. */
export function listRepository(store: Pick<Store, 'collection'>): ListStore {
  const entries = withOutbox<ListDocument>(store, LIST_ENTRIES)
  const revisions = store.collection<RevisionDocument>(REVISIONS)
  const changed = () => revisions.updateOne({ _id: REVISION }, { $inc: { revision: 1 } }, { upsert: true })
  return {
    put: async ({ id, ...entry }, events) => {
      await entries.putWith({ _id: id }, { $set: entry }, events)
      await changed()
    },
    remove: async (id, now, eventsOf) => {
      const found = await entries.findOne({ _id: id, ...counting(now) })
      if (found === null) return null
      // Removes only the entry that was read: if it was replaced meanwhile, it is another entry.
      const { createdAt, expiresAt } = found
      const removal = { $set: { expiresAt: secondsAfter(now, -REMOVED_EARLIER_SECONDS) } }
      const asFound = { _id: id, createdAt, expiresAt }
      const entry = toEntry(found)
      if (!(await entries.changeWith(asFound, removal, eventsOf(entry)))) return null
      await changed()
      return entry
    },
    has: async (id, now) => (await entries.count({ _id: id, ...counting(now) })) > 0,
    count: (now) => entries.count(counting(now)),
    page: (query, now) => findPage(entries, query, now),
    all: async (now) => (await entries.find(counting(now))).map(toEntry),
    revision: async () => (await revisions.findOne({ _id: REVISION }))?.revision ?? 0,
  }
}

const counting = (now: Date): Filter => ({ $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }] })

/** Newest first, or by value if one is searched for: each is the order of an index. */
async function findPage(entries: Collection<ListDocument>, query: ListQuery, now: Date): Promise<ListEntry[]> {
  const { kind, verdict, after, first } = query
  const wanted = { kind: kind ?? { $in: LIST_KINDS }, verdict: verdict ?? { $in: LIST_VERDICTS }, ...counting(now) }
  const isSearch = query.values !== null || query.beginsWith !== null
  const sort = isSearch ? ({ value: 1, _id: 1 } as const) : ({ createdAt: -1, _id: -1 } as const)
  const parts = isSearch ? valuesOf(query) : newestAfter(after, -1).map((place) => [place])
  const found = await findInTurn(parts, first, async (places, limit) => {
    const pages = await Promise.all(places.map((place) => entries.find({ ...wanted, ...place }, { sort, limit })))
    return pages.length === 1 ? pages.flat() : pages.flat().sort(byValue).slice(0, limit)
  })
  return found.map(toEntry)
}

/** First what is left of the value of the last page, then the values after it. The ranges of a part do not overlap. */
function valuesOf({ values, beginsWith, after }: ListQuery): readonly (readonly Filter[])[] {
  const wanted: readonly Comparison[] = values === null ? (beginsWith ?? []).map(beginningWith) : [{ $in: values }]
  if (after === null) return [wanted.map((value) => ({ value }))]
  const later = wanted.map((value) => ({ value: { ...value, $gt: after.value } }))
  const isWanted = values?.includes(after.value) ?? beginsWith?.some((text) => after.value.startsWith(text))
  return isWanted ? [[{ value: after.value, _id: { $gt: after.id } }], later] : [later]
}

const byValue = (a: ListDocument, b: ListDocument): number => compare(a.value, b.value) || compare(a._id, b._id)
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

const toEntry = ({ _id, outbox: _, ...entry }: ListDocument): ListEntry => ({ id: _id, ...entry })
