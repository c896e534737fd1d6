import type { Store } from '../../src/store/index.js'
import { aroundStore, type Verb } from './around-store.js'

/** A store in which something happens during a command, as on a slow network. */
export interface InterruptedStore {
  wrap(store: Store): Store
  /** Runs `meanwhile` once, before the next command of this method of a collection. */
  before(collection: string, verb: Verb, meanwhile: () => Promise<unknown>): void
  /**
   * Holds commands of this method of a collection until enough callers have come, runs them one after the other, and
   * answers none before all are done: each caller has read before any of them writes.
   */
  together(collection: string, verb: Verb, callers: number): void
  /** Whether everything planned has happened. */
  readonly isOver: boolean
}

type Carrying = () => Promise<unknown>

interface Interruption {
  readonly collection: string
  readonly verb: Verb
  interrupt(carryOut: Carrying): Promise<unknown>
}

export function interruptedStore(): InterruptedStore {
  let waiting: Interruption | null = null
  return {
    wrap: (store) =>
      aroundStore(store, ({ collection, verb }, carryOut) =>
        waiting?.collection === collection && waiting.verb === verb ? waiting.interrupt(carryOut) : carryOut(),
      ),
    before: (collection, verb, meanwhile) => {
      const interrupt = async (carryOut: Carrying) => {
        waiting = null
        await meanwhile()
        return carryOut()
      }
      waiting = { collection, verb, interrupt }
    },
    together: (collection, verb, callers) => {
      const held: Carrying[] = []
      let release: (answers: Promise<readonly unknown[]>) => void
      const done = new Promise<readonly unknown[]>((resolve) => {
        release = resolve
      })
      const interrupt = async (carryOut: Carrying) => {
        const place = held.push(carryOut) - 1
        if (held.length === callers) {
          waiting = null
          release(inOrder(held))
        }
        return (await done)[place]
      }
      waiting = { collection, verb, interrupt }
    },
    get isOver() {
      return waiting === null
    },
  }
}

async function inOrder(commands: readonly Carrying[]): Promise<readonly unknown[]> {
  const answers: unknown[] = []
  for (const carryOut of commands) answers.push(await carryOut())
  return answers
}
