import type { SpentChallenges } from '../devices/index.js'
import type { CollectionSpec, Store } from './collection.js'

interface SpentDocument {
  readonly _id: string
  readonly expiresAt: Date
}

const SPEC: CollectionSpec = {
  name: 'spentChallenges',
  fields: ['_id', 'expiresAt'],
  // Expired ones are refused by their date. An hour of grace allows for clocks that differ.
  indexes: [{ fields: { expiresAt: 1 }, expireAfterSeconds: 3600 }],
}

/** Challenges that are only recorded when they are answered: the first caller to write one has spent it. */
export function spentChallengeRepository(store: Store): SpentChallenges {
  const spent = store.collection<SpentDocument>(SPEC)
  return {
    spend: async (challengeHash, endsAt) => {
      const { inserted } = await spent.insert([{ _id: challengeHash, expiresAt: endsAt }])
      return inserted === 1
    },
  }
}
