import { distanceKm } from '../../../src/risk/distance.js'
import type { EventPlace } from '../event.js'

const HOUR_MS = 3_600_000

/** How fast a person went from one place to another, by raw distance; null if no time passed. */
export function travelSpeed(from: EventPlace, to: EventPlace, tookMs: number): number | null {
  return tookMs > 0 ? distanceKm(from, to) / (tookMs / HOUR_MS) : null
}
