import { median } from './median.js'
import { binOf } from './score-histogram.js'

/** The sizes of history that Wiefling et al. report. */
export const HISTORY_SIZES = [8, 12, 20, 39] as const

const MOST_KEPT = Math.max(...HISTORY_SIZES)

/** The scores of each person's first sign-ins, for thresholds that are only known in the end. */
export interface FirstSignIns {
  /** `history` is how many sign-ins were learned before; the one without any is where the account begins and no model scores it. */
  add(userId: string, history: number, score: number): void
  /** How often the median person was asked in the first `count` scored sign-ins; people with fewer are left out. */
  medianAsked(threshold: number, count: number): number | null
  /** How many of the people who have a sign-in after `history` others were asked at it. */
  shareAsked(threshold: number, history: number): number | null
}

/** Where a person has not signed in so often. */
const NEVER = -1
const FEW_PEOPLE = 256

export function firstSignIns(): FirstSignIns {
  const rows = new Map<string, number>()
  // A row for each person, all in one piece: many small arrays take several times the memory.
  let bins = new Int16Array(FEW_PEOPLE * MOST_KEPT).fill(NEVER)
  const rowOf = (userId: string): number => {
    const known = rows.get(userId)
    if (known !== undefined) return known
    const row = rows.size * MOST_KEPT
    rows.set(userId, row)
    if (row === bins.length) {
      const larger = new Int16Array(2 * bins.length).fill(NEVER)
      larger.set(bins)
      bins = larger
    }
    return row
  }
  return {
    add: (userId, history, score) => {
      if (history < 1 || history > MOST_KEPT) return
      // First the row: making one may replace the bins.
      const row = rowOf(userId)
      bins[row + history - 1] = binOf(score)
    },
    medianAsked: (threshold, count) => {
      const asked: number[] = []
      for (const row of rows.values()) {
        if (bins[row + count - 1] !== NEVER) asked.push(askedIn(bins, row, threshold, count))
      }
      return median(asked)
    },
    shareAsked: (threshold, history) => {
      const counts = { asked: 0, all: 0 }
      for (const row of rows.values()) {
        const bin = bins[row + history - 1] ?? NEVER
        if (bin === NEVER) continue
        counts.all += 1
        counts.asked += Number(bin >= threshold)
      }
      return counts.all === 0 ? null : counts.asked / counts.all
    },
  }
}

function askedIn(bins: Int16Array, row: number, threshold: number, count: number): number {
  let asked = 0
  for (let index = row; index < row + count; index += 1) asked += Number((bins[index] ?? NEVER) >= threshold)
  return asked
}
