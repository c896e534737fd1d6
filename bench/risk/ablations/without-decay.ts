import { packProfile, unpackProfile } from '../../../src/risk/profile/pack-profile.js'
import { dayOf, type Counted } from '../../../src/risk/profile/profile.js'
import { INSTALLED, type Variant } from '../stepgate/judge-events.js'

/** Nothing grows old: what was seen a year ago weighs as much as what was seen today. */
export const withoutDecay: Variant = {
  ...INSTALLED,
  profileAt: (packed, now) => {
    const profile = unpackProfile(packed)
    if (!profile) return packed
    const today = <T extends Counted>(list: readonly T[]): T[] => list.map((each) => ({ ...each, day: dayOf(now) }))
    return packProfile({
      ...profile,
      at: now,
      countries: today(profile.countries),
      networks: today(profile.networks),
      prefixes: today(profile.prefixes),
      subnets: today(profile.subnets),
      hosts: today(profile.hosts),
      systems: today(profile.systems),
      browsers: today(profile.browsers),
      languages: today(profile.languages),
      timeZones: today(profile.timeZones),
    })
  },
  populationTime: () => 0,
}
