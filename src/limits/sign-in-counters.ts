import type { DeviceId } from '../kernel/ids.js'
import { addressKey, placeKey, siteKey } from './address-key.js'
import type { Budget, Budgets } from './budgets.js'
import { counterOf, type Counter } from './counter.js'
import { nearbyCounters, type NearbyCounters } from './failures-nearby.js'
import { typoCounters, type TypoCounters } from './forgive-typos.js'
import { mailboxOf } from './mail-budgets.js'
import { budgetAt } from './shared-networks.js'
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
  /** What a right password gives back to the networks; null for known devices, which spend nothing of them. */
  readonly typos: TypoCounters | null
}

type Deps = LimitsDeps & { readonly budgets: Budgets }

/**
 * A known device is only blocked by its own failures, and its failures block no other caller: neither a neighbour behind
 * the same address nor guesses from elsewhere can lock it out. Any other caller is blocked by every budget except the overall one (R128).
 */
export function signInCounters(deps: Deps, caller: SignInCaller, now: Date): SignInCounters {
  const { budgets, secrets } = deps
  const counter = (budget: Budget, key: string): Counter => counterOf(secrets, budget, key, now)
  const ofNetwork = (budget: Budget, key: string): FailureCounter => ({
    counter: counter(budgetAt(deps, budget, caller.address), key),
    holds: 'in part',
  })
  const address = addressKey(caller.address)
  const site = siteKey(caller.address)
  const overall = counter(budgets.signInOverall, 'all')
  const device = caller.knownDevice
  const ofPlace = ofNetwork(budgets.signInPerPlace, placeKey(caller.address))
  const networks = [
    ofNetwork(budgets.signInPerAddress, address),
    ...(site === null ? [] : [ofNetwork(budgets.signInPerSite, site)]),
    ofPlace,
  ]
  const always: FailureCounter = { counter: overall, holds: 'never' }
  if (caller.name === null) {
    const failures = device === null ? [always, ...networks] : [always]
    return { failures, overall, ofSharer: ofPlace.counter, ofName: null, nearby: null, mailHeldBack: null, typos: null }
  }
  const name = nameKey(caller.name)
  const ofName = counter(budgets.signInPerName, name)
  const common = {
    overall,
    ofName,
    nearby: nearbyCounters(deps, { address: caller.address, nameKey: name }, now),
    mailHeldBack: counter(budgets.mailHeldBackPerDestination, mailboxOf(name)),
  }
  if (device !== null) {
    const ofDevice: FailureCounter = { counter: counter(budgets.signInPerDevice, device), holds: 'always' }
    return { ...common, failures: [always, ofDevice], ofSharer: ofDevice.counter, typos: null }
  }
  const ofPair = counter(budgets.signInPerAddressAndName, `${address} ${name}`)
  return {
    ...common,
    failures: [always, ...networks, { counter: ofPair, holds: 'in part' }, { counter: ofName, holds: 'always' }],
    ofSharer: ofPlace.counter,
    typos: typoCounters(
      deps,
      { ofPair, key: `${address} ${name}`, networks: networks.map((each) => each.counter) },
      now,
    ),
  }
}

/** One account on one known device, or from one address. */
export const successKey = (
  account: string,
  { address, knownDevice }: Pick<SignInCaller, 'address' | 'knownDevice'>,
): string => `${account} ${knownDevice ?? addressKey(address)}`

/** Spellings that sign-in treats as one name count as one. */
const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase()
