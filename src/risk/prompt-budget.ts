import type { RiskThresholds } from '../kernel/risk-thresholds.js'

/** Moves the prompt threshold, within bounds, to prompt about a set percentage of legitimate sign-ins. */
export interface PromptBudget {
  /** The share of legitimate sign-ins that may be prompted; null: the threshold never moves. */
  readonly share: number | null
  /** The thresholds that apply now. */
  thresholds(at: number): RiskThresholds
  /** Counts the score of a legitimate sign-in: it was allowed, or its challenge was passed. */
  proved(score: number, at: number): void
  /** Counts a legitimate sign-in that a hard rule prompted. No threshold would have spared it. */
  ruled(at: number): void
  /** A first factor was wrong. */
  failed(at: number): void
}

/** What a prompt budget counts each hour: a failure, a prompt of a hard rule, or a score by the number of its bin. */
export type BudgetCount = 'failure' | 'ruled' | number

/** A budget that also adds what other processes counted, by hour since 1970. */
export interface MergedPromptBudget extends PromptBudget {
  merge(hour: number, what: BudgetCount, count: number): void
}

export interface PromptBudgetSettings {
  readonly thresholds: RiskThresholds
  /** The share of legitimate sign-ins that may be prompted; null: the threshold never moves. */
  readonly share: number | null
}

export const HOUR_MS = 3_600_000
export const WEEK_HOURS = 168
/** How far the threshold may move down and up, in nats. */
const MOST_DOWN = 1
const MOST_UP = 2
/** How many scores the configured threshold weighs as much as: with few sign-ins it moves little. */
const PRIOR_SCORES = 500
/**
 * Prompts of hard rules use at most this part of the budget. Otherwise a wave of new accounts, which rules prompt, would
 * loosen the threshold for all the others.
 */
const MOST_FOR_RULES = 0.5
/**
 * More failures than this many times the usual hour's are an attack, during which scores say little about legitimate
 * users.
 */
const ATTACK_RATIO = 3
const LEAST_FAILURES = 30
const BIN_NATS = 0.05
const LOWEST_SCORE = -15
const BINS = 600

/**
 * A sliding week of scores that were proved legitimate, of prompts by hard rules, and of failures by the hour. While
 * failures run at three times their weekly median the threshold stays where it is: an attacker must not buy a looser one
 * with noise.
 */
export function createPromptBudget({ thresholds: base, share }: PromptBudgetSettings): MergedPromptBudget {
  const hours = new Map<number, Hour>()
  const week: Week = { scores: new Float64Array(BINS + 1), ruled: 0 }
  let low = base.low
  let settledIn = -Infinity
  const hourOf = (hour: number): Hour => {
    const known = hours.get(hour)
    if (known) return known
    for (const [old, counted] of hours) {
      if (old > hour - WEEK_HOURS) continue
      for (const [bin, count] of counted.scores) week.scores[bin] = (week.scores[bin] ?? 0) - count
      week.ruled -= counted.ruled
      hours.delete(old)
    }
    const fresh: Hour = { scores: new Map(), ruled: 0, failures: 0 }
    hours.set(hour, fresh)
    return fresh
  }
  const merge = (hour: number, what: BudgetCount, count: number): void => {
    const counted = hourOf(hour)
    if (what === 'failure') {
      counted.failures += count
      return
    }
    if (what === 'ruled') {
      counted.ruled += count
      week.ruled += count
      return
    }
    counted.scores.set(what, (counted.scores.get(what) ?? 0) + count)
    week.scores[what] = (week.scores[what] ?? 0) + count
  }
  const settle = (hour: number): void => {
    settledIn = hour
    if (share !== null && !isUnderAttack(hours, hour)) low = base.low + moveOf(week, base.low, share)
  }
  return {
    share,
    thresholds: (at) => {
      const hour = Math.floor(at / HOUR_MS)
      if (hour !== settledIn) settle(hour)
      return low === base.low ? base : { ...base, low: Math.min(low, base.medium) }
    },
    proved: (score, at) => {
      merge(Math.floor(at / HOUR_MS), binOf(score), 1)
    },
    ruled: (at) => {
      merge(Math.floor(at / HOUR_MS), 'ruled', 1)
    },
    failed: (at) => {
      merge(Math.floor(at / HOUR_MS), 'failure', 1)
    },
    merge,
  }
}

/** Where a score is counted. */
export const binOf = (score: number): number =>
  Math.min(BINS, Math.max(0, Math.ceil((score - LOWEST_SCORE) / BIN_NATS)))

export const isBin = (bin: number): boolean => Number.isInteger(bin) && bin >= 0 && bin <= BINS

interface Hour {
  readonly scores: Map<number, number>
  ruled: number
  failures: number
}

interface Week {
  readonly scores: Float64Array
  ruled: number
}

/** How far a week of sign-ins moves the threshold, in nats. */
function moveOf({ scores, ruled }: Week, low: number, share: number): number {
  const scored = scores.reduce((sum, count) => sum + count, 0)
  if (scored === 0) return 0
  const budget = share * (scored + ruled)
  const forScores = Math.max(budget - ruled, budget * (1 - MOST_FOR_RULES))
  const wanted = quantileOf(scores, scored - forScores) - low
  const weight = scored / (scored + PRIOR_SCORES)
  return weight * Math.min(MOST_UP, Math.max(-MOST_DOWN, wanted))
}

function isUnderAttack(hours: ReadonlyMap<number, Hour>, hour: number): boolean {
  const latest = Math.max(hours.get(hour)?.failures ?? 0, hours.get(hour - 1)?.failures ?? 0)
  if (latest < LEAST_FAILURES) return false
  const before = [...hours].filter(([at]) => at < hour - 1).map(([, { failures }]) => failures)
  return latest > ATTACK_RATIO * median(before)
}

/** The score that so many scores do not exceed. */
function quantileOf(counts: Float64Array, atMost: number): number {
  let below = 0
  const bin = counts.findIndex((count) => (below += count) >= atMost)
  return LOWEST_SCORE + bin * BIN_NATS
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
