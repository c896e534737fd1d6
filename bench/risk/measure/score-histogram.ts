/** Counts of scores in steps of 0.01; all that is kept of millions of them. */
export interface ScoreHistogram {
  readonly total: number
  readonly bins: Uint32Array
  add(score: number): void
}

const LOWEST = -64
const HIGHEST = 64
const STEPS_PER_UNIT = 100

export const BIN_COUNT = (HIGHEST - LOWEST) * STEPS_PER_UNIT + 1

export function scoreHistogram(): ScoreHistogram {
  const bins = new Uint32Array(BIN_COUNT)
  let total = 0
  return {
    get total() {
      return total
    },
    bins,
    add: (score) => {
      const bin = binOf(score)
      bins[bin] = (bins[bin] ?? 0) + 1
      total += 1
    },
  }
}

/** The step a score falls into. What is beyond the range counts as its end, what is no number as the highest. */
export function binOf(score: number): number {
  if (Number.isNaN(score)) return BIN_COUNT - 1
  const clamped = Math.min(HIGHEST, Math.max(LOWEST, score))
  return Math.round((clamped - LOWEST) * STEPS_PER_UNIT)
}
