import { secondsAfter, type Clock } from '../kernel/clock.js'
import type { Secrets } from '../kernel/secrets.js'
import type { ErasureLease } from './ports.js'

/** How long whoever works on an erasure may be silent before somebody else takes over. */
const LEASE_SECONDS = 120

export interface LeaseDeps {
  readonly clock: Clock
  readonly secrets: Pick<Secrets, 'random'>
}

export const newLease = (deps: LeaseDeps): ErasureLease => renewed(deps, { runner: deps.secrets.random(16) })

/** The same lease, from now on. */
export const renewed = (
  { clock }: Pick<LeaseDeps, 'clock'>,
  { runner }: Pick<ErasureLease, 'runner'>,
): ErasureLease => ({
  runner,
  until: secondsAfter(clock.now(), LEASE_SECONDS),
})
