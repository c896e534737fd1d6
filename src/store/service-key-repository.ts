import { LOST, untilSettled } from '../kernel/settle.js'
import type { ServiceKey, ServiceKeyStore } from '../service-keys/index.js'
import type { CollectionSpec, Filter, Store } from './collection.js'
import { findInTurn, newestAfter } from './keyset.js'
import { OUTBOX_INDEX, withOutbox, type HoldsOutbox } from './outbox.js'
import { stored } from './person-document.js'

type ServiceKeyDocument = Omit<ServiceKey, 'id'> & HoldsOutbox & { readonly _id: ServiceKey['id'] }

export const SERVICE_KEYS: CollectionSpec = {
  name: 'serviceKeys',
  fields: [
    'name',
    'tenant',
    'audience',
    'scopes',
    'createdAt',
    'createdBy',
    'rotatedBy',
    'expiresAt',
    'revokedAt',
    'lastUsedAt',
    'secretHash',
    'former',
    'outbox',
  ],
  indexes: [{ fields: { createdAt: -1, _id: -1 } }, OUTBOX_INDEX],
}

/** The keys of backends: few, and each is one document. */
export function serviceKeyRepository(store: Pick<Store, 'collection'>): ServiceKeyStore {
  const keys = withOutbox<ServiceKeyDocument>(store, SERVICE_KEYS)
  return {
    create: async ({ id, ...key }, events) => {
      await keys.insertWith({ _id: id, ...key }, events)
    },
    find: async (id) => toKey(await keys.findOne({ _id: id })),
    findThese: async (ids) => (await keys.find({ _id: { $in: ids } })).map(keyOf),
    list: async ({ first, after }) => {
      const sort = { createdAt: -1, _id: -1 } as const
      const found = await findInTurn(newestAfter(after, -1), first, (filter, limit) =>
        keys.find(filter, { sort, limit }),
      )
      return found.map(keyOf)
    },
    knownTo: async (accountId, now) => {
      const isKnown = { $or: [{ rotatedBy: accountId }, { createdBy: accountId, rotatedBy: null }] }
      return (await keys.find({ ...working(now), ...isKnown }, { sort: { createdAt: 1, _id: 1 } })).map(keyOf)
    },
    countLive: (now) => keys.count(working(now)),
    rotate: async (id, from, { secretHash, former, expiresAt, rotatedBy }, now, events) =>
      toKey(
        await keys.updateWith(
          { _id: id, secretHash: from, ...working(now) },
          { $set: { secretHash, former: stored(former), expiresAt, rotatedBy } },
          events,
        ),
      ),
    revoke: (id, now, eventsOf) =>
      untilSettled<ServiceKey | null>(async () => {
        const found = await keys.findOne({ _id: id })
        if (!found || found.revokedAt !== null) return null
        const asFound = { _id: id, revokedAt: null, expiresAt: found.expiresAt }
        const events = eventsOf(keyOf(found))
        return toKey(await keys.updateWith(asFound, { $set: { revokedAt: now } }, events)) ?? LOST
      }),
    touch: async (id, at) => {
      await keys.changeOne(
        { _id: id, $or: [{ lastUsedAt: null }, { lastUsedAt: { $lt: at } }] },
        { $set: { lastUsedAt: at } },
      )
    },
  }
}

const working = (now: Date): Filter => ({ revokedAt: null, expiresAt: { $gt: now } })

const keyOf = ({ _id, outbox: _, ...key }: ServiceKeyDocument): ServiceKey => ({ id: _id, ...key })
const toKey = (document: ServiceKeyDocument | null): ServiceKey | null => document && keyOf(document)
