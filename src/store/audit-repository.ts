import {
  ERASED_DETAILS,
  ERASED_ORIGIN,
  erasableParts,
  withDetails,
  type AuditEvent,
  type AuditSlice,
  type AuditStore,
  type OpenStream,
} from '../audit/index.js'
import { endOfStream, placeKey, placeOf } from './audit-place.js'
import { searchAudit } from './audit-search.js'
import type { CollectionSpec, Filter, Store } from './collection.js'

/** An event as stored: its id is the document's, and `sequence` is the key of its place. */
type AuditDocument = Omit<AuditEvent, 'id' | 'stream' | 'sequence'> & {
  readonly _id: string
  readonly sequence: string | number
}

interface StreamDocument {
  readonly _id: string
  readonly openedAt: Date
}

const BY_TIME = { occurredAt: -1, _id: -1 } as const

/** Every search is a range of one of these, or a merge of a few: see audit-search.ts. */
export const AUDIT_EVENTS: CollectionSpec = {
  name: 'auditEvents',
  indexes: [
    // A place in a stream has one event: see audit-place.ts.
    { fields: { sequence: 1 }, unique: true },
    { fields: BY_TIME },
    { fields: { outcome: 1, ...BY_TIME } },
    { fields: { action: 1, outcome: 1, ...BY_TIME } },
    { fields: { 'actor.id': 1, outcome: 1, ...BY_TIME } },
    { fields: { 'targets.id': 1, outcome: 1, ...BY_TIME } },
    { fields: { 'actor.id': 1, action: 1, outcome: 1, ...BY_TIME } },
    { fields: { 'targets.id': 1, action: 1, outcome: 1, ...BY_TIME } },
    { fields: { 'context.requestId': 1, ...BY_TIME } },
  ],
}

const UNHURRIED = { unhurried: true } as const

/** The streams that were announced and not sealed: as many as there are processes, and some that are gone. */
const AUDIT_STREAMS: CollectionSpec = { name: 'auditStreams', indexes: [] }

export function createAuditRepository(store: Pick<Store, 'collection'>): AuditStore {
  const events = store.collection<AuditDocument>(AUDIT_EVENTS)
  const streams = store.collection<StreamDocument>(AUDIT_STREAMS)
  const search = (slice: AuditSlice) => searchAudit(slice, (filter, options) => events.find(filter, options))
  return {
    openStream: async ({ id, openedAt }) => {
      await streams.insert([{ _id: id, openedAt }])
    },
    openStreams: async () => (await streams.find({})).map(({ _id, openedAt }): OpenStream => ({ id: _id, openedAt })),
    closeStreams: async (ids) => {
      await streams.deleteMany({ _id: { $in: ids } })
    },
    head: async (stream, fromSequence) => {
      const filter = { sequence: from(stream, { $gte: fromSequence }) }
      const [newest] = await events.find(filter, { sort: { sequence: -1 }, limit: 1 })
      return newest ? { sequence: placeOf(newest.sequence).sequence, hash: newest.hash } : null
    },
    append: async (batch) => ({ stored: (await events.insert(batch.map(toDocument))).inserted }),
    known: async (ids) => new Set((await events.find({ _id: { $in: ids } })).map(({ _id }) => _id)),
    between: async (stream, after, until) => {
      const filter = { sequence: { $gt: key(stream, after), $lte: key(stream, until) } }
      return (await events.find(filter, { sort: { sequence: 1 }, limit: until - after + 1 })).map(toEvent)
    },
    rest: async (stream, after, limit) => {
      const filter = { sequence: from(stream, { $gt: after }) }
      return (await events.find(filter, { sort: { sequence: 1 }, limit })).map(toEvent)
    },
    nextStream: async (after) => {
      const filter = { sequence: { $gt: after === '' ? '' : endOfStream(after) } }
      const [next] = await events.find(filter, { sort: { sequence: 1 }, limit: 1 })
      return next ? placeOf(next.sequence).stream : null
    },
    find: async (slice) => (await search(slice)).map(toEvent).map(withDetails),
    findById: async (id) => {
      const found = await events.findOne({ _id: id })
      return found && withDetails(toEvent(found))
    },
    size: () => events.size(),
    count: () => events.count({}, UNHURRIED),
    unplaced: async () => {
      // Counted first: what is appended meanwhile can only make it seem less.
      const all = await events.count({}, UNHURRIED)
      const inFirst = await events.count({ sequence: { $gt: 0 } }, UNHURRIED)
      const inStreams = await events.count({ sequence: { $gt: '' } }, UNHURRIED)
      return Math.max(0, all - inFirst - inStreams)
    },
    erase: async ({ accountId, after, limit }) => {
      const about = { filter: { accountId }, ...(after ? { above: after } : {}) }
      const found = await search({ ...about, order: 'OLDEST_FIRST', limit })
      const erasable = found.map(({ _id, actor, targets, salts }) => {
        const { origin, details } = erasableParts({ actor, targets }, accountId)
        return { _id, origin: origin && salts?.origin != null, details: details && salts?.details != null }
      })
      const [origins, details] = [erasable.filter((each) => each.origin), erasable.filter((each) => each.details)]
      if (origins.length > 0) await events.updateMany(named(origins), { $set: ERASED_ORIGIN })
      if (details.length > 0) await events.updateMany(named(details), { $set: ERASED_DETAILS })
      const last = found.at(-1)
      return {
        erased: new Set([...origins, ...details].map(({ _id }) => _id)).size,
        unerasable: found.filter(({ version }) => version === 1).length,
        last: last && found.length === limit ? { id: last._id, occurredAt: last.occurredAt } : null,
      }
    },
  }
}

const key = (stream: string, sequence: number): string | number => placeKey({ stream, sequence })

/** The places of a stream from a bound on. */
function from(stream: string, bound: { readonly $gt: number } | { readonly $gte: number }) {
  const bounds = Object.fromEntries(Object.entries(bound).map(([operator, place]) => [operator, key(stream, place)]))
  return stream === '' ? bounds : { ...bounds, $lt: endOfStream(stream) }
}

const named = (documents: readonly { readonly _id: string }[]): Filter => ({
  _id: { $in: documents.map(({ _id }) => _id) },
})

function toDocument({ id, stream, sequence, ...rest }: AuditEvent): AuditDocument {
  return { ...rest, _id: id, sequence: placeKey({ stream, sequence }) }
}

// Unknown fields of a document are part of the hash too, so an added field is noticed.
function toEvent(document: AuditDocument): AuditEvent {
  const { _id: id, sequence, ...rest } = document
  const added = 'stream' in rest ? { addedStream: rest.stream } : {}
  return { ...rest, ...added, id, ...placeOf(sequence) }
}
