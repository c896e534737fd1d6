import type { DeviceId } from '../kernel/ids.js'
import { addressKey } from './address-key.js'
import { trackAttempts, type AttemptsInFlight } from './attempts-in-flight.js'
import type { BudgetName, Budgets } from './budgets.js'
import { counterOf, secondsLeft, type Counter } from './counter.js'
import { countNearby, nearbyCounters, type NearbyCounters } from './failures-nearby.js'
import type { LimitsDeps } from './spend.js'

/** Who tries to sign in, as far as it counts. */
export interface SignInCaller {
  readonly address: string | null
  /** What was typed as the name, whether or not there is such an account (E3); null when none is asked for. */
  readonly name: string | null
  /** The device that was remembered for this very account and proved it: the budget of the name does not hold it up. */
  readonly rememberedDevice: DeviceId | null
}

export interface Judged<T> {
  readonly right: boolean
  readonly value: T
}

/** What the counters tell about an attempt that is let in. */
export interface AttemptFacts {
  /** Failures for this name in the current hour, from anywhere; a remembered device’s own are not among them. */
  readonly failuresOfName: number
  /** Failures for this name today, from the same /24 or /48. */
  readonly failuresNearby: number
  /** How many names failed from there in the current hour. */
  readonly namesFailedNearby: number
}

/** For what is no guess: wrong passwords before it say nothing about whoever brings the right passkey or link. */
export const NO_FAILURES: AttemptFacts = Object.freeze({ failuresOfName: 0, failuresNearby: 0, namesFailedNearby: 0 })

export type SignInBudgetOutcome<T> =
  /** `exhausted`: the budgets this failure used up, each reported once a window: write `limit.reached`. */
  | { readonly kind: 'judged'; readonly value: T; readonly exhausted: readonly BudgetName[] }
  | { readonly kind: 'limited'; readonly budget: BudgetName; readonly retryAfterSeconds: number }

export interface SignInBudget {
  /**
   * Lets `judge` look at a first factor unless a budget of failures is used up, and counts the failure when it is
   * wrong. One read; five parallel writes after a failure; none after a success. A fault of `judge` counts nothing.
   */
  judge<T>(caller: SignInCaller, judge: (facts: AttemptFacts) => Promise<Judged<T>>): Promise<SignInBudgetOutcome<T>>
}

export type SignInBudgetDeps = LimitsDeps & { readonly budgets: Budgets }

/**
 * Budgets of failed sign-ins. Within a process they are exact: attempts that are let in count until they are judged,
 * so a burst of a thousand guesses gets no more of them judged than a budget holds. (A failure that is being written
 * may count twice for a moment, so a burst may be refused a little early, never late.) Processes see each other's
 * failures once they are written: P processes may judge at most P times the budget, and only when all guesses of a
 * window come at once.
 */
export function createSignInBudget(deps: SignInBudgetDeps): SignInBudget {
  const attempts = trackAttempts()
  return {
    judge: async (caller, judge) => {
      const now = deps.clock.now()
      const { counters, ofName, nearby } = countersOf(deps, caller, now)
      const ids = counters.map((counter) => counter.id)
      attempts.use(ids)
      try {
        const stored = await deps.limits.counts(uniqueIds([...counters, ofName, nearby?.ofName, nearby?.names]))
        // Nothing may be awaited between the check and the reservation.
        const full = counters.filter(({ id, budget }) => attempts.worstCase(id, stored.get(id) ?? 0) >= budget.count)
        if (full.length > 0) return limitedBy(full, now)
        attempts.begin(ids)
        const countOf = (counter: Counter | null | undefined): number => (counter && stored.get(counter.id)) ?? 0
        const facts = {
          failuresOfName: countOf(ofName),
          failuresNearby: countOf(nearby?.ofName),
          namesFailedNearby: countOf(nearby?.names),
        }
        return await judgeAdmitted(deps, { attempts, counters, nearby, judge: () => judge(facts) })
      } finally {
        attempts.release(ids)
      }
    },
  }
}

const uniqueIds = (counters: readonly (Counter | null | undefined)[]): string[] => [
  ...new Set(counters.flatMap((counter) => (counter ? [counter.id] : []))),
]

interface AdmittedAttempt<T> {
  readonly attempts: AttemptsInFlight
  readonly counters: readonly Counter[]
  readonly nearby: NearbyCounters | null
  readonly judge: () => Promise<Judged<T>>
}

async function judgeAdmitted<T>(deps: LimitsDeps, admitted: AdmittedAttempt<T>): Promise<SignInBudgetOutcome<T>> {
  const { attempts, counters, nearby, judge } = admitted
  const ids = counters.map((counter) => counter.id)
  const judged = await judge().catch((fault: unknown) => {
    attempts.endWithoutFailure(ids)
    throw fault
  })
  if (judged.right) {
    attempts.endWithoutFailure(ids)
    return { kind: 'judged', value: judged.value, exhausted: [] }
  }
  const counting = counters.map((counter) => countFailure(deps, attempts, counter))
  const [counts] = await Promise.all([Promise.allSettled(counting), nearby && countNearby(deps, nearby)])
  const exhausted: BudgetName[] = []
  for (const [place, { budget }] of counters.entries()) {
    const count = counts[place]
    // A failure that was not counted is not answered either.
    if (count?.status !== 'fulfilled') throw count?.reason
    if (count.value === budget.count) exhausted.push(budget.name)
  }
  return { kind: 'judged', value: judged.value, exhausted }
}

async function countFailure(deps: LimitsDeps, attempts: AttemptsInFlight, counter: Counter): Promise<number> {
  try {
    const count = await deps.limits.increment(counter.id, counter.endsAt)
    attempts.endAsFailure(counter.id, count)
    return count
  } catch (fault) {
    attempts.endAsFailure(counter.id, null)
    throw fault
  }
}

/** The counters that hold the caller up, and the one of the name, which may be read without holding anybody up. */
function countersOf(
  { budgets, secrets, limits, clock }: SignInBudgetDeps,
  caller: SignInCaller,
  now: Date,
): {
  readonly counters: readonly Counter[]
  readonly ofName: Counter | null
  readonly nearby: NearbyCounters | null
} {
  const address = addressKey(caller.address)
  const counters = [
    counterOf(secrets, budgets.signInOverall, 'all', now),
    counterOf(secrets, budgets.signInPerAddress, address, now),
  ]
  if (caller.name === null) return { counters, ofName: null, nearby: null }
  const name = nameKey(caller.name)
  const ofName = counterOf(secrets, budgets.signInPerName, name, now)
  const ofDevice = caller.rememberedDevice && counterOf(secrets, budgets.signInPerDevice, caller.rememberedDevice, now)
  const ofBoth = counterOf(secrets, budgets.signInPerAddressAndName, `${address} ${name}`, now)
  const nearby = nearbyCounters({ limits, budgets, secrets, clock }, { address: caller.address, nameKey: name }, now)
  return { counters: [...counters, ofBoth, ofDevice ?? ofName], ofName, nearby }
}

/** Spellings that sign-in takes for one name count as one. */
const nameKey = (name: string): string => name.normalize('NFKC').trim().toLowerCase()

/** The budget that holds the caller up longest. */
function limitedBy(full: readonly Counter[], now: Date): SignInBudgetOutcome<never> {
  const [longest] = full.toSorted((a, b) => b.endsAt.getTime() - a.endsAt.getTime())
  if (!longest) throw new Error('no budget is used up')
  return { kind: 'limited', budget: longest.budget.name, retryAfterSeconds: secondsLeft(longest, now) }
}
