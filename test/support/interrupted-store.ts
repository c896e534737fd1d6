import type { Store } from '../../src/store/index.js'
import { aroundStore, type Verb } from './around-store.js'

/** A store in which something happens just before a command is carried out: what a slow network lets happen. */
export interface InterruptedStore {
  wrap(store: Store): Store
  /** Runs `meanwhile` once, before the next command of this verb of a collection. */
  before(collection: string, verb: Verb, meanwhile: () => Promise<unknown>): void
}

export function interruptedStore(): InterruptedStore {
  let waiting: { readonly collection: string; readonly verb: Verb; meanwhile(): Promise<unknown> } | null = null
  return {
    wrap: (store) =>
      aroundStore(store, async ({ collection, verb }, carryOut) => {
        if (waiting?.collection === collection && waiting.verb === verb) {
          const { meanwhile } = waiting
          waiting = null
          await meanwhile()
        }
        return carryOut()
      }),
    before: (collection, verb, meanwhile) => {
      waiting = { collection, verb, meanwhile }
    },
  }
}
