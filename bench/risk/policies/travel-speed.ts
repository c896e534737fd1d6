import { distanceKm } from '../../../src/risk/distance.js'
import type { EventPlace } from '../event.js'

const HOUR_MS = 3_600_000

/** How fast somebody went from one place to another, by raw distance; null when no time passed. */
export function travelSpeed(from: EventPlace, to: EventPlace, tookMs: number): number | null {
  return tookMs > 0 ? distanceKm(from, to) / (tookMs / HOUR_MS) : null
}
