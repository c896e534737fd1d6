import type { DeviceId } from '../kernel/ids.js'
import { addressKey, placeKey, siteKey } from './address-key.js'
import type { Budget, Budgets } from './budgets.js'
import { counterOf, type Counter } from './counter.js'
import { nearbyCounters, type NearbyCounters } from './failures-nearby.js'
import { mailboxOf } from './mail-budgets.js'
import type { LimitsDeps } from './spend.js'

/** The facts that identify a caller who tries to sign in. */
export interface SignInCaller {
  readonly address: string | null
  /** The name as typed, whether or not there is such an account (E3); null when the method takes no name. */
  readonly name: string | null
  /** The device whose token proves that this account has signed in on it before. */
  readonly knownDevice: DeviceId | null
  /**
   * What successful sign-ins are counted under: the account or, where there is none, the name; null: success signs no
   * one in.
   */
  readonly account: string | null
}

/** A counter of failures, and how it blocks the caller. */
export interface FailureCounter {
  readonly counter: Counter
  /** `never`: it only counts. `in part`: it allows fewer while the overall budget is used up. */
  readonly holds: 'always' | 'in part' | 'never'
}

export interface SignInCounters {
  readonly failures: readonly FailureCounter[]
  /** Failures overall: the alarm. */
  readonly overall: Counter
  /** Failures of the caller's device or, without a known one, of its /24 or /48. */
  readonly ofSharer: Counter
  /** Failures for the name, which may be read without blocking a caller. */
  readonly ofName: Counter | null
  readonly nearby: NearbyCounters | null
  /** How often mail to this name's mailbox was held back. */
  readonly mailHeldBack: Counter | null
}

type Deps = LimitsDeps & { readonly budgets: Budgets }

/**
 * A known device is only blocked by its own failures: neither a neighbour behind the same address nor guesses from
 * elsewhere can lock it out. Any other caller is blocked by every budget except the overall one (R128).
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
  const ofPlace = counter(budgets.signInPerPlace, placeKey(caller.address))
  if (caller.name === null)
    return { failures, overall, ofSharer: ofPlace, ofName: null, nearby: null, mailHeldBack: null }
  const name = nameKey(caller.name)
  const ofName = counter(budgets.signInPerName, name)
  const ofGuesser: FailureCounter =
    device === null
      ? { counter: ofName, holds: 'always' }
      : { counter: counter(budgets.signInPerDevice, device), holds: 'always' }
  return {
    failures: [
      ...failures,
      { counter: counter(budgets.signInPerAddressAndName, `${address} ${name}`), holds: ofNetwork },
      ofGuesser,
    ],
    overall,
    ofSharer: device === null ? ofPlace : ofGuesser.counter,
    ofName,
    nearby: nearbyCounters(deps, { address: caller.address, nameKey: name }, now),
    mailHeldBack: counter(budgets.mailHeldBackPerDestination, mailboxOf(name)),
  }
}

/** One account on one known device, or from one address. */
export const successKey = (
  account: string,
  { address, knownDevice }: Pick<SignInCaller, 'address' | 'knownDevice'>,
): string => `${account} ${knownDevice ?? addressKey(address)}`

/** Spellings that sign-in treats as one name count as one. */
const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase()
