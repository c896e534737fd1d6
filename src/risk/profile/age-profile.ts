import {
  dayOf,
  decayOver,
  emptyProfile,
  KEPT_DAYS,
  type Counted,
  type CountedBrowser,
  type RiskProfile,
} from './profile.js'

/** The profile as of a later time: counts decay, and what is older than 180 days is gone. */
export function ageProfile(profile: RiskProfile, now: number): RiskProfile {
  const factor = decayOver(profile.at, now)
  if (factor === 1) return profile
  const oldest = dayOf(now) - KEPT_DAYS
  if (dayOf(profile.at) < oldest) return emptyProfile
  // Field by field: a profile is aged for every decision, and a spread costs ten times as much.
  const aged = (list: readonly Counted[]): Counted[] => {
    const kept: Counted[] = []
    for (const { key, parent, count, day } of list) {
      if (day >= oldest) kept.push({ key, parent, count: count * factor, day })
    }
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
    browsers: agedBrowsers(profile.browsers, factor, oldest),
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

function agedBrowsers(list: readonly CountedBrowser[], factor: number, oldest: number): CountedBrowser[] {
  const kept: CountedBrowser[] = []
  for (const { key, parent, count, day, major } of list) {
    if (day >= oldest) kept.push({ key, parent, count: count * factor, day, major })
  }
  return kept
}
