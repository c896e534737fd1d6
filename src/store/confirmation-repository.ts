import type { Confirmation, ConfirmationsOf, ConfirmationStore } from '../accounts/index.js'
import type { CollectionSpec, Filter, Store } from './collection.js'

type ConfirmationDocument = Omit<Confirmation, 'id'> & { readonly _id: string; readonly takenAt: Date | null }

const SPEC: CollectionSpec = {
  name: 'confirmations',
  indexes: [
    { fields: { expiresAt: 1 }, expireAfterSeconds: 0 },
    { fields: { accountId: 1 } },
    { fields: { emailKey: 1 } },
  ],
}

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
      return toConfirmation(taken)
    },
    waiting: async (of, now) => {
      const found = await confirmations.find({ ...namedBy(of), takenAt: null, expiresAt: { $gt: now } })
      return found.map(toConfirmation)
    },
    forget: async (of) => {
      await confirmations.deleteMany(namedBy(of))
    },
    forgetSignUps: async (emailKey) => {
      await confirmations.deleteMany({ kind: 'SIGN_UP', emailKey })
    },
  }
}

export const namedBy = ({ accountId, emailKey }: ConfirmationsOf): Filter =>
  emailKey === null ? { accountId } : { $or: [{ accountId }, { emailKey }] }

function toConfirmation({ _id, takenAt: _, ...confirmation }: ConfirmationDocument): Confirmation {
  return { id: _id, ...confirmation } as Confirmation
}
