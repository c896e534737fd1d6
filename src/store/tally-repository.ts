import type { CountedTally, Tally, TallyStore } from '../risk/index.js'
import type { CollectionSpec, Store } from './collection.js'
import { under } from './paths.js'

type TallyDocument = CountedTally & { readonly _id: string; readonly changedAt: Date; readonly expiresAt: Date }

const SPEC: CollectionSpec = {
  name: 'riskTallies',
  fields: ['kind', 'period', 'shard', 'counts', 'changedAt', 'expiresAt'],
  indexes: [{ fields: { kind: 1, changedAt: 1 } }, { fields: { expiresAt: 1 }, expireAfterSeconds: 3600 }],
}

/** Counts that processes share. Sums only grow, so the order of additions does not matter. */
export function tallyRepository(store: Pick<Store, 'collection'>): TallyStore {
  const tallies = store.collection<TallyDocument>(SPEC)
  return {
    add: async ({ kind, period, shard }, counts, { now, expiresAt }) => {
      await tallies.updateOne(
        { _id: idOf({ kind, period, shard }) },
        {
          $set: { kind, period, shard, expiresAt },
          $inc: under('counts', Object.fromEntries(counts)),
          $max: { changedAt: now },
        },
        { upsert: true },
      )
    },
    changed: async (kind, { period, at }) => {
      const found = await tallies.find({ kind, period: { $gte: period }, changedAt: { $gte: at } })
      return found.map((tally) => ({ kind, period: tally.period, shard: tally.shard, counts: tally.counts }))
    },
  }
}

const idOf = ({ kind, period, shard }: Tally): string => `${kind}/${period}/${shard}`
