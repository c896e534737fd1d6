import { Unavailable } from '../../src/kernel/unavailable.js'
import type { Collection, CollectionSpec, Store, Stored } from '../../src/store/index.js'

type Verb = keyof Collection<Stored>

/** A store that stops to answer certain commands while it is told to. */
export interface FaultyStore {
  wrap(store: Store): Store
  /** From now on the nth call (1 is the next) of this verb of a collection, and every one after it, gets no answer. */
  failFrom(collection: string, verb: Verb, nth?: number): void
  heal(): void
}

export function faultyStore(): FaultyStore {
  let fault: { readonly collection: string; readonly verb: Verb; callsBefore: number } | null = null

  const wrapCollection = <T extends Stored>(spec: CollectionSpec, collection: Collection<T>): Collection<T> => {
    const verbs = Object.entries(collection) as [Verb, (...args: readonly unknown[]) => Promise<unknown>][]
    const guarded = verbs.map(([verb, call]) => [
      verb,
      async (...args: readonly unknown[]) => {
        if (fault?.collection === spec.name && fault.verb === verb && fault.callsBefore-- <= 0) {
          throw new Unavailable('store')
        }
        return call(...args)
      },
    ])
    return Object.fromEntries(guarded) as Collection<T>
  }

  return {
    wrap: (store) => ({
      kind: store.kind,
      collection: (spec) => wrapCollection(spec, store.collection(spec)),
      prepare: () => store.prepare(),
      ping: () => store.ping(),
      close: () => store.close(),
      get roundTrips() {
        return store.roundTrips
      },
    }),
    failFrom: (collection, verb, nth = 1) => {
      fault = { collection, verb, callsBefore: nth - 1 }
    },
    heal: () => {
      fault = null
    },
  }
}
