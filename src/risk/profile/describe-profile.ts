import { unpackProfile, type PackedProfile } from './pack-profile.js'
import type { Counted, DevicePlace } from './profile.js'

const MS_PER_DAY = 86_400_000
const KEY_DIGITS = 12

/**
 * A profile as its owner may read it. Stored values are keyed hashes, so their content cannot be shown, but the owner sees
 * how many there are, how often each was seen, and when it was last seen.
 */
export function describeProfile(packed: PackedProfile | null) {
  const profile = packed === null ? null : unpackProfile(packed)
  if (!profile) return null
  const { networks, prefixes, subnets, hosts, systems, browsers, languages, timeZones } = profile
  return {
    learnedSince: new Date(profile.since),
    asOf: new Date(profile.at),
    signInsAndStepUps: profile.learned,
    seen: {
      countries: profile.countries.map(describe),
      networks: networks.map(describe),
      prefixes: prefixes.map(describe),
      subnets: subnets.map(describe),
      hosts: hosts.map(describe),
      systems: systems.map(describe),
      browsers: browsers.map(({ major, ...browser }) => ({ ...describe(browser), newestVersion: major })),
      languages: languages.map(describe),
      timeZones: timeZones.map(describe),
    },
    signInsWithDeviceToken: profile.withToken,
    signInsWithoutDeviceToken: profile.withoutToken,
    likenessOfFingerprints: profile.fingerprints,
    signInsByHourOfWeek: profile.hours,
    lastPlaces: profile.places.map(describePlace),
    lastPassedStepUp: profile.passed && { at: new Date(profile.passed.at), score: profile.passed.score },
  }
}

const hashOf = (key: number): string => key.toString(16).padStart(KEY_DIGITS, '0')

const describe = ({ key, count, day }: Counted) => ({
  keyedHash: hashOf(key),
  /** Faded with time, so seldom whole. */
  count,
  lastSeenOn: new Date(day * MS_PER_DAY).toISOString().slice(0, 10),
})

const describePlace = ({ device, place, relayed, at }: DevicePlace) => ({
  device: device === 0 ? null : hashOf(device),
  latitude: place?.latitude ?? null,
  longitude: place?.longitude ?? null,
  radiusKm: place?.radiusKm ?? null,
  relayed,
  at: new Date(at),
})
