import { randomInt } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { Unavailable } from './unavailable.js'

/** How many times a guarded write is tried when other changes win. */
const ROUNDS = 50
/** Rounds that follow at once. After them callers wait for a random time, so that they stop overtaking each other. */
const QUICK_ROUNDS = 5
const LONGEST_PAUSE_MILLISECONDS = 50

/** The result of an attempt when another change was faster. */
export const LOST = Symbol('lost')

/**
 * Runs a read and its guarded write until the guard holds. Throws `Unavailable` when it never does: more callers
 * compete for one document than the store can serve, and none of them may be let in on a guess.
 */
export async function untilSettled<T>(attempt: () => Promise<T | typeof LOST>): Promise<T> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const outcome = await attempt()
    if (outcome !== LOST) return outcome
    if (round >= QUICK_ROUNDS) await setTimeout(randomInt(1, Math.min(round * 2, LONGEST_PAUSE_MILLISECONDS)))
  }
  throw new Unavailable('store')
}

/**
 * Does the same for a document that was already read: `reread` reads it again after a lost attempt. Null when there is
 * no such document, or it was removed.
 */
export async function settleOn<D, T>(
  found: D | null,
  reread: (lost: D) => Promise<D | null>,
  attempt: (document: D) => Promise<T | typeof LOST>,
): Promise<T | null> {
  let document = found
  return untilSettled(async () => {
    if (document === null) return null
    const outcome = await attempt(document)
    if (outcome === LOST) document = await reread(document)
    return outcome
  })
}
