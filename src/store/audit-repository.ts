import {
  ERASED_DETAILS,
  ERASED_ORIGIN,
  erasableParts,
  withDetails,
  type AuditEvent,
  type AuditSlice,
  type AuditStore,
} from '../audit/index.js'
import type { Collection, CollectionSpec, Filter, Store, Value } from './collection.js'

/** An event as stored: its id is the document's. */
type AuditDocument = Omit<AuditEvent, 'id'> & { readonly _id: string }

export const AUDIT_EVENTS: CollectionSpec = {
  name: 'auditEvents',
  indexes: [
    // Decides between two writers that chain to the same head.
    { fields: { sequence: 1 }, unique: true },
    { fields: { 'actor.id': 1, sequence: -1 } },
    { fields: { 'targets.id': 1, sequence: -1 } },
    { fields: { action: 1, sequence: -1 } },
    { fields: { occurredAt: 1 } },
  ],
}

export function createAuditRepository(store: Pick<Store, 'collection'>): AuditStore {
  const events = store.collection<AuditDocument>(AUDIT_EVENTS)
  return {
    head: async (fromSequence) => {
      const filter = { sequence: { $gte: fromSequence } }
      const [newest] = await events.find(filter, { sort: { sequence: -1 }, limit: 1 })
      return newest ? { sequence: newest.sequence, hash: newest.hash } : null
    },
    append: async (batch) => ({ stored: (await events.insert(batch.map(toDocument))).inserted }),
    page: (afterSequence, limit) => page(events, afterSequence, limit),
    find: async (slice) => {
      const sort = { sequence: slice.order === 'NEWEST_FIRST' ? -1 : 1 } as const
      return (await events.find(toFilter(slice), { sort, limit: slice.limit })).map(toEvent).map(withDetails)
    },
    findById: async (id) => {
      const found = await events.findOne({ _id: id })
      return found && withDetails(toEvent(found))
    },
    count: () => events.count({}),
    erase: async ({ accountId, afterSequence, limit }) => {
      const filter = toFilter({ filter: { accountId }, above: afterSequence })
      const found = await events.find(filter, { sort: { sequence: 1 }, limit })
      const erasable = found.map(({ _id, actor, targets, salts }) => {
        const { origin, details } = erasableParts({ actor, targets }, accountId)
        return { _id, origin: origin && salts?.origin != null, details: details && salts?.details != null }
      })
      const [origins, details] = [erasable.filter((each) => each.origin), erasable.filter((each) => each.details)]
      if (origins.length > 0) await events.updateMany(named(origins), { $set: ERASED_ORIGIN })
      if (details.length > 0) await events.updateMany(named(details), { $set: ERASED_DETAILS })
      return {
        erased: new Set([...origins, ...details].map(({ _id }) => _id)).size,
        unerasable: found.filter(({ version }) => version === 1).length,
        lastSequence: found.length < limit ? null : (found.at(-1)?.sequence ?? null),
      }
    },
  }
}

async function page(events: Collection<AuditDocument>, after: number, limit: number): Promise<AuditEvent[]> {
  const options = { sort: { sequence: 1 }, limit } as const
  // An upper bound keeps the embedded store from sorting the rest of the log for every page. Gaps need the wider read.
  const near = await events.find({ sequence: { $gt: after, $lte: after + limit } }, options)
  const found = near.length === limit ? near : await events.find({ sequence: { $gt: after } }, options)
  return found.map(toEvent)
}

function toFilter({ filter, below, above }: Pick<AuditSlice, 'filter' | 'below' | 'above'>): Filter {
  const { from, until, actions, outcome, accountId } = filter
  return {
    ...between('sequence', { $lt: below, $gt: above }),
    ...between('occurredAt', { $gte: from, $lt: until }),
    ...(actions === undefined ? {} : { action: { $in: actions } }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(accountId === undefined ? {} : { $or: [{ 'actor.id': accountId }, { 'targets.id': accountId }] }),
  }
}

const named = (documents: readonly { readonly _id: string }[]): Filter => ({
  _id: { $in: documents.map(({ _id }) => _id) },
})

/** A condition with the bounds that were given; none when there are none. */
function between(path: string, bounds: Readonly<Record<string, Value | undefined>>): Filter {
  const given = Object.entries(bounds).filter((entry): entry is [string, Value] => entry[1] !== undefined)
  return given.length === 0 ? {} : { [path]: Object.fromEntries(given) }
}

// Whatever else stands in a document goes into the hash too, so that an added field is noticed.
const toDocument = ({ id, ...rest }: AuditEvent): AuditDocument => ({ _id: id, ...rest })
const toEvent = ({ _id, ...rest }: AuditDocument): AuditEvent => ({ ...rest, id: _id })
