import { Unavailable } from '../../src/kernel/unavailable.js'
import type { Store } from '../../src/store/index.js'
import { aroundStore, type Verb } from './around-store.js'

/** A store that does not answer certain commands while it is told not to. */
export interface FaultyStore {
  wrap(store: Store): Store
  /** From now on the nth call (1 is the next) of this method of a collection, and every later one, gets no answer. */
  failFrom(collection: string, verb: Verb, nth?: number): void
  heal(): void
}

export function faultyStore(): FaultyStore {
  let fault: { readonly collection: string; readonly verb: Verb; callsBefore: number } | null = null
  return {
    wrap: (store) =>
      aroundStore(store, async ({ collection, verb }, carryOut) => {
        if (fault?.collection === collection && fault.verb === verb && fault.callsBefore-- <= 0) {
          throw new Unavailable('store')
        }
        return carryOut()
      }),
    failFrom: (collection, verb, nth = 1) => {
      fault = { collection, verb, callsBefore: nth - 1 }
    },
    heal: () => {
      fault = null
    },
  }
}
