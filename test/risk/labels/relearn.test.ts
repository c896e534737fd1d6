import { observe, type Observation, type PackedProfile } from '../../../src/risk/index.js'
import { relearn, type Relabelled } from '../../../src/risk/labels/relearn.js'
import { unpackProfile } from '../../../src/risk/profile/pack-profile.js'
import { countOf, dayOf, PROFILE_LIMITS, type RiskProfile } from '../../../src/risk/profile/profile.js'
import { ADDRESS, ago, CHROME, FIREFOX, homeProfile, learned, NOW, originOf, riskDeps } from '../facts.js'

const DAY = 24
const seen = (address: string, userAgent = CHROME, deviceId: string | null = null): Observation =>
  observe(riskDeps(), { origin: originOf({ address, userAgent }), deviceId, timeZone: '' })

const signInAbroad = (over: Partial<Relabelled> = {}): Relabelled => ({
  observation: seen(ADDRESS.abroad),
  at: ago(10).getTime(),
  wasLearned: false,
  from: null,
  to: 'LEGITIMATE',
  now: NOW,
  ...over,
})

function read(packed: PackedProfile | null): RiskProfile {
  const profile = packed === null ? null : unpackProfile(packed)
  if (!profile) throw new Error('there is no profile')
  return profile
}

/** How much a profile knows of a place and a browser. */
function knows(profile: RiskProfile, { country, network, subnet, host, agent }: Observation) {
  const { countries, networks, subnets, hosts, browsers } = profile
  const counts = [countOf(countries, country), countOf(networks, network), countOf(subnets, subnet)]
  return [...counts, countOf(hosts, host), countOf(browsers, agent.browser)]
}

describe('what a label makes of a profile', () => {
  it('learns what was legitimate with the weight of its age', () => {
    const monthAgo = signInAbroad({ at: ago(30 * DAY).getTime() })
    const began = learned(null, seen(ADDRESS.home, FIREFOX), ago(100 * DAY))
    const after = read(relearn(began, monthAgo))
    for (const count of knows(after, monthAgo.observation)) expect(count).toBeCloseTo(Math.exp(-30 / 90), 6)
    expect(after.learned).toBe(2)
  })

  it.each([
    ['was learned by itself', { wasLearned: true }],
    ['is labelled so already', { from: 'LEGITIMATE' }],
  ] as const)('learns nothing again of what %s', (_, over) => {
    const before = homeProfile()
    expect(relearn(before, signInAbroad(over))).toBe(before)
  })

  it('takes an attack out again, and leaves what else there was as it was', () => {
    const home = read(homeProfile())
    const abroad = seen(ADDRESS.abroad, FIREFOX)
    const poisoned = learned(homeProfile(), abroad, ago(10))
    const attack = signInAbroad({ observation: abroad, wasLearned: true, to: 'ATTACK' })
    const after = read(relearn(poisoned, attack))
    expect(knows(after, abroad)).toEqual([0, 0, 0, 0, 0])
    expect(after.learned).toBe(home.learned)
    const faded = Math.exp(-3 / 90)
    for (const [index, count] of knows(after, seen(ADDRESS.home)).entries()) {
      expect(count).toBeCloseTo((knows(home, seen(ADDRESS.home))[index] ?? NaN) * faded, 4)
    }
    expect(after.places.map(({ at }) => at)).not.toContain(ago(10).getTime())
  })

  it('takes nothing out of what was never learned', () => {
    const after = read(relearn(homeProfile(), signInAbroad({ observation: seen(ADDRESS.home), to: 'ATTACK' })))
    expect(knows(after, seen(ADDRESS.home))).toEqual(knows(read(homeProfile()), seen(ADDRESS.home)))
  })

  it.each(['LEGITIMATE', 'ATTACK'] as const)('changes no count of a profile that began after it: %s', (to) => {
    // As after a reset: what the operator labels belongs to the profile that went.
    const began = learned(null, seen(ADDRESS.home), ago(5))
    const after = read(relearn(began, signInAbroad({ observation: seen(ADDRESS.home), wasLearned: true, to })))
    expect(after).toEqual(read(began))
    expect(relearn(began, signInAbroad())).toBe(began)
  })

  it.each(['LEGITIMATE', 'ATTACK'] as const)('begins no profile where there is none or none can be read: %s', (to) => {
    for (const none of [null, 'garbage' as PackedProfile]) expect(relearn(none, signInAbroad({ to }))).toBe(none)
  })

  it('begins no profile where everything has been forgotten', () => {
    const forgotten = learned(null, seen(ADDRESS.home), ago(200 * DAY))
    expect(relearn(forgotten, signInAbroad())).toBe(forgotten)
  })

  it('makes nothing look older than it is', () => {
    const before = homeProfile()
    const long = signInAbroad({ observation: seen(ADDRESS.home), at: ago(11 * DAY).getTime() })
    const began = read(before).since
    expect(began).toBeLessThan(long.at)
    const after = read(relearn(before, long))
    const days = (profile: RiskProfile) =>
      [...profile.countries, ...profile.hosts, ...profile.browsers].map(({ day }) => day)
    expect(days(after)).toEqual(days(read(before)))
    expect(days(after)).not.toContain(dayOf(long.at))
  })

  it('crowds out nothing that was seen since', () => {
    let full = learned(null, seen(ADDRESS.home), ago(90 * DAY))
    for (let nth = 0; nth < PROFILE_LIMITS.browsers; nth += 1) {
      full = learned(full, seen(ADDRESS.home, `App${nth}/1.0`), ago(20))
    }
    const old = signInAbroad({ observation: seen(ADDRESS.home, FIREFOX), at: ago(60 * DAY).getTime() })
    const browsersOf = (packed: PackedProfile | null) => read(packed).browsers.map(({ key }) => key)
    expect(browsersOf(relearn(full, old))).toEqual(browsersOf(full))
  })
})
