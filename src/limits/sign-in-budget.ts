import { trackAttempts, type AttemptsInFlight } from './attempts-in-flight.js'
import { partOf, type Budget, type BudgetName, type Budgets } from './budgets.js'
import { secondsLeft, type Counter } from './counter.js'
import { countNearby } from './failures-nearby.js'
import { forgiveTypos, type TyposRead } from './forgive-typos.js'
import {
  signInCounters,
  successKey,
  type FailureCounter,
  type SignInCaller,
  type SignInCounters,
} from './sign-in-counters.js'
import type { LimitsDeps } from './spend.js'
import { countSuccesses, type SuccessCount } from './success-count.js'

export interface Judged<T> {
  readonly right: boolean
  readonly value: T
}

/** What the counters say about an attempt that is allowed. */
export interface AttemptFacts {
  /** Failures for this name in the current hour, from anywhere, except those of remembered devices. */
  readonly failuresOfName: number
  /** Failures for this name today, from the same /24 or /48. */
  readonly failuresNearby: number
  /** How many names failed from that network in the current hour. */
  readonly namesFailedNearby: number
  /** How often mail budgets of this name's mailbox ran out today. */
  readonly mailHeldBack: number
  /** Whether the failures of all callers together have used up their budget. */
  readonly isUnderAttack: boolean
}

/**
 * For first factors that cannot be guessed: earlier wrong passwords say nothing about a caller with the right passkey
 * or link.
 */
export const NO_FAILURES: AttemptFacts = Object.freeze({
  failuresOfName: 0,
  failuresNearby: 0,
  namesFailedNearby: 0,
  mailHeldBack: 0,
  isUnderAttack: false,
})

export type SignInBudgetOutcome<T> =
  /** `exhausted`: the budgets this failure used up, each reported once per window: record `limit.reached`. */
  | { readonly kind: 'judged'; readonly value: T; readonly exhausted: readonly BudgetName[] }
  | {
      readonly kind: 'limited'
      readonly budget: BudgetName
      readonly limit: Budget
      readonly retryAfterSeconds: number
    }

export interface SignInBudget {
  /**
   * Lets `judge` check a first factor unless a budget is used up, and counts the result. One read; parallel writes
   * after a failure; one write per batch of successes. If `judge` throws, nothing is counted. `used` is what the
   * caller's device or network has used up so far: see `TurnAsked`.
   */
  judge<T>(
    caller: SignInCaller,
    judge: (facts: AttemptFacts, used: number) => Promise<Judged<T>>,
  ): Promise<SignInBudgetOutcome<T>>
}

export type SignInBudgetDeps = LimitsDeps & {
  readonly budgets: Budgets
  /** The share of the narrow budgets left to unknown callers while the overall budget is used up. */
  readonly alarmShare: number
}

/**
 * Budgets of failed sign-ins. Within a process they are exact: attempts count until they are judged, so a burst of a
 * thousand guesses gets no more of them judged than a budget allows. (A failure that is being written may count twice
 * for a moment, so a burst may be refused a little early, never late.) Processes see each other's failures once they
 * are written: P processes may judge at most P times the budget, and only when all guesses of a window come at once.
 */
export function createSignInBudget(deps: SignInBudgetDeps): SignInBudget {
  const attempts = trackAttempts()
  const successes = countSuccesses(deps, deps.budgets.signInsPerAccountAndAddress)
  return {
    judge: async (caller, judge) => {
      const now = deps.clock.now()
      const counters = signInCounters(deps, caller, now)
      const { failures, overall, ofSharer, ofName, nearby, mailHeldBack, typos } = counters
      const success = caller.account === null ? null : successes.counterFor(successKey(caller.account, caller), now)
      const ids = failures.map(({ counter }) => counter.id)
      attempts.use(ids)
      try {
        const read = [
          ...failures.map(({ counter }) => counter),
          success,
          ofName,
          nearby?.ofName,
          nearby?.names,
          mailHeldBack,
          typos?.forgiven,
        ]
        const stored = await deps.limits.counts(uniqueIds(read))
        const countOf = (counter: Counter | null | undefined): number => (counter && stored.get(counter.id)) ?? 0
        // There must be no await between the check and the reservation.
        const worstOf = (counter: Counter): number => attempts.worstCase(counter.id, countOf(counter))
        const isUnderAttack = worstOf(overall) >= overall.budget.count
        const limitOf = limitsWhile(isUnderAttack, deps.alarmShare)
        const full = failures
          .filter((failure) => worstOf(failure.counter) >= limitOf(failure))
          .map(({ counter }) => counter)
        if (success && successes.isFull(success, countOf(success))) full.push(success)
        if (full.length > 0) return limitedBy(full, now)
        const ownSuccesses = success && caller.knownDevice !== null ? successes.worstCase(success, countOf(success)) : 0
        const used = worstOf(ofSharer) + ownSuccesses
        attempts.begin(ids)
        if (success) successes.begin(success, countOf(success))
        const facts = {
          failuresOfName: countOf(ofName),
          failuresNearby: countOf(nearby?.ofName),
          namesFailedNearby: countOf(nearby?.names),
          mailHeldBack: countOf(mailHeldBack),
          isUnderAttack,
        }
        const typosRead = { failures: countOf(typos?.ofPair), forgiven: countOf(typos?.forgiven) }
        const admitted = { attempts, successes, counters, typosRead, success, judge: () => judge(facts, used) }
        return await judgeAdmitted(deps, admitted)
      } finally {
        attempts.release(ids)
      }
    },
  }
}

/** How many failures block a caller. */
const limitsWhile =
  (isUnderAttack: boolean, alarmShare: number) =>
  ({ counter: { budget }, holds }: FailureCounter): number => {
    if (holds === 'never') return Infinity
    return holds === 'in part' && isUnderAttack ? partOf(budget, alarmShare).count : budget.count
  }

const uniqueIds = (counters: readonly (Counter | null | undefined)[]): string[] => [
  ...new Set(counters.flatMap((counter) => (counter ? [counter.id] : []))),
]

interface AdmittedAttempt<T> {
  readonly attempts: AttemptsInFlight
  readonly successes: SuccessCount
  readonly counters: SignInCounters
  readonly typosRead: TyposRead
  readonly success: Counter | null
  readonly judge: () => Promise<Judged<T>>
}

async function judgeAdmitted<T>(deps: LimitsDeps, admitted: AdmittedAttempt<T>): Promise<SignInBudgetOutcome<T>> {
  const { attempts, successes, counters, typosRead, success, judge } = admitted
  const { nearby, typos } = counters
  const failures = counters.failures.map(({ counter }) => counter)
  const ids = failures.map((counter) => counter.id)
  const judged = await judge().catch((fault: unknown) => {
    attempts.endWithoutFailure(ids)
    if (success) successes.endWithoutSuccess(success)
    throw fault
  })
  if (judged.right) {
    attempts.endWithoutFailure(ids)
    if (typos) await forgiveTypos(deps, typos, typosRead)
    const isLast = success !== null && (await successes.endAsSuccess(success))
    return { kind: 'judged', value: judged.value, exhausted: isLast ? [success.budget.name] : [] }
  }
  if (success) successes.endWithoutSuccess(success)
  const counting = failures.map((counter) => countFailure(deps, attempts, counter))
  const [counts] = await Promise.all([Promise.allSettled(counting), nearby && countNearby(deps, nearby)])
  const exhausted: BudgetName[] = []
  for (const [place, { budget }] of failures.entries()) {
    const count = counts[place]
    // A failure that could not be counted is not answered either.
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

/** The exhausted budget that blocks the caller longest. */
function limitedBy(full: readonly Counter[], now: Date): SignInBudgetOutcome<never> {
  const [longest] = full.toSorted((a, b) => b.endsAt.getTime() - a.endsAt.getTime())
  if (!longest) throw new Error('no budget is used up')
  return {
    kind: 'limited',
    budget: longest.budget.name,
    limit: longest.budget,
    retryAfterSeconds: secondsLeft(longest, now),
  }
}
