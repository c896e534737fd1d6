import { secondsAfter } from '../kernel/clock.js'
import type { Rate } from './budgets.js'

/** The account's budget of wrong answers across all factors, kept inside the person's document. */
export interface StepUpBudget {
  /** Also identifies the window: it only ever grows. */
  readonly windowStartedAt: Date
  /** Answers of this window that were wrong or are not judged yet. */
  readonly failures: number
  readonly lockedUntil: Date | null
}

export interface StepUpRule extends Rate {
  readonly lockSeconds: number
}

export const DEFAULT_STEP_UP_RULE: StepUpRule = { count: 10, withinSeconds: 900, lockSeconds: 900 }

/** A lock that ends later than a gateway whose clock is off by a day could set is from a clock that was wrong (R175). */
const CLOCKS_APART_SECONDS = 86_400

/** The budget of a new account. */
export const newStepUpBudget = (): StepUpBudget => ({ windowStartedAt: new Date(0), failures: 0, lockedUntil: null })

/** A conditional update of the budget; paths are relative to it. The change is only correct where the guard matches. */
export interface StepUpBudgetUpdate {
  readonly guard: Readonly<Record<string, Date | number | null | { readonly $lt: number }>>
  readonly change: {
    readonly $set?: Readonly<Record<string, Date | number | null>>
    readonly $inc?: Readonly<Record<string, number>>
  }
}

/** Identifies the window an attempt was spent in; keep it until the attempt is judged. */
export interface SpentAttempt {
  readonly windowStartedAt: Date
}

export type SpendAttemptOutcome =
  | { readonly kind: 'locked'; readonly until: Date }
  /** `locksUntil`: this attempt is the last one, so if it fails, step-up stays locked until then; null otherwise. */
  | {
      readonly kind: 'spend'
      /** The budget once the attempt is spent; parallel attempts of its window may have spent more. */
      readonly after: StepUpBudget
      readonly update: StepUpBudgetUpdate
      readonly attempt: SpentAttempt
      readonly locksUntil: Date | null
    }

/**
 * When the account's step-up opens again; null when it is open. Check it at every step, including redemption (R017).
 */
export function stepUpLockedUntil(budget: StepUpBudget, rule: StepUpRule, now: Date): Date | null {
  if (budget.lockedUntil !== null) {
    const isPlausible = budget.lockedUntil <= secondsAfter(now, rule.lockSeconds + CLOCKS_APART_SECONDS)
    return budget.lockedUntil > now && isPlausible ? budget.lockedUntil : null
  }
  const endsAt = secondsAfter(budget.windowStartedAt, rule.withinSeconds)
  // Full without a lock only when the rule became stricter meanwhile.
  return budget.failures >= rule.count && endsAt > now ? endsAt : null
}

/**
 * Spends one attempt before the answer is judged, as an update that only holds while the relevant parts of the budget
 * are as read. When the guard no longer matches, read the budget and call this again. Attempts of one window do not
 * disturb each other, except for the last one, which sets the lock in the same update.
 */
export function spendStepUpAttempt(budget: StepUpBudget, rule: StepUpRule, now: Date): SpendAttemptOutcome {
  const until = stepUpLockedUntil(budget, rule, now)
  if (until) return { kind: 'locked', until }

  const { windowStartedAt, lockedUntil } = budget
  const locksUntil = secondsAfter(now, rule.lockSeconds)
  const over = lockedUntil !== null || secondsAfter(windowStartedAt, rule.withinSeconds) <= now
  if (over) {
    const last = rule.count <= 1
    const $set = { windowStartedAt: now, failures: 1, lockedUntil: last ? locksUntil : null }
    // The guard includes the lock as read: a process whose clock is behind may have locked the old window meanwhile.
    const update = { guard: { windowStartedAt, lockedUntil }, change: { $set } }
    const attempt = { windowStartedAt: now }
    return { kind: 'spend', after: $set, update, attempt, locksUntil: last ? locksUntil : null }
  }

  const $inc = { failures: 1 }
  const attempt = { windowStartedAt }
  const failures = budget.failures + 1
  if (budget.failures < rule.count - 1) {
    const guard = { windowStartedAt, lockedUntil: null, failures: { $lt: rule.count - 1 } }
    return {
      kind: 'spend',
      after: { ...budget, failures },
      update: { guard, change: { $inc } },
      attempt,
      locksUntil: null,
    }
  }
  const guard = { windowStartedAt, lockedUntil: null, failures: rule.count - 1 }
  const update = { guard, change: { $inc, $set: { lockedUntil: locksUntil } } }
  return { kind: 'spend', after: { ...budget, failures, lockedUntil: locksUntil }, update, attempt, locksUntil }
}

/**
 * The update after a right answer (or one that was not judged after all): gives back the attempt spent for it, and
 * opens a lock that was only set because of it. Wrong answers count until their window ends, even if another factor is
 * proved meanwhile: one factor in an attacker's hands must not buy guesses at another (R016, R019).
 *
 * `budget` is as read after spending. Put guard and change into the update that accepts the answer; when it matches
 * nothing, read again and call this again. In another window there is nothing to give back.
 */
export function giveBackStepUpAttempt(budget: StepUpBudget, attempt: SpentAttempt): StepUpBudgetUpdate {
  const guard = { windowStartedAt: budget.windowStartedAt }
  if (budget.windowStartedAt.getTime() !== attempt.windowStartedAt.getTime()) return { guard, change: {} }
  return { guard, change: { $inc: { failures: -1 }, $set: { lockedUntil: null } } }
}
