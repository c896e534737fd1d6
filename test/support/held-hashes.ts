import { createRequire } from 'node:module'
import type { Store } from '../../src/store/index.js'
import { aroundStore } from './around-store.js'

// Passwords are hashed by this module only. Import this file before the gateway's, which takes the functions over.
const argon2 = createRequire(import.meta.url)('@node-rs/argon2') as typeof import('@node-rs/argon2')

/** Password work that waits until the test lets it go on. */
export interface HeldHashes {
  /** From now on, password work begins and waits. */
  hold(): void
  /** The passwords whose work has begun and not ended, in the order they began. */
  begun(): readonly string[]
  /** Lets the oldest go on, and returns its password. */
  finishOne(): Promise<string>
  /** Lets all of them go on, and those that come later. */
  letGo(): void
}

interface Held {
  readonly password: string
  finish(): void
}

export function heldHashes(): HeldHashes {
  let isHolding = false
  let held: Held[] = []
  const gate = (password: string): Promise<void> =>
    isHolding ? new Promise((finish) => held.push({ password, finish })) : Promise.resolve()
  const { hash, verify } = argon2
  Object.assign(argon2, {
    hash: async (...args: Parameters<typeof hash>) => {
      await gate(String(args[0]))
      return hash(...args)
    },
    verify: async (...args: Parameters<typeof verify>) => {
      await gate(String(args[1]))
      return verify(...args)
    },
  })
  return {
    hold: () => {
      isHolding = true
    },
    begun: () => held.map(({ password }) => password),
    finishOne: async () => {
      const first = await eventually(() => held.shift())
      first.finish()
      return first.password
    },
    letGo: () => {
      isHolding = false
      for (const { finish } of held) finish()
      held = []
    },
  }
}

/** Counts callers that have read their budgets, after which they wait for their turn. */
export function countArrivals() {
  let arrived = 0
  return {
    wrapStore: (store: Store): Store =>
      aroundStore(store, async ({ collection, verb }, carryOut) => {
        const answer = await carryOut()
        if (collection === 'limits' && verb === 'find') arrived += 1
        return answer
      }),
    /** Runs something that reads budgets once, and returns when it waits for its turn or has begun. */
    arrivalOf: async <T>(come: () => Promise<T>): Promise<{ readonly answer: Promise<T> }> => {
      const before = arrived
      const answer = come()
      await eventually(() => (arrived > before ? true : undefined))
      for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      return { answer }
    },
  }
}

/** Waits on the turns of the event loop. Not `until` of the gateway, which would load Argon2 too early. */
async function eventually<T>(look: () => T | undefined): Promise<T> {
  const deadline = performance.now() + 10_000
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    if (performance.now() > deadline) throw new Error('waited in vain')
    await new Promise((resolve) => setImmediate(resolve))
  }
}
