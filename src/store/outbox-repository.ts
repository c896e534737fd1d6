import type { OutboxStore, Waiting } from '../audit/index.js'
import type { Collection, CollectionSpec, Fields, Store } from './collection.js'
import type { HoldsOutbox } from './outbox.js'
import { INVITATIONS } from './invitation-repository.js'
import { LIST_ENTRIES } from './list-repository.js'
import { ORGANIZATIONS } from './organization-repository.js'
import { PEOPLE } from './person-document.js'
import { SERVICE_KEYS } from './service-key-repository.js'

/** Every collection whose documents hold events. */
const HOLDERS: readonly CollectionSpec[] = [PEOPLE, ORGANIZATIONS, INVITATIONS, LIST_ENTRIES, SERVICE_KEYS]

const OUTBOX_ALONE: Fields<HoldsOutbox> = { paths: ['outbox'] }

/** The events that wait in documents. */
export function outboxRepository(store: Pick<Store, 'collection'>): OutboxStore {
  const holders = new Map(HOLDERS.map((spec) => [spec.name, store.collection<HoldsOutbox>(spec)]))
  const waitingIn: OutboxStore['waitingIn'] = async (holder) => {
    const found = await holders.get(holder.collection)?.findOne({ _id: holder.id }, OUTBOX_ALONE)
    return { holder, entries: found?.outbox ?? [] }
  }
  return {
    waitingIn,
    waitingOf: (accountId) => waitingIn({ collection: PEOPLE.name, id: accountId }),
    waitingBelow: async (id, limit) => {
      for (const [collection, documents] of holders) {
        const found = await documents.find({ 'outbox.id': { $lt: id } }, { sort: { 'outbox.id': 1 }, limit })
        if (found.length > 0) return found.map((document) => waitingSince(id, collection, document))
      }
      return []
    },
    remove: async (delivered) => {
      for (const [collection, documents] of holders) {
        const own = delivered.filter(({ holder }) => holder.collection === collection)
        if (own.length > 0) await removeFrom(documents, own)
      }
    },
  }
}

/** One command for all documents: an id is in one of them only. */
async function removeFrom(documents: Collection<HoldsOutbox>, delivered: readonly Waiting[]): Promise<void> {
  const ids = new Set(delivered.map(({ holder }) => holder.id))
  const entries = delivered.flatMap((each) => each.entries.map(({ id }) => id))
  await documents.updateMany({ _id: { $in: [...ids] } }, { $pull: { outbox: { id: { $in: entries } } } })
}

const waitingSince = (id: string, collection: string, { _id, outbox = [] }: HoldsOutbox): Waiting => ({
  holder: { collection, id: _id },
  entries: outbox.filter((entry) => entry.id < id),
})
