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

export function firstSignIns(): FirstSignIns {
  const people = new Map<string, number[]>()
  return {
    add: (userId, history, score) => {
      if (history < 1 || history > MOST_KEPT) return
      const bins = people.get(userId) ?? []
      if (bins.length === 0) people.set(userId, bins)
      bins.push(binOf(score))
    },
    medianAsked: (threshold, count) => {
      const asked: number[] = []
      for (const bins of people.values()) if (bins.length >= count) asked.push(askedIn(bins, threshold, count))
      return median(asked)
    },
    shareAsked: (threshold, history) => {
      const counts = { asked: 0, all: 0 }
      for (const bins of people.values()) {
        const bin = bins[history - 1]
        if (bin === undefined) continue
        counts.all += 1
        counts.asked += Number(bin >= threshold)
      }
      return counts.all === 0 ? null : counts.asked / counts.all
    },
  }
}

function askedIn(bins: readonly number[], threshold: number, count: number): number {
  let asked = 0
  for (let index = 0; index < count; index += 1) asked += Number((bins[index] ?? -1) >= threshold)
  return asked
}
