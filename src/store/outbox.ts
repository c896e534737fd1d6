import type { ChangeEvents, OutboxEntry } from '../audit/index.js'
import { Unavailable } from '../kernel/unavailable.js'
import type { Collection, CollectionSpec, Filter, Index, Store, Stored, Update, Value } from './collection.js'

/** A document that the events of its changes wait in. */
export interface HoldsOutbox extends Stored {
  readonly outbox?: readonly OutboxEntry[]
}

/** Finds what processes left behind. */
export const OUTBOX_INDEX: Index = { fields: { 'outbox.id': 1 }, sparse: true }

/** A collection whose changes take their events along. */
export interface WithOutbox<T extends HoldsOutbox> extends Collection<T> {
  /**
   * `changeOne` with the events of the change, in one update. Afterwards they are on their way to the audit log. Throws
   * `Unavailable` when the document is full of events that the log does not take.
   */
  changeWith(filter: ById, update: Update, events: ChangeEvents): Promise<boolean>
  /** `updateOne` with the events of the change. */
  updateWith(filter: ById, update: Update, events: ChangeEvents): Promise<T | null>
  /** `updateWith`, but inserts the document if there is none. */
  putWith(filter: ById, update: Update, events: ChangeEvents): Promise<T | null>
  /** Inserts one document with the events that tell of it. False when one of its unique keys is taken. */
  insertWith(document: T, events: ChangeEvents): Promise<boolean>
}

type ById = Filter & { readonly _id: string }

export function withOutbox<T extends HoldsOutbox>(
  store: Pick<Store, 'collection'>,
  spec: CollectionSpec,
): WithOutbox<T> {
  const collection = store.collection<T>(spec)

  /** Runs a guarded change. If the guard fails, a full document is told from one that has changed. */
  async function change<R>(
    filter: ById,
    update: Update,
    events: ChangeEvents,
    run: (...guarded: readonly [Filter, Update]) => Promise<R>,
  ): Promise<R> {
    const { entry, capacity } = events
    if (!entry) return run(filter, update)
    const holder = { collection: spec.name, id: filter._id }
    const lastPlace = `outbox.${capacity - 1}`
    const carrying = { ...update, $addToSet: { ...update.$addToSet, outbox: entry as unknown as Value } }
    const tryIt = () => run({ ...filter, [lastPlace]: { $exists: false } }, carrying)
    const isFull = async () => (await collection.count({ _id: holder.id, [lastPlace]: { $exists: true } })) > 0
    let outcome = await tryIt()
    if (!outcome && (await isFull())) {
      await events.makeRoom(holder)
      outcome = await tryIt()
      if (!outcome && (await isFull())) throw new Unavailable('audit log')
    }
    if (outcome) events.stored(holder)
    return outcome
  }

  return {
    ...collection,
    changeWith: (filter, update, events) =>
      change(filter, update, events, (...guarded) => collection.changeOne(...guarded)),
    updateWith: (filter, update, events) =>
      change(filter, update, events, (...guarded) => collection.updateOne(...guarded)),
    putWith: (filter, update, events) =>
      change(filter, update, events, (...guarded) => collection.updateOne(...guarded, { upsert: true })),
    insertWith: async (document, events) => {
      const { entry } = events
      const { duplicate } = await collection.insert([entry ? { ...document, outbox: [entry] } : document])
      if (!duplicate) events.stored({ collection: spec.name, id: document._id })
      return !duplicate
    },
  }
}
