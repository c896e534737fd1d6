import type { Collection, Filter, Store, Stored } from '../../../src/store/index.js'
import { aroundStore, type Verb } from '../../support/around-store.js'

const CONDITIONAL: readonly Verb[] = ['changeOne', 'updateOne', 'deleteMany']

type Meanwhile = (raw: Collection<Stored>) => Promise<unknown>

/** A store whose conditional writes are recorded and interrupted. */
export interface WatchedStore {
  wrap(store: Store): Store
  /** Direct access to a collection. */
  raw(name: string): Collection<Stored>
  /** Runs `meanwhile` once, before or after the next conditional write to a collection. */
  interrupt(when: 'before' | 'after', collection: string, meanwhile: Meanwhile): void
  /** The conditions of the first conditional write to a collection since the last call. */
  conditions(collection: string): Filter
}

export function watchedStore(): WatchedStore {
  const collections = new Map<string, Collection<Stored>>()
  const filters = new Map<string, Filter>()
  let waiting: {
    readonly when: 'before' | 'after'
    readonly collection: string
    readonly meanwhile: Meanwhile
  } | null = null
  const raw = (name: string): Collection<Stored> => {
    const found = collections.get(name)
    if (!found) throw new Error(`no repository opened ${name}`)
    return found
  }
  const around = (store: Store): Store =>
    aroundStore(store, async ({ collection, verb, args }, carryOut) => {
      if (!CONDITIONAL.includes(verb)) return carryOut()
      if (!filters.has(collection)) filters.set(collection, args[0] as Filter)
      if (waiting?.collection !== collection) return carryOut()
      const { when, meanwhile } = waiting
      waiting = null
      if (when === 'before') await meanwhile(raw(collection))
      const answer = await carryOut()
      if (when === 'after') await meanwhile(raw(collection))
      return answer
    })
  return {
    wrap: (store) => {
      const watched = around(store)
      return {
        ...watched,
        collection: (spec) => {
          collections.set(spec.name, store.collection<Stored>(spec))
          return watched.collection(spec)
        },
      }
    },
    raw,
    interrupt: (when, collection, meanwhile) => {
      waiting = { when, collection, meanwhile }
    },
    conditions: (collection) => {
      const filter = filters.get(collection) ?? {}
      filters.clear()
      return filter
    },
  }
}
