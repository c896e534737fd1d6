import fc from 'fast-check'
import {
  noGeo,
  observe,
  learn,
  RISK_PURPOSES,
  type RiskAssessment,
  type RiskFacts,
  type RiskProfile,
} from '../../src/risk/index.js'
import { ADDRESS, ago, assess, CHROME, FIREFOX, IPHONE, NOW, originOf, riskDeps } from './facts.js'

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
      steps.reduce<RiskProfile | null>((profile, step) => learn(profile, observe(riskDeps(), step), step.at), null),
    )

const factsOf = (origin: fc.Arbitrary<ReturnType<typeof originOf>>, at: fc.Arbitrary<Date>): fc.Arbitrary<RiskFacts> =>
  fc
    .record({
      purpose: fc.constantFrom(...RISK_PURPOSES),
      origin,
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
        observation: observe(riskDeps(), { origin: facts.session.origin, deviceId: null }),
        provedAt: facts.session.provedAt,
      },
    }))

const pastDate = fc.integer({ min: 0, max: 4000 }).map(ago)
const wildFacts = factsOf(anyOrigin, fc.oneof(pastDate, fc.constantFrom(NOW, ago(-9), new Date(NaN))))
const usualFacts = factsOf(usualOrigin, pastDate)
const shuffledSum = ({ contributions }: RiskAssessment): number =>
  contributions.toReversed().reduce((sum, { nats }) => sum + nats, 0)

describe('every assessment', () => {
  it('is a finite score that is the exact sum of its contributions, in whatever order', () => {
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

  it('is LOW only with a remembered device or a session that was proved', () => {
    fc.assert(
      fc.property(wildFacts, (facts) => {
        const vouched = facts.deviceToken === 'trusted' || (facts.purpose !== 'SIGN_IN' && facts.session !== null)
        if (!vouched) expect(assess(facts).level).not.toBe('LOW')
      }),
      { numRuns: 500 },
    )
  })

  it('never rises when a remembered device is shown where there was none', () => {
    fc.assert(
      fc.property(usualFacts, fc.constantFrom('laptop', 'phone'), (facts, deviceId) => {
        const without = assess({ ...facts, deviceToken: 'none', deviceId: null })
        const shown = assess({ ...facts, deviceToken: 'trusted', deviceId })
        expect(shown.score).toBeLessThanOrEqual(without.score)
      }),
      { numRuns: 500 },
    )
  })

  const losses: readonly (readonly [string, (facts: RiskFacts) => RiskFacts])[] = [
    ['the address', (facts) => ({ ...facts, origin: { ...facts.origin, address: '' } })],
    ['the public address', (facts) => ({ ...facts, origin: { ...facts.origin, address: '10.1.2.3' } })],
    ['the user agent', (facts) => ({ ...facts, origin: { ...facts.origin, userAgent: '' } })],
    ['the number of failures', (facts) => ({ ...facts, failedAttempts: NaN })],
    ['the date of the last sign-in', (facts) => ({ ...facts, lastSignInAt: null })],
    [
      'the date of the change',
      (facts) => ({ ...facts, credentialChangedAt: facts.credentialChangedAt && new Date(NaN) }),
    ],
  ]
  it.each(losses)('never falls when %s is missing', (_, lose) => {
    fc.assert(
      fc.property(usualFacts, (facts) => {
        expect(assess(lose(facts)).score).toBeGreaterThanOrEqual(assess(facts).score)
      }),
      { numRuns: 300 },
    )
  })

  it('never falls when the geo data is missing', () => {
    fc.assert(
      fc.property(usualFacts, (facts) => {
        expect(assess(facts, riskDeps({ geo: noGeo })).score).toBeGreaterThanOrEqual(assess(facts).score)
      }),
      { numRuns: 300 },
    )
  })

  it('never becomes ALLOW by losing the profile, unless the session itself vouches', () => {
    fc.assert(
      fc.property(usualFacts, (facts) => {
        expect(assess({ ...facts, profile: null, session: null }).verdict).not.toBe('ALLOW')
      }),
    )
  })
})
