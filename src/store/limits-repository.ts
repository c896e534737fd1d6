import type { LimitsStore } from '../limits/index.js'
import type { CollectionSpec, Store } from './collection.js'

interface CounterDocument {
  readonly _id: string
  readonly count: number
  readonly expiresAt: Date
}

export const LIMITS: CollectionSpec = {
  name: 'limits',
  fields: ['count', 'expiresAt'],
  // The window is part of the id, so an old counter is never read again. An hour of grace allows for clocks that
  // differ.
  indexes: [{ fields: { expiresAt: 1 }, expireAfterSeconds: 3600 }],
}

export function createLimitsRepository(store: Pick<Store, 'collection'>): LimitsStore {
  const counters = store.collection<CounterDocument>(LIMITS)
  return {
    counts: async (ids) => {
      const found = await counters.find({ _id: { $in: ids } })
      return new Map(found.map((counter) => [counter._id, counter.count]))
    },
    increment: async (id, expiresAt, by = 1) => {
      const counter = await counters.updateOne(
        { _id: id },
        { $inc: { count: by }, $set: { expiresAt } },
        { upsert: true },
      )
      if (!counter) throw new Error('an upsert answered nothing')
      return counter.count
    },
    decrement: async (id, by = 1) => {
      await counters.updateOne({ _id: id, count: { $gte: by } }, { $inc: { count: -by } })
    },
    forget: async (ids) => {
      await counters.deleteMany({ _id: { $in: ids } })
    },
  }
}
