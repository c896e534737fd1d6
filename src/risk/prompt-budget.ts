import type { RiskThresholds } from '../kernel/risk-thresholds.js'

/** Moves the prompt threshold, within bounds, to prompt about a set percentage of legitimate sign-ins. */
export interface PromptBudget {
  /** The thresholds that apply now. */
  thresholds(at: number): RiskThresholds
  /**
   * Counts the score of a legitimate sign-in: it was allowed, or its challenge was passed. Do not call it for a sign-in
   * that a hard rule decided: new accounts are prompted at any threshold, and must not move it.
   */
  proved(score: number, at: number): void
  /** A first factor was wrong. */
  failed(at: number): void
}

/** What a prompt budget counts each hour: a failure, or a score by the number of its bin. */
export type BudgetCount = 'failure' | number

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
/** A quantile of fewer scores is not reliable. */
const LEAST_SCORES = 500
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
 * A sliding week of scores that were proved legitimate, and of failures by the hour. While failures run
 * at three times their weekly median the threshold stays where it is: an attacker must not buy a looser one with noise.
 */
export function createPromptBudget({ thresholds: base, share }: PromptBudgetSettings): MergedPromptBudget {
  const hours = new Map<number, Hour>()
  const week = new Float64Array(BINS + 1)
  let low = base.low
  let settledIn = -Infinity
  const hourOf = (hour: number): Hour => {
    const known = hours.get(hour)
    if (known) return known
    for (const [old, { scores }] of hours) {
      if (old > hour - WEEK_HOURS) continue
      for (const [bin, count] of scores) week[bin] = (week[bin] ?? 0) - count
      hours.delete(old)
    }
    const fresh: Hour = { scores: new Map(), failures: 0 }
    hours.set(hour, fresh)
    return fresh
  }
  const merge = (hour: number, what: BudgetCount, count: number): void => {
    const counted = hourOf(hour)
    if (what === 'failure') {
      counted.failures += count
      return
    }
    counted.scores.set(what, (counted.scores.get(what) ?? 0) + count)
    week[what] = (week[what] ?? 0) + count
  }
  const settle = (hour: number): void => {
    settledIn = hour
    if (share === null || isUnderAttack(hours, hour)) return
    const quantile = quantileOf(week, 1 - share)
    if (quantile !== null) low = Math.min(base.low + MOST_UP, Math.max(base.low - MOST_DOWN, quantile))
  }
  return {
    thresholds: (at) => {
      const hour = Math.floor(at / HOUR_MS)
      if (hour !== settledIn) settle(hour)
      return low === base.low ? base : { ...base, low: Math.min(low, base.medium) }
    },
    proved: (score, at) => {
      merge(Math.floor(at / HOUR_MS), binOf(score), 1)
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
  failures: number
}

function isUnderAttack(hours: ReadonlyMap<number, Hour>, hour: number): boolean {
  const latest = Math.max(hours.get(hour)?.failures ?? 0, hours.get(hour - 1)?.failures ?? 0)
  if (latest < LEAST_FAILURES) return false
  const before = [...hours].filter(([at]) => at < hour - 1).map(([, { failures }]) => failures)
  return latest > ATTACK_RATIO * median(before)
}

/** Null if there are too few scores. */
function quantileOf(counts: Float64Array, quantile: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total < LEAST_SCORES) return null
  let below = 0
  const bin = counts.findIndex((count) => (below += count) >= quantile * total)
  return LOWEST_SCORE + bin * BIN_NATS
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
