import { dayOf, decayOver, emptyProfile, KEPT_DAYS, type Counted, type RiskProfile } from './profile.js'

/** The profile as of a later time: counts decay, and what is older than 180 days is gone. */
export function ageProfile(profile: RiskProfile, now: number): RiskProfile {
  const factor = decayOver(profile.at, now)
  if (factor === 1) return profile
  const oldest = dayOf(now) - KEPT_DAYS
  if (dayOf(profile.at) < oldest) return emptyProfile
  const aged = <T extends Counted>(list: readonly T[]): T[] => {
    const kept: T[] = []
    for (const entry of list) if (entry.day >= oldest) kept.push({ ...entry, count: entry.count * factor })
    return kept
  }
  return {
    at: now,
    since: profile.since,
    learned: profile.learned,
    total: profile.total * factor,
    countries: aged(profile.countries),
    networks: aged(profile.networks),
    prefixes: aged(profile.prefixes),
    subnets: aged(profile.subnets),
    hosts: aged(profile.hosts),
    systems: aged(profile.systems),
    browsers: aged(profile.browsers),
    languages: aged(profile.languages),
    timeZones: aged(profile.timeZones),
    withToken: profile.withToken * factor,
    withoutToken: profile.withoutToken * factor,
    fingerprints: profile.fingerprints.map((count) => count * factor),
    hours: profile.hours.map((count) => count * factor),
    places: profile.places.filter(({ at }) => dayOf(at) >= oldest),
    passed: profile.passed,
  }
}
