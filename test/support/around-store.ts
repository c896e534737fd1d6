import type { Collection, CollectionSpec, Store, Stored } from '../../src/store/index.js'

export type Verb = keyof Collection<Stored>

/** Called in place of each store command; runs it, or does not. */
export type Around = (
  command: { readonly collection: string; readonly verb: Verb; readonly args: readonly unknown[] },
  carryOut: () => Promise<unknown>,
) => Promise<unknown>

/** A store whose every command goes through `around`. */
export function aroundStore(store: Store, around: Around): Store {
  const wrap = <T extends Stored>(spec: CollectionSpec, collection: Collection<T>): Collection<T> => {
    const verbs = Object.entries(collection) as [Verb, (...args: readonly unknown[]) => Promise<unknown>][]
    const wrapped = verbs.map(([verb, call]) => [
      verb,
      (...args: readonly unknown[]) => around({ collection: spec.name, verb, args }, () => call(...args)),
    ])
    return Object.fromEntries(wrapped) as Collection<T>
  }
  return {
    kind: store.kind,
    sharded: store.sharded,
    collection: (spec) => wrap(spec, store.collection(spec)),
    prepare: () => store.prepare(),
    ping: () => store.ping(),
    now: () => store.now(),
    purge: () => store.purge(),
    close: () => store.close(),
    get roundTrips() {
      return store.roundTrips
    },
  }
}

/**
 * A store some milliseconds away, with a little more delay for each command than for the one before. Commands of
 * parallel calls interleave as over a network, where those of the embedded store would run one after the other.
 */
export function distantStore(store: Store): Store {
  const way = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 8))
  return aroundStore(store, async (_, carryOut) => {
    await way()
    const answer = await carryOut()
    await way()
    return answer
  })
}
