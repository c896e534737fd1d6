import { windowOf, type Budgets } from './budgets.js'
import { counterOf, type Counter } from './counter.js'
import type { LimitsDeps } from './spend.js'

/** The failures of one name from one address, and the networks that a right password gives them back to. */
export interface TypoCounters {
  /** Failures of the name from the address. They stay counted, so guesses at the name stay limited. */
  readonly ofPair: Counter
  /** How many of them were given back. Never more than there were, so each is given back once. */
  readonly forgiven: Counter
  readonly networks: readonly Counter[]
}

export function typoCounters(
  { budgets, secrets }: LimitsDeps & { readonly budgets: Budgets },
  { ofPair, key, networks }: Pick<TypoCounters, 'ofPair' | 'networks'> & { readonly key: string },
  now: Date,
): TypoCounters {
  const { withinSeconds } = ofPair.budget
  const { startedAt } = windowOf(ofPair.budget, now)
  return {
    ofPair,
    forgiven: counterOf(secrets, { ...budgets.typosForgiven, withinSeconds }, key, now),
    // A network whose window began later may not have counted these failures.
    networks: networks.filter(({ budget }) => windowOf(budget, now).startedAt <= startedAt),
  }
}

/** The counts of a name and address, as read before the password was checked. */
export interface TyposRead {
  readonly failures: number
  readonly forgiven: number
}

/**
 * The name signed in from the address, so its failures there were typing errors of a colleague: their network gets them
 * back. An attacker gains nothing: their guesses are at names that do not sign in from there, and the counters of the
 * name and of name and address keep them all. Without failures it costs nothing.
 */
export async function forgiveTypos(
  { limits }: Pick<LimitsDeps, 'limits'>,
  { forgiven, networks }: TypoCounters,
  read: TyposRead,
): Promise<void> {
  const due = read.failures - read.forgiven
  if (due <= 0) return
  // Added first: of two sign-ins at once only one gives back, and a process that stops here gives back nothing.
  const before = (await limits.increment(forgiven.id, forgiven.endsAt, due)) - due
  const back = Math.min(due, read.failures - before)
  if (back > 0) await Promise.all(networks.map(({ id }) => limits.decrement(id, back)))
}
