import fc from 'fast-check'
import { observe, type Observation, type PackedProfile } from '../../../src/risk/index.js'
import { ageProfile } from '../../../src/risk/profile/age-profile.js'
import { learn } from '../../../src/risk/profile/learn.js'
import { packProfile, unpackProfile } from '../../../src/risk/profile/pack-profile.js'
import { countOf, emptyProfile, PROFILE_LIMITS, type RiskProfile } from '../../../src/risk/profile/profile.js'
import { withSession } from '../../../src/risk/profile/with-session.js'
import { ADDRESS, ago, assess, CHROME, homeProfile, NOW, originOf, riskDeps, signInFacts } from '../facts.js'

const seen = (address: string, userAgent = CHROME, deviceId: string | null = null): Observation =>
  observe(riskDeps(), { origin: originOf({ address, userAgent }), deviceId, timeZone: 'Europe/Berlin' })

const lesson = (observation: Observation, at: Date) => ({
  observation,
  at: at.getTime(),
  hadToken: false,
  fingerprintBin: 1,
  passed: null,
})

const DAY = 24
const afterMany = (count: number): RiskProfile => {
  let profile = emptyProfile
  for (let n = 0; n < count; n += 1) {
    profile = learn(profile, lesson(seen(`20.${n % 250}.${n % 200}.1`, `Client${n}/1.0`, `device-${n}`), ago(400 - n)))
  }
  return profile
}

describe('a profile', () => {
  it('counts what it was shown, each value under the coarser one', () => {
    const profile = learn(learn(emptyProfile, lesson(seen(ADDRESS.home), ago(1))), lesson(seen(ADDRESS.home), ago(1)))
    const { country, network, subnet, host } = seen(ADDRESS.home)
    expect(profile).toMatchObject({ learned: 2, total: 2, withToken: 0, withoutToken: 2, fingerprints: [0, 2, 0, 0] })
    expect(profile.countries).toMatchObject([{ key: country, parent: 0, count: 2 }])
    expect(profile.networks).toMatchObject([{ key: network, parent: country, count: 2 }])
    expect(profile.subnets).toMatchObject([{ key: subnet, parent: network, count: 2 }])
    expect(profile.hosts).toMatchObject([{ key: host, parent: subnet, count: 2 }])
  })

  it('decays to 1/e in 90 days', () => {
    const profile = learn(emptyProfile, lesson(seen(ADDRESS.home), ago(90 * DAY)))
    const aged = ageProfile(profile, NOW.getTime())
    expect(countOf(aged.countries, seen(ADDRESS.home).country)).toBeCloseTo(Math.exp(-1), 10)
    expect(aged.total).toBeCloseTo(Math.exp(-1), 10)
  })

  it('keeps nothing that was not seen for 180 days', () => {
    const old = learn(emptyProfile, lesson(seen(ADDRESS.abroad), ago(182 * DAY)))
    const newer = learn(old, lesson(seen(ADDRESS.home), ago(DAY)))
    expect(newer.countries.map(({ key }) => key)).toEqual([seen(ADDRESS.home).country])
    expect(newer.places).toHaveLength(1)
    expect(ageProfile(old, NOW.getTime())).toEqual(emptyProfile)
  })

  it('does not decay when the clock goes back or cannot be read', () => {
    const profile = learn(emptyProfile, lesson(seen(ADDRESS.home), NOW))
    for (const at of [ago(50).getTime(), Number.NaN]) expect(ageProfile(profile, at)).toBe(profile)
  })

  it('stays bounded, and what was not seen for longest makes room', () => {
    const profile = afterMany(300)
    for (const [name, limit] of Object.entries(PROFILE_LIMITS)) {
      expect([name, profile[name as keyof typeof PROFILE_LIMITS].length <= limit]).toEqual([name, true])
    }
    expect(countOf(profile.networks, seen('20.49.99.1').network)).toBeGreaterThan(0)
    expect(packProfile(profile).length).toBeLessThanOrEqual(3200)
  })

  it('keeps the newest version of a browser that hides it once', () => {
    const before = learn(emptyProfile, lesson(seen(ADDRESS.home, 'App/7'), ago(2)))
    expect(learn(before, lesson(seen(ADDRESS.home, 'App'), ago(1))).browsers).toMatchObject([{ major: 7 }])
  })

  it('keeps where each device was last', () => {
    const laptop = learn(emptyProfile, lesson(seen(ADDRESS.home, CHROME, 'laptop'), ago(5)))
    const both = learn(laptop, lesson(seen(ADDRESS.abroad, CHROME, 'phone'), ago(1)))
    expect(both.places).toMatchObject([{ place: { longitude: 139.7 } }, { place: { longitude: 13.4 } }])
  })
})

describe('a packed profile', () => {
  it('comes back as it was, but for the last digits of counts', () => {
    const profile = afterMany(60)
    const back = unpackProfile(packProfile(profile))
    expect(back?.networks.map(({ key, parent, day }) => ({ key, parent, day }))).toEqual(
      profile.networks.map(({ key, parent, day }) => ({ key, parent, day })),
    )
    expect(back?.places).toEqual(profile.places)
    expect(back?.browsers.map(({ major }) => major)).toEqual(profile.browsers.map(({ major }) => major))
    expect(back?.total).toBeCloseTo(profile.total, 3)
    expect(unpackProfile(packProfile(back ?? emptyProfile))).toEqual(back)
  })

  it('comes back with any lessons', () => {
    const visit = fc.record({
      address: fc.oneof(fc.constantFrom(...Object.values(ADDRESS)), fc.ipV4(), fc.ipV6(), fc.string()),
      userAgent: fc.oneof(fc.constant(CHROME), fc.string()),
      deviceId: fc.option(fc.string()),
      hours: fc.integer({ min: 0, max: 5000 }),
      hadToken: fc.constantFrom(true, false, null),
      fingerprintBin: fc.constantFrom(null, 0, 1, 2, 3),
      score: fc.option(fc.integer({ min: -9, max: 40 })),
    })
    fc.assert(
      fc.property(fc.array(visit, { maxLength: 40 }), (visits) => {
        const profile = visits.reduce((before, { address, userAgent, deviceId, hours, score, ...rest }) => {
          const at = ago(hours).getTime()
          const passed = score === null ? null : { at, score, device: 1, browser: 2, network: 3, host: 4 }
          return learn(before, { ...rest, observation: seen(address, userAgent, deviceId), at, passed })
        }, emptyProfile)
        const packed = packProfile(profile)
        const back = unpackProfile(packed)
        expect(back).toMatchObject({ at: profile.at, since: profile.since, places: profile.places })
        expect(back?.hosts.map(({ key, day }) => ({ key, day }))).toEqual(
          profile.hosts.map(({ key, day }) => ({ key, day })),
        )
        expect(back?.passed).toEqual(profile.passed)
        expect(packProfile(back ?? emptyProfile)).toBe(packed)
      }),
      { numRuns: 60 },
    )
  })

  it('takes no more than 2,400 bytes when it is full', () => {
    const full = (length: number) =>
      Array.from({ length }, (_, key) => ({ key: key + 1, parent: 0, count: 1, day: 20_000, major: 1 }))
    const place = { device: 1, browser: 1, place: null, relayed: false, at: 1 }
    const { places, ...limits } = PROFILE_LIMITS
    const packed = packProfile({
      ...emptyProfile,
      ...(Object.fromEntries(Object.entries(limits).map(([name, limit]) => [name, full(limit)])) as object),
      places: Array.from({ length: places }, () => place),
      passed: { at: 0, score: 1, device: 1, browser: 1, network: 1, host: 1 },
    })
    expect(unpackProfile(packed)?.hosts).toHaveLength(PROFILE_LIMITS.hosts)
    expect(Buffer.from(packed, 'base64url').length).toBeLessThanOrEqual(2400)
  })

  it('is none, or one that can be judged by, when a byte was changed', () => {
    const bytes = Buffer.from(homeProfile() ?? '', 'base64url')
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (index, value) => {
        const changed = Buffer.from(bytes)
        changed[index] = value
        const packed = changed.toString('base64url') as PackedProfile
        expect(() => unpackProfile(packed)).not.toThrow()
        expect(Number.isFinite(assess(signInFacts({ profile: packed })).score)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('is none when another version wrote it, or when its numbers are none', () => {
    const bytes = Buffer.from(homeProfile() ?? '', 'base64url')
    for (const version of [0, 1, 3, 255]) {
      expect(unpackProfile(Buffer.from([version, ...bytes.subarray(1)]).toString('base64url'))).toBeNull()
    }
    for (const bad of [Number.NaN, -1, Infinity]) {
      expect(unpackProfile(packProfile({ ...emptyProfile, total: bad }))).toBeNull()
      expect(unpackProfile(packProfile({ ...emptyProfile, hours: emptyProfile.hours.with(3, bad) }))).toBeNull()
    }
  })

  it.each([Number.NaN, Infinity])('is none when the score of its step-up is %p', (score) => {
    const passed = { at: NOW.getTime(), score, device: 1, browser: 2, network: 3, host: 4 }
    expect(unpackProfile(packProfile({ ...emptyProfile, passed }))).toBeNull()
  })

  it('is none when it is torn, changed in length, or anything else', () => {
    const packed = homeProfile() ?? ''
    for (let length = 0; length < packed.length; length += 7) expect(unpackProfile(packed.slice(0, length))).toBeNull()
    expect(unpackProfile(`${packed}AAAA`)).toBeNull()
    fc.assert(fc.property(fc.string({ maxLength: 4000 }), (text) => expect(unpackProfile(text)).toBeNull()))
    expect(unpackProfile('A'.repeat(1_000_000))).toBeNull()
  })

  it('holds no address, agent or device', () => {
    const bytes = Buffer.from(homeProfile() ?? '', 'base64url').toString('latin1')
    for (const plain of ['81.10', 'Chrome', 'Windows', 'laptop', 'DE']) expect(bytes).not.toContain(plain)
  })
})

describe('a profile seen from inside a session', () => {
  it('knows where the session was proved even when newer values fill it', () => {
    const session = { observation: seen(ADDRESS.home), provedAt: ago(20) }
    const inside = withSession(afterMany(80), session, NOW.getTime())
    expect(countOf(inside.networks, seen(ADDRESS.home).network)).toBe(1)
  })

  it('keeps a later last place than the session’s own', () => {
    const profile = learn(emptyProfile, lesson(seen(ADDRESS.abroad), ago(1)))
    const session = { observation: seen(ADDRESS.home), provedAt: ago(2) }
    expect(withSession(profile, session, NOW.getTime()).places).toEqual(profile.places)
  })
})
