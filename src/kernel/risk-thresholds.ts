/** The highest score, in nats, of each risk level; above `high` is `CRITICAL`. */
export interface RiskThresholds {
  readonly low: number
  readonly medium: number
  readonly high: number
}

/** Whether each level is at least 1 above the level below it. */
export const areRising = ({ low, medium, high }: RiskThresholds): boolean =>
  Number.isFinite(low) && Number.isFinite(high) && low + 1 <= medium && medium + 1 <= high

/** The lower threshold at every level, which prompts sooner. Rising inputs give a rising result. */
export function stricterThresholds(a: RiskThresholds, b: RiskThresholds | null): RiskThresholds {
  if (b === null) return a
  return { low: Math.min(a.low, b.low), medium: Math.min(a.medium, b.medium), high: Math.min(a.high, b.high) }
}
