import type { Key, Observation } from '../observation.js'
import { ageProfile } from './age-profile.js'
import {
  dayOf,
  hourBinOf,
  PROFILE_LIMITS,
  type Counted,
  type CountedBrowser,
  type DevicePlace,
  type PassedStepUp,
  type RiskProfile,
} from './profile.js'

/** What a proved sign-in or step-up teaches. */
export interface Lesson {
  readonly observation: Observation
  /** Milliseconds since 1970. */
  readonly at: number
  /** Whether a valid device token came along; null: not at a sign-in, so that it says nothing. */
  readonly hadToken: boolean | null
  /** Index into `FINGERPRINT_BINS`; null when the client reported nothing. */
  readonly fingerprintBin: number | null
  /** Set when a challenge was passed. */
  readonly passed: PassedStepUp | null
}

/** The profile after one more proved sign-in or step-up. Never give it what was not proved: that is how one is poisoned. */
export function learn(profile: RiskProfile, lesson: Lesson): RiskProfile {
  const { observation, at } = lesson
  const before = ageProfile(profile, at)
  const day = dayOf(at)
  const counting = (list: readonly Counted[], key: Key | null, parent: Key | null, limit: number) =>
    key === null ? list : withCounted(list, { key, parent: parent ?? 0, count: 1, day }, limit)
  const { country, network, prefix, subnet, host, agent } = observation
  return {
    at: Math.max(before.at, at),
    since: before.learned === 0 ? at : before.since,
    learned: before.learned + 1,
    total: before.total + 1,
    countries: counting(before.countries, country, null, PROFILE_LIMITS.countries),
    networks: counting(before.networks, network, country, PROFILE_LIMITS.networks),
    prefixes: counting(before.prefixes, prefix, country, PROFILE_LIMITS.prefixes),
    subnets: counting(before.subnets, subnet, network, PROFILE_LIMITS.subnets),
    hosts: counting(before.hosts, host, subnet, PROFILE_LIMITS.hosts),
    systems: counting(before.systems, agent.system, null, PROFILE_LIMITS.systems),
    browsers: withBrowser(before.browsers, observation, { count: 1, day }),
    languages: counting(before.languages, observation.language, null, PROFILE_LIMITS.languages),
    timeZones: counting(before.timeZones, observation.timeZone, null, PROFILE_LIMITS.timeZones),
    withToken: before.withToken + (lesson.hadToken === true ? 1 : 0),
    withoutToken: before.withoutToken + (lesson.hadToken === false ? 1 : 0),
    fingerprints: added(before.fingerprints, lesson.fingerprintBin),
    hours: added(before.hours, hourBinOf(at)),
    places: withPlace(before.places, lesson),
    passed: lesson.passed ?? before.passed,
  }
}

export function withCounted<T extends Counted>(list: readonly T[], seen: T, limit: number): readonly T[] {
  const index = list.findIndex(({ key }) => key === seen.key)
  const known = list[index]
  if (known) {
    // What was seen earlier, as labels tell of, makes nothing look older than it is.
    const { parent, day } = known.day > seen.day ? known : seen
    return list.with(index, { ...seen, parent, day, count: known.count + seen.count })
  }
  if (list.length < limit) return [...list, seen]
  const least = leastOf(list)
  return (list[least]?.day ?? 0) > seen.day ? list : list.with(least, seen)
}

/** The entry that makes room: the one not seen for longest, of those the one seen least. */
function leastOf(list: readonly Counted[]): number {
  let least = 0
  for (const [index, entry] of list.entries()) {
    const other = list[least]
    if (!other) continue
    if (entry.day < other.day || (entry.day === other.day && entry.count < other.count)) least = index
  }
  return least
}

export function withBrowser(
  list: readonly CountedBrowser[],
  { agent }: Observation,
  seen: Pick<Counted, 'count' | 'day'>,
): readonly CountedBrowser[] {
  const before = list.find(({ key }) => key === agent.browser)?.major ?? null
  const major = agent.major === null ? before : Math.max(agent.major, before ?? 0)
  return withCounted(list, { key: agent.browser, parent: agent.system, ...seen, major }, PROFILE_LIMITS.browsers)
}

function added(counts: readonly number[], index: number | null): readonly number[] {
  if (index === null) return counts
  // Several times as fast as `with`, for every sign-in.
  const more = counts.slice()
  more[index] = (more[index] ?? 0) + 1
  return more
}

function withPlace(places: readonly DevicePlace[], { observation, at }: Lesson): readonly DevicePlace[] {
  const { place, agent, networkClass } = observation
  const device = observation.device ?? 0
  const before = places.find((known) => known.device === device)
  if (before && before.at > at) return places
  const latest: DevicePlace = { device, browser: agent.browser, place, relayed: networkClass !== null, at }
  const others = places.filter((known) => known !== before)
  return [latest, ...others].slice(0, PROFILE_LIMITS.places)
}
