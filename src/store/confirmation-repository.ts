import type { Confirmation, ConfirmationStore } from '../accounts/index.js'
import type { CollectionSpec, Store } from './collection.js'

type ConfirmationDocument = Omit<Confirmation, 'id'> & { readonly _id: string; readonly takenAt: Date | null }

const SPEC: CollectionSpec = { name: 'confirmations', indexes: [{ fields: { expiresAt: 1 }, expireAfterSeconds: 0 }] }

/** Links that wait to be followed. */
export function confirmationRepository(store: Store): ConfirmationStore {
  const confirmations = store.collection<ConfirmationDocument>(SPEC)
  return {
    create: async ({ id, ...confirmation }) => {
      await confirmations.insert([{ _id: id, takenAt: null, ...confirmation }])
    },
    take: async (id, now) => {
      const taken = await confirmations.updateOne(
        { _id: id, takenAt: null, expiresAt: { $gt: now } },
        { $set: { takenAt: now } },
      )
      if (!taken) return null
      await confirmations.deleteMany({ _id: id })
      const { _id, takenAt: _, ...confirmation } = taken
      return { id: _id, ...confirmation } as Confirmation
    },
  }
}
