import { BIN_COUNT, type ScoreHistogram } from './score-histogram.js'

/** A threshold's two shares: legitimate sign-ins asked (false positives) and attackers asked. */
export interface RocPoint {
  readonly asked: number
  readonly stopped: number
}

/** From "prompts no sign-in" to "prompts all"; null without sign-ins of both kinds. */
export function rocPoints(legitimate: ScoreHistogram, attackers: ScoreHistogram): readonly RocPoint[] | null {
  if (legitimate.total === 0 || attackers.total === 0) return null
  const points: RocPoint[] = [{ asked: 0, stopped: 0 }]
  const counts = { asked: 0, stopped: 0 }
  for (let bin = BIN_COUNT - 1; bin >= 0; bin -= 1) {
    const [asked = 0, stopped = 0] = [legitimate.bins[bin], attackers.bins[bin]]
    if (asked === 0 && stopped === 0) continue
    counts.asked += asked
    counts.stopped += stopped
    points.push({ asked: counts.asked / legitimate.total, stopped: counts.stopped / attackers.total })
  }
  return points
}

/** The area under the curve up to a share of legitimate sign-ins asked, over that share: 1 is perfect. */
export function areaUnder(points: readonly RocPoint[], mostAsked = 1): number {
  let area = 0
  points.slice(1).forEach((right, index) => {
    const left = points[index] ?? right
    const until = Math.min(right.asked, mostAsked)
    if (until <= left.asked) return
    area += ((until - left.asked) * (left.stopped + stoppedBetween(left, right, until))) / 2
  })
  return area / mostAsked
}

/** How many attackers are stopped where that share of legitimate sign-ins is asked; straight between two thresholds. */
export function stoppedAt(points: readonly RocPoint[], asked: number): number {
  const after = points.findIndex((point) => point.asked > asked)
  if (after <= 0) return 1
  const [left, right] = [points[after - 1], points[after]]
  return left && right ? stoppedBetween(left, right, asked) : 1
}

function stoppedBetween(left: RocPoint, right: RocPoint, asked: number): number {
  const part = (asked - left.asked) / (right.asked - left.asked)
  return left.stopped + part * (right.stopped - left.stopped)
}
