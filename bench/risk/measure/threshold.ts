import { BIN_COUNT, type ScoreHistogram } from './score-histogram.js'

// A threshold is a bin: sign-ins in it or above are prompted. A threshold above the highest bin prompts none.

/** The highest threshold that still asks this share of the sign-ins; null without any. */
export function thresholdAsking(scores: ScoreHistogram, share: number): number | null {
  if (scores.total === 0) return null
  let asked = 0
  for (let bin = BIN_COUNT - 1; bin > 0; bin -= 1) {
    asked += scores.bins[bin] ?? 0
    if (asked >= share * scores.total) return bin
  }
  return 0
}

/** The lowest threshold that asks at most this share of the sign-ins; null without any. */
export function thresholdSparing(scores: ScoreHistogram, share: number): number | null {
  if (scores.total === 0) return null
  let asked = 0
  for (let bin = BIN_COUNT - 1; bin >= 0; bin -= 1) {
    asked += scores.bins[bin] ?? 0
    if (asked > share * scores.total) return bin + 1
  }
  return 0
}

/** The share of sign-ins a threshold asks; null without any. */
export function shareAsked(scores: ScoreHistogram, threshold: number): number | null {
  if (scores.total === 0) return null
  let asked = 0
  for (let bin = threshold; bin < BIN_COUNT; bin += 1) asked += scores.bins[bin] ?? 0
  return asked / scores.total
}
