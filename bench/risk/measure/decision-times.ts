/** How long decisions took, in steps of two per cent. */
export interface DecisionTimes {
  add(nanoseconds: number): void
  /** In microseconds; null before the first. */
  quantile(share: number): number | null
}

const STEP = Math.log(1.02)
/** The last bin begins at about 74 seconds. */
const BIN_COUNT = 1264

export function decisionTimes(): DecisionTimes {
  const bins = new Uint32Array(BIN_COUNT)
  let total = 0
  return {
    add: (nanoseconds) => {
      const bin = Math.min(BIN_COUNT - 1, Math.floor(Math.log(Math.max(1, nanoseconds)) / STEP))
      bins[bin] = (bins[bin] ?? 0) + 1
      total += 1
    },
    quantile: (share) => {
      if (total === 0) return null
      let within = 0
      const found = bins.findIndex((count) => (within += count) >= share * total)
      // The upper edge, so that no quantile is told too low.
      return Math.exp((found + 1) * STEP) / 1000
    },
  }
}
