import {
  createPromptBudget,
  learnFrom,
  observe,
  riskSettings,
  type RiskAssessment,
  type RiskFacts,
} from '../../src/risk/index.js'
import {
  ADDRESS,
  ago,
  assess,
  CHROME,
  FIREFOX,
  homeProfile,
  IPHONE,
  learned,
  natsByCode,
  networksOf,
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

function homeAnHourAgo() {
  const atHome = observe(riskDeps(), { origin: originOf(), deviceId: null, timeZone: '' })
  return learned(homeProfile(), atHome, ago(1))
}

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
    ['is allowed on a device whose time has run out, at home', { deviceToken: 'known', deviceId: 'laptop' }, LOW],
    ['is allowed without a device token at home, after many sign-ins', { profile: homeProfile(30, null) }, LOW],
    ['is challenged when the profile could not be read', { ...trusted, profile: null }, MEDIUM],
    ['is challenged on a new phone in another network', at(ADDRESS.otherNetwork, IPHONE), HIGH],
    ['is high on a new device in a new country', at(ADDRESS.abroad, IPHONE), HIGH],
    ['is high when credentials changed an hour ago', { credentialChangedAt: ago(1) }, HIGH],
    ['is high when nobody could have come so far so fast', { profile: homeAnHourAgo(), ...at(ADDRESS.abroad) }, HIGH],
    ['is high from where nobody knows too soon', { profile: homeAnHourAgo(), ...at(ADDRESS.unlisted) }, HIGH],
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
    expect(assessment.reasons).toEqual(['new device', 'unusual network'])
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
    ['is high in another browser and another country', { ...trusted, ...moved(ADDRESS.abroad, FIREFOX) }, HIGH],
    ['is judged by the session alone when there is no profile', { profile: null }, LOW],
    ['is judged like a sign-in without the session’s observation', { session: null, profile: homeProfile(2) }, MEDIUM],
    ['is not disturbed by failed sign-ins elsewhere', { failedAttempts: 40, credentialChangedAt: ago(1) }, LOW],
    ['is critical with a foreign device token', { deviceToken: 'foreign' }, CRITICAL],
    ['is judged the same at a refresh', { purpose: 'REFRESH', ...moved(ADDRESS.abroad) }, HIGH],
  ]

  it.each(table)('%s', (_, over, expected) => {
    expect(outcome(assess(operationFacts(over)))).toEqual(expected)
  })

  it('does not let a session observation vouch for a sign-in', () => {
    const { session } = operationFacts()
    expect(assess(signInFacts({ session, profile: homeProfile(2) })).level).toBe('MEDIUM')
  })
})

describe('hard rules', () => {
  const at = (address: string) => ({ origin: originOf({ address }) })
  const withThresholds = (settings: ReturnType<typeof riskSettings>) =>
    riskDeps({ promptBudget: createPromptBudget({ ...settings, share: null }) })

  it('lift to the floor of their level, so that the sum holds', () => {
    const assessment = assess(signInFacts({ deviceToken: 'foreign' }))
    const sum = assessment.contributions.reduce((total, { nats }) => total + nats, 0)
    expect(sum).toBe(assessment.score)
    expect(assessment.score).toBe(8.125)
  })

  it('are shown with 0 nats when the score is there already', () => {
    const assessment = assess(signInFacts({ privileged: true, ...at(ADDRESS.abroad) }))
    expect(natsByCode(assessment)).toMatchObject({ RULE_PRIVILEGED: 0 })
  })

  it('follow the configured thresholds', () => {
    const settings = riskSettings({ low: -1, medium: 20, high: 30 })
    const assessment = assess(signInFacts({ deviceToken: 'foreign' }), withThresholds(settings))
    expect(assessment).toMatchObject({ level: 'CRITICAL', score: 30.125 })
  })

  it('ask for MEDIUM after ten failures even when the threshold would allow them', () => {
    const settings = riskSettings({ low: 3, medium: 6, high: 8 })
    const failing = (failedAttempts: number) => assess(signInFacts({ failedAttempts }), withThresholds(settings)).level
    expect([failing(9), failing(10)]).toEqual(['LOW', 'MEDIUM'])
  })

  it('ask for a strong factor from listed addresses and Tor, unless the device is remembered', () => {
    const blocked = riskDeps({ listed: () => ({ verdict: 'blocked', by: 'network' }) })
    const tor = riskDeps({ networks: networksOf({ [ADDRESS.home]: { asn: 1, class: 'tor', gap: null } }) })
    for (const deps of [blocked, tor]) {
      expect(assess(signInFacts({ profile: homeProfile(30, null) }), deps).level).toBe('HIGH')
      expect(assess(signInFacts(trusted), deps).level).not.toBe('HIGH')
    }
    const device = riskDeps({ listed: () => ({ verdict: 'blocked', by: 'device' }) })
    expect(assess(signInFacts(trusted), device).level).toBe('HIGH')
  })

  it('go by the stricter of the installation’s thresholds and those of the organizations', () => {
    const thresholds = { low: -20, medium: 4, high: 8 }
    expect(assess(signInFacts({ ...trusted, thresholds })).verdict).toBe('CHALLENGE')
    const stranger = { ...at(ADDRESS.otherNetwork), thresholds: { low: 20, medium: 30, high: 40 } }
    expect(assess(signInFacts(stranger)).verdict).toBe('CHALLENGE')
    const tighter = withThresholds(riskSettings({ low: -20, medium: 4, high: 8 }))
    expect(assess(signInFacts({ ...trusted, thresholds: { low: 0, medium: 4, high: 8 } }), tighter).verdict).toBe(
      'CHALLENGE',
    )
  })
})

describe('a step-up that was passed', () => {
  const abroad = originOf({ address: ADDRESS.abroad })
  const observation = observe(riskDeps(), { origin: abroad, deviceId: null, timeZone: '' })
  // What it taught makes the place usual, so that only more than that is asked again.
  const unquiet = { failedHere: 4, namesFailedNearby: 9 }
  const passedAt = (hours: number, passedScore: number | null) =>
    learnFrom({
      profile: homeProfile(),
      observation,
      now: ago(hours),
      deviceToken: 'none',
      fingerprintBin: null,
      passedScore,
    })
  const back = (hours: number, over: Partial<RiskFacts> = {}, passedScore: number | null = 0) =>
    assess(signInFacts({ profile: passedAt(hours, passedScore), origin: abroad, ...unquiet, ...over }))

  it('spares the same client in the same place the next one for 24 hours', () => {
    expect(back(1, {}, null)).toMatchObject({ verdict: 'CHALLENGE' })
    expect([1, 23, 24, 25].map((hours) => back(hours).verdict)).toEqual(['ALLOW', 'ALLOW', 'CHALLENGE', 'CHALLENGE'])
    expect(natsByCode(back(1))['STEP_UP_PASSED']).toBeLessThan(0)
  })

  it('takes the score to the threshold and no lower', () => {
    expect(back(1).score).toBe(0)
  })

  it('exempts no other browser and no other address of the network', () => {
    const moved = originOf({ address: ADDRESS.abroad.replace(/[.]6$/, '.7') })
    for (const origin of [moved, { ...abroad, userAgent: FIREFOX }]) {
      // With whatever is asked of it, since an unlike client is not always asked.
      const assessment = back(1, { origin, thresholds: { low: -20, medium: 4, high: 8 } }, 50)
      expect(natsByCode(assessment)).not.toHaveProperty('STEP_UP_PASSED')
    }
    const same = back(1, { thresholds: { low: -20, medium: 4, high: 8 } }, 50)
    expect(natsByCode(same)).toHaveProperty('STEP_UP_PASSED')
  })

  it('exempts no sign-in once the score has risen by more than 3', () => {
    const { score } = back(1, {}, null)
    expect(back(1, {}, score - 3).verdict).toBe('ALLOW')
    expect(back(1, {}, score - 3 - 1 / 1024)).toMatchObject({ verdict: 'CHALLENGE', score })
  })

  it('does not spare what a hard rule asks', () => {
    expect(back(1, { privileged: true }).level).toBe('MEDIUM')
    expect(back(1, { failedAttempts: 10 }).level).toBe('MEDIUM')
    expect(back(1, { credentialChangedAt: ago(1) }).level).toBe('HIGH')
    expect(back(1, { deviceToken: 'foreign' }).level).toBe('CRITICAL')
  })
})
