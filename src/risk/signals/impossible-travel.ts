import { distanceKm, FARTHEST_KM } from '../distance.js'
import type { Evidence } from '../evidence.js'
import { hasSeen, type LastPlace } from '../profile.js'

const LEAST_KM = 500
const MOST_KM_PER_HOUR = 1000
const LEAST_SECONDS = 60

/** `unverifiable`: the place cannot be told, and too little time has passed for every place to be within reach. */
export type Travel =
  | { readonly kind: 'possible' }
  | { readonly kind: 'unverifiable' }
  | { readonly kind: 'impossible'; readonly km: number; readonly hours: number }

/** Whether the person could have come here from where they were last; risk.md, "Impossible travel". */
export function judgeTravel({ seen: { observation }, history, now }: Evidence): Travel {
  const last = history?.lastPlace ?? null
  if (history === null || last === null || hasSeen(history.networks, observation.network)) return { kind: 'possible' }
  // The same device at both ends: it is the network that moved, as with a VPN, and not the person.
  if (observation.device !== null && observation.device === last.device) return { kind: 'possible' }
  const hours = hoursSince(last, now)
  if (observation.place === null) {
    // Otherwise an address that no data file knows would be the way around this rule (R087).
    return FARTHEST_KM / hours > MOST_KM_PER_HOUR ? { kind: 'unverifiable' } : { kind: 'possible' }
  }
  const km = Math.max(0, distanceKm(observation.place, last) - observation.place.radiusKm - last.radiusKm)
  const isPossible = km < LEAST_KM || km / hours <= MOST_KM_PER_HOUR
  return isPossible ? { kind: 'possible' } : { kind: 'impossible', km, hours }
}

/** Never less than a minute; also when the clock went back or the date cannot be read. */
function hoursSince(last: LastPlace, now: Date): number {
  const seconds = (now.getTime() - last.at.getTime()) / 1000
  return (seconds > LEAST_SECONDS ? seconds : LEAST_SECONDS) / 3600
}
