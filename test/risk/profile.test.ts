import { emptyProfile, learn, observe, PROFILE_LIMITS, type RiskProfile } from '../../src/risk/index.js'
import { withSession } from '../../src/risk/profile.js'
import type { Value } from '../../src/store/collection.js'
import { ADDRESS, ago, CHROME, homeProfile, NOW, originOf, riskDeps } from './facts.js'

const seen = (address: string, userAgent = CHROME) =>
  observe(riskDeps(), { origin: originOf({ address, userAgent }), deviceId: null })

describe('a profile', () => {
  it('is a plain value that the store can hold', () => {
    const stored: Value = homeProfile() satisfies Value
    expect(stored).toMatchObject({ version: 1, learned: 10 })
  })

  it('counts what was seen again and moves it to the front', () => {
    const profile = learn(learn(homeProfile(2), seen(ADDRESS.abroad), ago(2)), seen(ADDRESS.home), ago(1))
    expect(profile.countries).toEqual([
      { key: '#country\0DE', count: 3, lastSeenAt: ago(1) },
      { key: '#country\0JP', count: 1, lastSeenAt: ago(2) },
    ])
  })

  it('stays bounded: the values not seen for longest make room', () => {
    let profile: RiskProfile = emptyProfile
    for (let n = 0; n < 200; n++) profile = learn(profile, seen(`20.${n}.1.1`, `Client${n}/1.0`), ago(300 - n))
    expect(profile.networks).toHaveLength(PROFILE_LIMITS.networks)
    expect(profile.subnets).toHaveLength(PROFILE_LIMITS.subnets)
    expect(profile.agents).toHaveLength(PROFILE_LIMITS.agents)
    expect(profile.networks[0]?.key).toBe('#network\x004/20.199')
  })

  it('forgets what was not seen for 180 days', () => {
    const old = learn(null, seen(ADDRESS.abroad), ago(181 * 24))
    expect(learn(old, seen(ADDRESS.home), NOW).countries.map(({ key }) => key)).toEqual(['#country\0DE'])
  })

  it('keeps the last place, rounded, and not a place that cannot be told', () => {
    const profile = learn(homeProfile(), seen(ADDRESS.unlisted), NOW)
    expect(profile.lastPlace).toEqual({
      latitude: 52.5,
      longitude: 13.4,
      radiusKm: 20,
      at: ago(72),
      device: '#device\0laptop',
    })
  })

  it('holds no address, agent or device as it is when the hash hides it', () => {
    const deps = riskDeps({ hash: (value) => String(value.length) })
    const text = JSON.stringify(learn(null, observe(deps, { origin: originOf(), deviceId: 'laptop' }), NOW))
    for (const plain of ['81.10', 'Chrome', 'Windows', 'laptop', 'DE']) expect(text).not.toContain(plain)
  })

  it('keeps the version of a browser that hides it once', () => {
    const hidden = learn(learn(null, seen(ADDRESS.home, 'App/7'), ago(2)), seen(ADDRESS.home, 'App'), ago(1))
    expect(hidden.agents).toMatchObject([{ major: 7, count: 2 }])
  })
})

describe('a profile seen from inside a session', () => {
  it('knows the session’s network even when newer ones fill the profile', () => {
    let profile: RiskProfile = emptyProfile
    for (let n = 0; n < 40; n++) profile = learn(profile, seen(`20.${n}.1.1`), NOW)
    const session = { observation: seen(ADDRESS.home), provedAt: ago(20) }
    expect(withSession(profile, session, NOW).networks[0]?.key).toBe('#network\x004/81.10')
  })

  it('keeps a later last place than the session’s own', () => {
    const profile = learn(homeProfile(), seen(ADDRESS.abroad), ago(1))
    const session = { observation: seen(ADDRESS.home), provedAt: ago(2) }
    expect(withSession(profile, session, NOW).lastPlace).toEqual(profile.lastPlace)
  })
})
