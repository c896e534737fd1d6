import { distanceKm, FARTHEST_KM } from '../distance.js'
import type { Evidence } from '../evidence.js'
import type { DevicePlace } from '../profile/profile.js'
import { sightingsOfNetwork } from './network.js'

const LEAST_KM = 500
const MOST_KM_PER_HOUR = 1000
const LEAST_SECONDS = 60
/** Reasons why an address has no place although a database was asked. */
const UNPLACED = ['not-found', 'address-not-public', 'address-unreadable']

/** `unverifiable`: the place is unknown, and too little time has passed for every place on earth to be in reach. */
export type Travel =
  | { readonly kind: 'possible' }
  | { readonly kind: 'unverifiable' }
  | { readonly kind: 'impossible'; readonly km: number; readonly hours: number }

const POSSIBLE: Travel = Object.freeze({ kind: 'possible' })

/** Whether the person could have travelled here from their last place. */
export function judgeTravel(evidence: Evidence): Travel {
  const { seen, history, now } = evidence
  const { observation, countryGap } = seen
  const last = latestOf(history.places)
  if (!last?.place || sightingsOfNetwork(evidence) > 0) return POSSIBLE
  // A data centre or relay shows where the network is, not where the person is.
  if (last.relayed || observation.networkClass !== null) return POSSIBLE
  // The same device at both places: the network changed, as with a VPN, and not the person's place.
  if (observation.device !== null && observation.device === last.device) return POSSIBLE
  const hours = hoursBetween(last.at, now)
  if (observation.place === null) {
    // Otherwise an address that is missing from the data would bypass this rule (R087).
    const isUnplaced = countryGap !== null && UNPLACED.includes(countryGap)
    return isUnplaced && FARTHEST_KM / hours > MOST_KM_PER_HOUR ? { kind: 'unverifiable' } : POSSIBLE
  }
  const km = Math.max(0, distanceKm(observation.place, last.place) - observation.place.radiusKm - last.place.radiusKm)
  const isPossible = km < LEAST_KM || km / hours <= MOST_KM_PER_HOUR
  return isPossible ? POSSIBLE : { kind: 'impossible', km, hours }
}

function latestOf(places: readonly DevicePlace[]): DevicePlace | null {
  let latest: DevicePlace | null = null
  for (const place of places) if (latest === null || place.at > latest.at) latest = place
  return latest
}

/** At least one minute, also if the clock went back or the time is not readable. */
function hoursBetween(then: number, now: number): number {
  const seconds = (now - then) / 1000
  return (seconds > LEAST_SECONDS ? seconds : LEAST_SECONDS) / 3600
}
