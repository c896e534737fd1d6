import type { RiskThresholds } from './risk.js'

/** Moves the prompt threshold so that about so many of a hundred legitimate sign-ins are asked, within bounds. */
export interface PromptBudget {
  /** The thresholds to judge by now. */
  thresholds(at: number): RiskThresholds
  /**
   * A sign-in whose score this was turned out legitimate: it was let in, or its challenge was passed. Not for one that a
   * hard rule decided: newcomers are asked whatever the threshold is, and must not move it.
   */
  proved(score: number, at: number): void
  /** A first factor was wrong. */
  failed(at: number): void
}

export interface PromptBudgetSettings {
  readonly thresholds: RiskThresholds
  /** The share of legitimate sign-ins that may be asked; null: the threshold never moves. */
  readonly share: number | null
}

const HOUR_MS = 3_600_000
const WEEK_HOURS = 168
/** How far below and above its place the threshold may move, in nats. */
const MOST_DOWN = 1
const MOST_UP = 2
/** A quantile of few scores is chance. */
const LEAST_SCORES = 500
/** More failures than so many times the usual hour's are an attack, in which legitimate scores cannot be told. */
const ATTACK_RATIO = 3
const LEAST_FAILURES = 30
const BIN_NATS = 0.05
const LOWEST_SCORE = -15
const BINS = 600

/**
 * A sliding week of scores that were proved legitimate, and of failures by the hour, in this process. While failures run
 * at three times their weekly median the threshold stays where it is: an attacker must not buy a looser one with noise.
 */
export function createPromptBudget({ thresholds: base, share }: PromptBudgetSettings): PromptBudget {
  const hours = new Map<number, Hour>()
  const week = new Float64Array(BINS + 1)
  let low = base.low
  let settledIn = -Infinity
  const hourAt = (at: number): Hour => {
    const hour = Math.floor(at / HOUR_MS)
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
      const { scores } = hourAt(at)
      const bin = Math.min(BINS, Math.max(0, Math.ceil((score - LOWEST_SCORE) / BIN_NATS)))
      scores.set(bin, (scores.get(bin) ?? 0) + 1)
      week[bin] = (week[bin] ?? 0) + 1
    },
    failed: (at) => {
      hourAt(at).failures += 1
    },
  }
}

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

/** Null when there are too few scores to tell. */
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
