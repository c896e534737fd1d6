import { placeKey } from '../../../src/limits/address-key.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const KEPT_PER_PERSON = 64
/** A campaign fills this up; what is older than an hour goes first. */
const KEPT_PLACES = 50_000

interface Failure {
  readonly at: number
  readonly place: string
}

export interface FailureFacts {
  readonly failedAttempts: number
  readonly failedHere: number
  readonly namesFailedNearby: number
}

const NONE: FailureFacts = { failedAttempts: 0, failedHere: 0, namesFailedNearby: 0 }

/** Counts wrong passwords as the gateway's limits do, but by sliding windows. */
export function countFailures() {
  const ofPerson = new Map<string, Failure[]>()
  const atPlace = new Map<string, Map<string, number>>()
  return {
    add: (userId: string, address: string, at: number): void => {
      const place = placeKey(address)
      const failures = (ofPerson.get(userId) ?? []).filter((failure) => at - failure.at < DAY_MS)
      ofPerson.set(userId, [...failures, { at, place }].slice(-KEPT_PER_PERSON))
      const names = atPlace.get(place) ?? new Map<string, number>()
      atPlace.delete(place)
      atPlace.set(place, names.set(userId, at))
      for (const oldest of atPlace.keys()) {
        if (atPlace.size <= KEPT_PLACES) break
        atPlace.delete(oldest)
      }
    },
    factsFor: (userId: string, address: string, at: number): FailureFacts => {
      const failures = ofPerson.get(userId)
      if (!failures && atPlace.size === 0) return NONE
      const place = placeKey(address)
      const names = atPlace.get(place)
      if (!failures && !names) return NONE
      return {
        failedAttempts: failures?.filter((failure) => at - failure.at < HOUR_MS).length ?? 0,
        failedHere: failures?.filter((failure) => failure.place === place && at - failure.at < DAY_MS).length ?? 0,
        namesFailedNearby: names ? [...names.values()].filter((last) => at - last < HOUR_MS).length : 0,
      }
    },
  }
}
