import { secondsAfter, type Clock } from '../kernel/clock.js'
import type { Secrets } from '../kernel/secrets.js'
import type { ErasureLease } from './ports.js'

/** How long the process that runs an erasure may be silent before another one takes over. */
const LEASE_SECONDS = 120

export interface LeaseDeps {
  readonly clock: Clock
  readonly secrets: Pick<Secrets, 'random'>
}

export const newLease = (deps: LeaseDeps): ErasureLease => renewed(deps, { runner: deps.secrets.random(16) })

/** The same lease, extended from now. */
export const renewed = (
  { clock }: Pick<LeaseDeps, 'clock'>,
  { runner }: Pick<ErasureLease, 'runner'>,
): ErasureLease => ({
  runner,
  until: secondsAfter(clock.now(), LEASE_SECONDS),
})
