import fc from 'fast-check'
import {
  DEFAULT_RISK_SETTINGS,
  observe,
  RISK_PURPOSES,
  type RiskAssessment,
  type RiskFacts,
  type PackedProfile,
} from '../../src/risk/index.js'
import type { GeoLookup } from '../../src/networks/index.js'
import { floorOf } from '../../src/risk/risk.js'
import {
  ADDRESS,
  ago,
  assess,
  CHROME,
  FIREFOX,
  homeProfile,
  IPHONE,
  learned,
  NOW,
  originOf,
  riskDeps,
  signInFacts,
  trusted,
} from './facts.js'

const anyNumber = fc.oneof(fc.integer({ min: -2, max: 50 }), fc.double(), fc.constantFrom(NaN, Infinity, -Infinity))
const anyDate = fc.oneof(fc.constant(null), fc.integer({ min: -200, max: 5000 }).map(ago), fc.constant(new Date(NaN)))
const usualAddress = fc.constantFrom(...Object.values(ADDRESS))
const usualAgent = fc.constantFrom(CHROME, FIREFOX, IPHONE, CHROME.replace('130', '99'))
const anyOrigin = fc.record({
  address: fc.oneof(usualAddress, fc.ipV4(), fc.ipV6(), fc.string()),
  userAgent: fc.oneof(usualAgent, fc.string()),
  clientHints: fc.record({ brands: fc.string(), mobile: fc.string(), platform: fc.string() }),
  language: fc.string(),
})
const usualOrigin = fc.record({ address: usualAddress, userAgent: usualAgent }).map(originOf)

const profileOf = (origins: fc.Arbitrary<ReturnType<typeof originOf>>, at: fc.Arbitrary<Date>) =>
  fc
    .array(fc.record({ origin: origins, deviceId: fc.constantFrom(null, 'laptop', 'phone'), at }), { maxLength: 6 })
    .map((steps) =>
      steps.reduce<PackedProfile | null>(
        (profile, step) => learned(profile, observe(riskDeps(), { ...step, timeZone: '' }), step.at),
        null,
      ),
    )

const factsOf = (origin: fc.Arbitrary<ReturnType<typeof originOf>>, at: fc.Arbitrary<Date>): fc.Arbitrary<RiskFacts> =>
  fc
    .record({
      purpose: fc.constantFrom(...RISK_PURPOSES),
      origin,
      timeZone: fc.constantFrom(null, '', 'Europe/Berlin'),
      fingerprintBin: fc.constantFrom(null, 0, 1, 2, 3),
      failedHere: anyNumber,
      namesFailedNearby: anyNumber,
      thresholds: fc.constantFrom(null, { low: -1, medium: 2, high: 5 }),
      deviceToken: fc.constantFrom('trusted', 'known', 'none', 'foreign'),
      deviceId: fc.constantFrom('laptop', 'phone'),
      profile: profileOf(origin, at),
      session: fc.option(fc.record({ origin, provedAt: at }), { nil: null }),
      failedAttempts: anyNumber,
      credentialChangedAt: anyDate,
      lastSignInAt: anyDate,
      suspicionAt: anyDate,
      privileged: fc.boolean(),
      factorTypes: fc.subarray(['TOTP', 'SMS', 'WEBAUTHN', 'EMAIL', 'RECOVERY_CODE'] as const),
    })
    .map((facts) => ({
      ...facts,
      deviceId: facts.deviceToken === 'trusted' || facts.deviceToken === 'known' ? facts.deviceId : null,
      session: facts.session && {
        observation: observe(riskDeps(), { origin: facts.session.origin, deviceId: null, timeZone: null }),
        provedAt: facts.session.provedAt,
      },
    }))

const pastDate = fc.integer({ min: 0, max: 4000 }).map(ago)
const wildFacts = factsOf(anyOrigin, fc.oneof(pastDate, fc.constantFrom(NOW, ago(-9), new Date(NaN))))
const usualFacts = factsOf(usualOrigin, pastDate)
const shuffledSum = ({ contributions }: RiskAssessment): number =>
  contributions.toReversed().reduce((sum, { nats }) => sum + nats, 0)

describe('every assessment', () => {
  it('is a finite score that is the exact sum of its contributions, in any order', () => {
    fc.assert(
      fc.property(wildFacts, (facts) => {
        const assessment = assess(facts)
        expect(assessment.contributions.every(({ nats }) => Number.isFinite(nats))).toBe(true)
        expect(shuffledSum(assessment)).toBe(assessment.score)
        expect(JSON.parse(JSON.stringify(assessment))).toEqual(assessment)
      }),
      { numRuns: 500 },
    )
  })

  it('is the same for the same facts', () => {
    fc.assert(fc.property(wildFacts, (facts) => expect(assess(facts)).toEqual(assess(facts))))
  })

  it('is LOW for a newcomer only with a device token or a session that was proved', () => {
    fc.assert(
      fc.property(wildFacts, (facts) => {
        const vouched = facts.deviceToken !== 'none' || (facts.purpose !== 'SIGN_IN' && facts.session !== null)
        if (!vouched) expect(assess({ ...facts, profile: homeProfile(2) }).level).not.toBe('LOW')
      }),
      { numRuns: 300 },
    )
  })

  it('is CRITICAL with a foreign device token, regardless of the rest', () => {
    fc.assert(
      fc.property(wildFacts, (facts) => expect(assess({ ...facts, deviceToken: 'foreign' }).level).toBe('CRITICAL')),
    )
  })

  it('charges an unseen part of an unseen whole nothing', () => {
    fc.assert(
      fc.property(wildFacts, (facts) => {
        const codes = assess(facts).contributions.map(({ code }) => code)
        if (codes.includes('COUNTRY_NEW')) expect(codes.join()).not.toMatch(/NETWORK_|SUBNET_|ADDRESS_/)
        if (codes.includes('SUBNET_NEW')) expect(codes.join()).not.toMatch(/ADDRESS_/)
        if (codes.includes('AGENT_NEW_SYSTEM')) expect(codes.join()).not.toMatch(/_BROWSER|_VERSION/)
      }),
      { numRuns: 500 },
    )
  })

  it('never rises by more evidence of the same client in the same place', () => {
    const shown = fc.record({ origin: usualOrigin, deviceId: fc.constantFrom(null, 'laptop') })
    const hoursBetween = fc.constantFrom(0, 5, 24)
    fc.assert(
      fc.property(
        fc.array(shown, { maxLength: 6 }),
        shown,
        fc.integer({ min: 1, max: 6 }),
        hoursBetween,
        (...given) => {
          const [others, same, times, hours] = given
          const visits = [...others, ...Array.from({ length: times + 1 }, () => same)]
          let [profile, before]: [PackedProfile | null, PackedProfile | null] = [null, null]
          for (const [index, visit] of visits.entries()) {
            before = profile
            const observation = observe(riskDeps(), { ...visit, timeZone: '' })
            profile = learned(profile, observation, ago(hours * (visits.length - index)))
          }
          const deviceToken = same.deviceId === null ? 'none' : 'trusted'
          const scoreWith = (known: PackedProfile | null) =>
            assess(signInFacts({ ...same, deviceToken, profile: known })).score
          // Counts are kept as 32-bit floats, and contributions on a grid.
          expect(scoreWith(profile)).toBeLessThanOrEqual(scoreWith(before) + 0.01)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('never rises by more evidence of the same place', () => {
    const earlier = fc.array(usualOrigin, { maxLength: 12 })
    fc.assert(
      fc.property(earlier, usualOrigin, fc.integer({ min: 3, max: 9 }), (others, origin, times) => {
        const lessonOf = (shown: typeof origin) => observe(riskDeps(), { origin: shown, deviceId: null, timeZone: '' })
        const before = others.reduce<PackedProfile | null>(
          (profile, shown) => learned(profile, lessonOf(shown), NOW),
          null,
        )
        let profile: PackedProfile | null = before
        let score = Infinity
        for (let time = 0; time < times; time += 1) {
          profile = learned(profile, { ...lessonOf(origin), language: null, timeZone: null }, NOW)
          const facts = signInFacts({ origin, profile, deviceToken: 'known', deviceId: null })
          const place = assess(facts).contributions.filter(({ code }) => /^(COUNTRY|NETWORK|SUBNET|ADDRESS)/.test(code))
          const now = place.reduce((sum, { nats }) => sum + nats, 0)
          // Counts are kept as 32-bit floats, and contributions on a grid.
          expect(now).toBeLessThanOrEqual(score + 0.01)
          score = now
        }
      }),
      { numRuns: 200 },
    )
  })

  it('never rises when a remembered device is shown where there was none', () => {
    fc.assert(
      fc.property(usualFacts, fc.constantFrom('laptop', 'phone'), (facts, deviceId) => {
        const signingIn = { ...facts, purpose: 'SIGN_IN' } as const
        const without = assess({ ...signingIn, deviceToken: 'none', deviceId: null })
        const shown = assess({ ...signingIn, deviceToken: 'trusted', deviceId })
        // A token that was carried off is asked at MEDIUM, and that is all it costs.
        const isCarriedOff = shown.contributions.some(({ code }) => /^RULE_(TOKEN_MOVED|NEW_COUNTRY)$/.test(code))
        const floor = floorOf('MEDIUM', facts.thresholds ?? DEFAULT_RISK_SETTINGS.thresholds)
        expect(shown.score).toBeLessThanOrEqual(isCarriedOff ? Math.max(without.score, floor) : without.score)
      }),
      { numRuns: 500 },
    )
  })

  const losses: readonly (readonly [string, (facts: RiskFacts) => RiskFacts])[] = [
    ['the number of failures', (facts) => ({ ...facts, failedAttempts: NaN, failedHere: NaN, namesFailedNearby: NaN })],
    ['the date of the last sign-in', (facts) => ({ ...facts, lastSignInAt: null })],
    [
      'the date of the change',
      (facts) => ({ ...facts, credentialChangedAt: facts.credentialChangedAt && new Date(NaN) }),
    ],
  ]
  it.each(losses)('never falls when %s is missing', (_, lose) => {
    const known = usualFacts.map((facts) => ({ ...facts, profile: facts.profile ?? homeProfile() }))
    fc.assert(
      fc.property(known, (facts) => {
        expect(assess(lose(facts)).score).toBeGreaterThanOrEqual(assess(facts).score)
      }),
      { numRuns: 300 },
    )
  })

  it('asks what comes from nowhere and is not usual there', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', '10.1.2.3', 'unknown', '::1'),
        fc.constantFrom(CHROME, ''),
        (address, userAgent) => {
          const facts = signInFacts({ ...trusted, origin: originOf({ address, userAgent }) })
          expect(assess(facts).verdict).not.toBe('ALLOW')
        },
      ),
    )
  })

  it.each(['off', 'not-ready', 'failed'] as const)('drops the country, and says so, when geo data is %s', (gap) => {
    const geo: GeoLookup = { locate: () => ({ kind: 'gap', gap }), warmUp: async () => undefined }
    const { contributions } = assess(signInFacts(), riskDeps({ geo }))
    expect(contributions).toContainEqual({ code: 'COUNTRY_UNKNOWN', nats: 0, facts: { gap } })
    expect(contributions.map(({ code }) => code).join()).not.toMatch(/COUNTRY_(NEW|USUAL)/)
  })

  it('tells networks apart by /16 without ASN data', () => {
    const codesAt = (address: string) =>
      assess(signInFacts({ origin: originOf({ address }) })).contributions.map(({ code }) => code)
    expect(codesAt(ADDRESS.sameNetwork)).toContain('NETWORK_USUAL')
    expect(codesAt(ADDRESS.otherNetwork)).toContain('NETWORK_NEW')
    expect(codesAt(ADDRESS.otherNetwork)).not.toContain('NETWORK_NEW_ASN')
  })

  it('never becomes ALLOW by losing the profile, unless the session itself vouches', () => {
    fc.assert(
      fc.property(usualFacts, (facts) => {
        expect(assess({ ...facts, profile: null, session: null }).verdict).not.toBe('ALLOW')
      }),
    )
  })
})
