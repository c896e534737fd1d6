import type { DeviceId } from '../kernel/ids.js'
import { addressKey, placeKey, siteKey } from './address-key.js'
import type { Budget, Budgets } from './budgets.js'
import { counterOf, type Counter } from './counter.js'
import { nearbyCounters, type NearbyCounters } from './failures-nearby.js'
import { mailboxOf } from './mail-budgets.js'
import type { LimitsDeps } from './spend.js'

/** Who tries to sign in, as far as it counts. */
export interface SignInCaller {
  readonly address: string | null
  /** What was typed as the name, whether or not there is such an account (E3); null when none is asked for. */
  readonly name: string | null
  /** The device that proved by its token that this very account signed in on it before. */
  readonly knownDevice: DeviceId | null
  /** What right sign-ins are counted by: the account or, where there is none, the name; null: a right answer signs nobody in. */
  readonly account: string | null
}

/** A counter of failures, and how it holds the caller up. */
export interface FailureCounter {
  readonly counter: Counter
  /** `never`: it only counts. `in part`: fewer are allowed while the budget in all is used up. */
  readonly holds: 'always' | 'in part' | 'never'
}

export interface SignInCounters {
  readonly failures: readonly FailureCounter[]
  /** Failures in all: the alarm. */
  readonly overall: Counter
  /** Failures for the name, which may be read without holding anybody up. */
  readonly ofName: Counter | null
  readonly nearby: NearbyCounters | null
  /** How often mail to the mailbox of this name was held back. */
  readonly mailHeldBack: Counter | null
}

type Deps = LimitsDeps & { readonly budgets: Budgets }

/**
 * A known device is held up by its own failures alone: neither a neighbour behind the same address nor guesses from
 * anywhere else can lock it out. Everybody else is held up by every budget but the one in all (R128).
 */
export function signInCounters(deps: Deps, caller: SignInCaller, now: Date): SignInCounters {
  const { budgets, secrets } = deps
  const counter = (budget: Budget, key: string): Counter => counterOf(secrets, budget, key, now)
  const address = addressKey(caller.address)
  const site = siteKey(caller.address)
  const overall = counter(budgets.signInOverall, 'all')
  const device = caller.knownDevice
  const ofNetwork = device === null ? 'in part' : 'never'
  const failures: FailureCounter[] = [
    { counter: overall, holds: 'never' },
    { counter: counter(budgets.signInPerAddress, address), holds: ofNetwork },
    ...(site === null ? [] : [{ counter: counter(budgets.signInPerSite, site), holds: ofNetwork } as const]),
    { counter: counter(budgets.signInPerPlace, placeKey(caller.address)), holds: ofNetwork },
  ]
  if (caller.name === null) return { failures, overall, ofName: null, nearby: null, mailHeldBack: null }
  const name = nameKey(caller.name)
  const ofName = counter(budgets.signInPerName, name)
  const ofWhoever: FailureCounter =
    device === null
      ? { counter: ofName, holds: 'always' }
      : { counter: counter(budgets.signInPerDevice, device), holds: 'always' }
  return {
    failures: [
      ...failures,
      { counter: counter(budgets.signInPerAddressAndName, `${address} ${name}`), holds: ofNetwork },
      ofWhoever,
    ],
    overall,
    ofName,
    nearby: nearbyCounters(deps, { address: caller.address, nameKey: name }, now),
    mailHeldBack: counter(budgets.mailHeldBackPerDestination, mailboxOf(name)),
  }
}

/** One account on one known device, or at one address. */
export const successKey = (
  account: string,
  { address, knownDevice }: Pick<SignInCaller, 'address' | 'knownDevice'>,
): string => `${account} ${knownDevice ?? addressKey(address)}`

/** Spellings that sign-in takes for one name count as one. */
const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase()
