import type { SpentChallenges } from '../devices/index.js'
import type { CollectionSpec, Store } from './collection.js'

interface SpentDocument {
  readonly _id: string
  readonly expiresAt: Date
}

const SPEC: CollectionSpec = {
  name: 'spentChallenges',
  fields: ['_id', 'expiresAt'],
  // Ended ones are refused by their date. An hour of grace spares clocks that differ.
  indexes: [{ fields: { expiresAt: 1 }, expireAfterSeconds: 3600 }],
}

/** Challenges that need no record until they are answered: whoever writes one first has spent it. */
export function spentChallengeRepository(store: Store): SpentChallenges {
  const spent = store.collection<SpentDocument>(SPEC)
  return {
    spend: async (challengeHash, endsAt) => {
      const { inserted } = await spent.insert([{ _id: challengeHash, expiresAt: endsAt }])
      return inserted === 1
    },
  }
}
