import type { Key, Observation } from '../observation.js'
import { ageProfile } from './age-profile.js'
import { withBrowser, withCounted } from './learn.js'
import { dayOf, decayOver, hourBinOf, PROFILE_LIMITS, type Counted, type RiskProfile } from './profile.js'

/** A sign-in that an operator has labelled. */
export interface Recounted {
  readonly observation: Observation
  /** Its time, in milliseconds since 1970. */
  readonly at: number
}

/** A remaining count below this is a rounding error. */
const NOTHING = 0.01

/** The decision is recorded a moment after it was made. */
const SAME_MOMENT_MS = 5_000

/** The profile as if the sign-in had been learned at its time, with the weight of one of that age. */
export function recountAsOwn(profile: RiskProfile, { observation, at }: Recounted, now: number): RiskProfile {
  const before = ageProfile(profile, now)
  const count = decayOver(at, now)
  const day = dayOf(at)
  const { country, network, prefix, subnet, host, agent } = observation
  const counting = (list: readonly Counted[], key: Key | null, parent: Key | null, limit: number) =>
    key === null ? list : withCounted(list, { key, parent: parent ?? 0, count, day }, limit)
  return {
    ...before,
    at: Math.max(before.at, now),
    learned: before.learned + 1,
    total: before.total + count,
    countries: counting(before.countries, country, null, PROFILE_LIMITS.countries),
    networks: counting(before.networks, network, country, PROFILE_LIMITS.networks),
    prefixes: counting(before.prefixes, prefix, country, PROFILE_LIMITS.prefixes),
    subnets: counting(before.subnets, subnet, network, PROFILE_LIMITS.subnets),
    hosts: counting(before.hosts, host, subnet, PROFILE_LIMITS.hosts),
    systems: counting(before.systems, agent.system, null, PROFILE_LIMITS.systems),
    browsers: withBrowser(before.browsers, observation, { count, day }),
    languages: counting(before.languages, observation.language, null, PROFILE_LIMITS.languages),
    timeZones: counting(before.timeZones, observation.timeZone, null, PROFILE_LIMITS.timeZones),
    hours: before.hours.with(hourBinOf(at), (before.hours[hourBinOf(at)] ?? 0) + count),
  }
}

/** The profile without a sign-in that it had learned, as far as its counts allow. */
export function recountAsForeign(profile: RiskProfile, { observation, at }: Recounted, now: number): RiskProfile {
  const before = ageProfile(profile, now)
  const count = decayOver(at, now)
  const without = <T extends Counted>(list: readonly T[], key: Key | null): readonly T[] =>
    list.flatMap((known) => {
      if (known.key !== key) return [known]
      return known.count - count > NOTHING ? [{ ...known, count: known.count - count }] : []
    })
  const { country, network, prefix, subnet, host, agent } = observation
  return {
    ...before,
    learned: Math.max(0, before.learned - 1),
    total: Math.max(0, before.total - count),
    countries: without(before.countries, country),
    networks: without(before.networks, network),
    prefixes: without(before.prefixes, prefix),
    subnets: without(before.subnets, subnet),
    hosts: without(before.hosts, host),
    systems: without(before.systems, agent.system),
    browsers: without(before.browsers, agent.browser),
    languages: without(before.languages, observation.language),
    timeZones: without(before.timeZones, observation.timeZone),
    hours: before.hours.with(hourBinOf(at), Math.max(0, (before.hours[hourBinOf(at)] ?? 0) - count)),
    places: before.places.filter((place) => Math.abs(place.at - at) > SAME_MOMENT_MS),
  }
}
