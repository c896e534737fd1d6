import { Unavailable } from '../kernel/unavailable.js'

const ROUNDS = 50

/** Runs a read and its guarded write until the guard held. What never settles is contention we cannot serve: not a yes. */
export async function untilSettled<T>(attempt: () => Promise<{ readonly settled: T } | null>): Promise<T> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const outcome = await attempt()
    if (outcome) return outcome.settled
  }
  throw new Unavailable('store')
}
