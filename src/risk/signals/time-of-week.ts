import type { Signal } from '../evidence.js'
import { HOUR_BINS, hourBinOf } from '../profile/profile.js'

const MASS = 12
const WEIGHT = 0.3
const BOUNDS = [-0.5, 0.7] as const
/** How much a sign-in counts for the times around it, in bins of three hours. */
const SPREAD = [0.4, 0.2, 0.1] as const

/** The hour of the week, smoothed. It depends on all other signals, so it has a low weight. */
export const timeOfWeek: Signal = ({ history: { hours }, now }) => {
  const seen = hours.reduce((sum, count) => sum + count, 0)
  if (seen === 0) return null
  const uniform = 1 / HOUR_BINS
  const person = (smoothedAt(hours, hourBinOf(now)) + MASS * uniform) / (seen + MASS)
  const isUsual = person >= uniform
  return {
    likelihoods: [
      {
        finding: { code: isUsual ? 'TIME_USUAL' : 'TIME_UNUSUAL' },
        person,
        attacker: () => uniform,
      },
    ],
    bounds: BOUNDS,
    weight: WEIGHT,
  }
}

function smoothedAt(hours: readonly number[], bin: number): number {
  const at = (offset: number): number => hours[(bin + offset + HOUR_BINS) % HOUR_BINS] ?? 0
  return SPREAD.reduce((sum, weight, off) => sum + weight * (off === 0 ? at(0) : at(off) + at(-off)), 0)
}
