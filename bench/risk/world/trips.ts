import type { AddressSpace } from './address-space.js'
import { zoneIn } from './countries.js'
import type { Trip } from './person.js'
import type { Random } from './random.js'
import type { WorldSettings } from './settings.js'
import { DAY_MS } from './time.js'

/** When the next trip after this moment begins, how long it takes and where it goes. */
export function nextTrip(
  settings: WorldSettings,
  space: AddressSpace,
  home: string,
  after: number,
  random: Random,
): Trip {
  const meanDaysBetween = -3 / Math.log(1 - settings.tripPerThreeDays)
  const startsAt = after + random.exponential(meanDaysBetween * DAY_MS)
  // One day at least; long stays are rarer.
  const days = 1 + random.exponential(settings.tripMeanDays - 1)
  const country = random.chance(settings.tripAbroadShare) ? abroad(space, home, random) : home
  return { startsAt, endsAt: startsAt + days * DAY_MS, country, zone: zoneIn(country, random), hotel: null }
}

/** Somewhere else, wherever the world has more than one country. */
function abroad(space: AddressSpace, home: string, random: Random): string {
  const others = space.countries.filter((country) => country !== home)
  return others.length > 0 ? random.pick(others) : home
}
