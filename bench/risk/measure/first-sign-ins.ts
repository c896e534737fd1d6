import { median } from './median.js'
import { BIN_COUNT, binOf } from './score-histogram.js'

/** The sizes of history that Wiefling et al. report. */
export const HISTORY_SIZES = [8, 12, 20, 39] as const

const MOST_KEPT = Math.max(...HISTORY_SIZES)

/** The scores of each person's first sign-ins, for thresholds that are only known in the end. */
export interface FirstSignIns {
  /** People are numbered from 0. `history` is how many sign-ins were learned before; the one without any is where the account begins and no model scores it. */
  add(person: number, history: number, score: number): void
  /** How often the median person was asked in the first `count` scored sign-ins; people with fewer are left out. */
  medianAsked(threshold: number, count: number): number | null
  /** How many of the people who have a sign-in after `history` others were asked at it. */
  shareAsked(threshold: number, history: number): number | null
}

/** Where a person has not signed in so often. */
const NEVER = -1
const FEW_PEOPLE = 256

export function firstSignIns(): FirstSignIns {
  let people = 0
  // A row for each person, all in one piece: many small arrays take several times the memory.
  let bins = new Int16Array(FEW_PEOPLE * MOST_KEPT).fill(NEVER)
  /** How many had at least each score, by the size of their history, once that was asked for; null: not since the last one. */
  let atLeast: readonly Uint32Array[] | null = null
  const makeRoomFor = (person: number): void => {
    people = Math.max(people, person + 1)
    if (people * MOST_KEPT <= bins.length) return
    const larger = new Int16Array(2 * people * MOST_KEPT).fill(NEVER)
    larger.set(bins)
    bins = larger
  }
  return {
    add: (person, history, score) => {
      if (history < 1 || history > MOST_KEPT) return
      atLeast = null
      makeRoomFor(person)
      bins[person * MOST_KEPT + history - 1] = binOf(score)
    },
    medianAsked: (threshold, count) => {
      const asked: number[] = []
      for (let row = 0; row < people * MOST_KEPT; row += MOST_KEPT) {
        if (bins[row + count - 1] !== NEVER) asked.push(askedIn(bins, row, threshold, count))
      }
      return median(asked)
    },
    shareAsked: (threshold, history) => {
      atLeast ??= countAtLeast(bins, people)
      const counts = atLeast[history - 1]
      const all = counts?.[0] ?? 0
      return all === 0 ? null : (counts?.[Math.max(0, threshold)] ?? 0) / all
    },
  }
}

/** For every size of history: how many have a score in each bin or above. */
function countAtLeast(bins: Int16Array, people: number): readonly Uint32Array[] {
  return Array.from({ length: MOST_KEPT }, (_, size) => {
    const counts = new Uint32Array(BIN_COUNT)
    for (let place = size; place < people * MOST_KEPT; place += MOST_KEPT) {
      const bin = bins[place] ?? NEVER
      if (bin !== NEVER) counts[bin] = (counts[bin] ?? 0) + 1
    }
    for (let bin = BIN_COUNT - 2; bin >= 0; bin -= 1) counts[bin] = (counts[bin] ?? 0) + (counts[bin + 1] ?? 0)
    return counts
  })
}

function askedIn(bins: Int16Array, row: number, threshold: number, count: number): number {
  let asked = 0
  for (let index = row; index < row + count; index += 1) asked += Number((bins[index] ?? NEVER) >= threshold)
  return asked
}
