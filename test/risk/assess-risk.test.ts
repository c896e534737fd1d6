import { riskSettings, type RiskAssessment, type RiskFacts } from '../../src/risk/index.js'
import {
  ADDRESS,
  ago,
  assess,
  CHROME,
  FIREFOX,
  homeProfile,
  IPHONE,
  natsByCode,
  operationFacts,
  originOf,
  riskDeps,
  signInFacts,
  trusted,
} from './facts.js'

const outcome = ({ level, verdict }: RiskAssessment) => ({ level, verdict })
const LOW = { level: 'LOW', verdict: 'ALLOW' }
const MEDIUM = { level: 'MEDIUM', verdict: 'CHALLENGE' }
const HIGH = { level: 'HIGH', verdict: 'CHALLENGE' }
const CRITICAL = { level: 'CRITICAL', verdict: 'BLOCK' }

describe('a sign-in', () => {
  const at = (address: string, userAgent = CHROME) => ({ origin: originOf({ address, userAgent }) })
  const table: readonly (readonly [string, Partial<RiskFacts>, object])[] = [
    ['is allowed on a remembered device in the usual place', trusted, LOW],
    [
      'is allowed on a remembered device in a new network of the country',
      { ...trusted, ...at(ADDRESS.otherNetwork) },
      LOW,
    ],
    ['is allowed on a remembered device while others guess passwords', { ...trusted, failedAttempts: 40 }, LOW],
    ['is challenged on a remembered device in a new country', { ...trusted, ...at(ADDRESS.abroad) }, MEDIUM],
    ['is challenged when the token turns up in another browser', { ...trusted, ...at(ADDRESS.home, FIREFOX) }, MEDIUM],
    ['is challenged when the token turns up on another system', { ...trusted, ...at(ADDRESS.home, IPHONE) }, MEDIUM],
    ['is challenged on a known device that is not remembered', { deviceToken: 'known', deviceId: 'laptop' }, MEDIUM],
    ['is challenged without a device token even at home', {}, MEDIUM],
    ['is challenged when the profile could not be read', { ...trusted, profile: null }, MEDIUM],
    ['is challenged on a new phone at home', at(ADDRESS.home, IPHONE), MEDIUM],
    ['is high on a new device in a new country', at(ADDRESS.abroad, IPHONE), HIGH],
    ['is high when credentials changed an hour ago', { credentialChangedAt: ago(1) }, HIGH],
    ['is critical with a foreign device token', { deviceToken: 'foreign' }, CRITICAL],
    ['is challenged with few sign-ins and no token', { profile: homeProfile(2) }, MEDIUM],
    ['is allowed with few sign-ins and a remembered device', { ...trusted, profile: homeProfile(1) }, LOW],
    ['is challenged for administrators without a remembered device', { privileged: true }, MEDIUM],
    ['is allowed for administrators on a remembered device', { ...trusted, privileged: true }, LOW],
  ]

  it.each(table)('%s', (_, over, expected) => {
    expect(outcome(assess(signInFacts(over)))).toEqual(expected)
  })

  it('tells the person coarse reasons and no more', () => {
    const assessment = assess(signInFacts({ origin: originOf({ address: ADDRESS.otherNetwork }) }))
    expect(assessment.reasons).toEqual(['unusual network', 'new device'])
  })

  it('accepts only strong factors at HIGH and only passkeys at CRITICAL', () => {
    const factorTypes = ['SMS', 'TOTP', 'WEBAUTHN'] as const
    expect(assess(signInFacts({ factorTypes, credentialChangedAt: ago(1) })).acceptedFactors).toEqual([
      'TOTP',
      'WEBAUTHN',
    ])
    const critical = assess(signInFacts({ factorTypes, deviceToken: 'foreign' }))
    expect(critical).toMatchObject({ verdict: 'CHALLENGE', acceptedFactors: ['WEBAUTHN'] })
  })
})

describe('an operation or refresh', () => {
  const moved = (address: string, userAgent = CHROME) => ({ origin: originOf({ address, userAgent }) })
  const table: readonly (readonly [string, Partial<RiskFacts>, object])[] = [
    ['is allowed where the session was proved', {}, LOW],
    ['is allowed after moving to another network of the country', moved(ADDRESS.otherNetwork), LOW],
    ['is high after moving to an address nobody can place within three hours', moved('10.9.8.7'), HIGH],
    ['is high after moving to Tokyo within three hours', moved(ADDRESS.abroad), HIGH],
    ['is challenged after moving to another browser', moved(ADDRESS.home, FIREFOX), MEDIUM],
    ['is challenged after moving to another system', moved(ADDRESS.home, IPHONE), MEDIUM],
    ['is challenged in another country even on a remembered device', { ...trusted, ...moved(ADDRESS.abroad) }, MEDIUM],
    ['is judged by the session alone when there is no profile', { profile: null }, LOW],
    ['is judged like a sign-in without the session’s observation', { session: null }, MEDIUM],
    ['is not disturbed by failed sign-ins elsewhere', { failedAttempts: 40, credentialChangedAt: ago(1) }, LOW],
    ['is critical with a foreign device token', { deviceToken: 'foreign' }, CRITICAL],
    ['is judged the same at a refresh', { purpose: 'REFRESH', ...moved(ADDRESS.abroad) }, HIGH],
  ]

  it.each(table)('%s', (_, over, expected) => {
    expect(outcome(assess(operationFacts(over)))).toEqual(expected)
  })

  it('does not let a session observation vouch for a sign-in', () => {
    const { session } = operationFacts()
    expect(assess(signInFacts({ session })).level).toBe('MEDIUM')
  })
})

describe('hard rules', () => {
  it('lift to the floor of their level, so that the sum holds', () => {
    const assessment = assess(signInFacts({ deviceToken: 'foreign' }))
    expect(natsByCode(assessment)).toEqual({ DEVICE_TOKEN_FOREIGN: 0.5, RULE_FOREIGN_DEVICE_TOKEN: 7.625 })
    expect(assessment.score).toBe(8.125)
  })

  it('are shown with 0 nats when the score is there already', () => {
    const assessment = assess(signInFacts({ privileged: true }))
    expect(natsByCode(assessment)).toMatchObject({ RULE_PRIVILEGED: 0 })
  })

  it('follow the configured thresholds', () => {
    const settings = riskSettings({ low: -1, medium: 20, high: 30 })
    const assessment = assess(signInFacts({ deviceToken: 'foreign' }), riskDeps({ settings }))
    expect(assessment).toMatchObject({ level: 'CRITICAL', score: 30.125 })
  })

  it('ask for MEDIUM after ten failures even when the threshold would allow them', () => {
    const settings = riskSettings({ low: 3, medium: 6, high: 8 })
    const failing = (failedAttempts: number) => assess(signInFacts({ failedAttempts }), riskDeps({ settings })).level
    expect([failing(9), failing(10)]).toEqual(['LOW', 'MEDIUM'])
  })
})
