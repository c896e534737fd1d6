import {
  binOfFingerprint,
  observe,
  type PackedProfile,
  type RiskAssessment,
  type RiskFacts,
} from '../../../src/risk/index.js'
import {
  ADDRESS,
  ago,
  assess,
  CHROME,
  FIREFOX,
  homeProfile,
  learned,
  IPHONE,
  natsByCode,
  networksOf,
  operationFacts,
  originOf,
  riskDeps,
  signInFacts,
  trusted,
} from '../facts.js'

const at = (address: string): Partial<RiskFacts> => ({ origin: originOf({ address }) })
const using = (userAgent: string): Partial<RiskFacts> => ({ origin: originOf({ userAgent }) })
const signIn = (...over: readonly Partial<RiskFacts>[]): RiskAssessment =>
  assess(signInFacts(over.reduce((all, each) => ({ ...all, ...each }), {})))
const nats = (assessment: RiskAssessment, code: string): number => natsByCode(assessment)[code] ?? Number.NaN
const has = (assessment: RiskAssessment, code: string): boolean => code in natsByCode(assessment)

describe('the device token', () => {
  it('speaks for the person when it is theirs, and a session like one', () => {
    expect(nats(signIn(trusted), 'DEVICE_TOKEN_TRUSTED')).toBeLessThan(-3)
    expect(nats(assess(operationFacts()), 'SESSION_CONTINUES')).toBeLessThan(-3)
    expect(has(assess(operationFacts(trusted)), 'SESSION_CONTINUES')).toBe(false)
  })

  it('is missed the more the more often it came', () => {
    const missed = (times: number) => nats(signIn({ profile: homeProfile(times) }), 'DEVICE_TOKEN_NONE')
    expect(missed(20)).toBeGreaterThan(missed(5) + 0.9)
  })

  it('is hardly missed of people who never bring one', () => {
    expect(nats(signIn({ profile: homeProfile(20, null) }), 'DEVICE_TOKEN_NONE')).toBeLessThan(0.2)
  })
})

describe('the network', () => {
  it('costs a new one more than a new part of a familiar one, and a new country most, in all', () => {
    const scores = [ADDRESS.home, ADDRESS.sameNetwork, ADDRESS.otherNetwork, ADDRESS.abroad].map(
      (address) => signIn({ profile: homeProfile(40) }, at(address)).score,
    )
    expect(scores).toEqual(scores.toSorted((a, b) => a - b))
    expect(new Set(scores).size).toBe(4)
  })

  it('counts a familiar address for the person, within −3.5', () => {
    const fine = ({ contributions }: RiskAssessment) =>
      contributions.filter(({ code }) => /^(SUBNET|ADDRESS)_/.test(code)).reduce((sum, each) => sum + each.nats, 0)
    expect(fine(signIn())).toBeLessThan(-2)
    expect(fine(signIn({ profile: homeProfile(100) }))).toBeGreaterThanOrEqual(-3.51)
  })

  it('counts a new part of a familiar network against the person, within 1', () => {
    const part = signIn({ profile: homeProfile(200) }, at(ADDRESS.sameNetwork))
    expect(nats(part, 'SUBNET_NEW')).toBeGreaterThan(0.5)
    expect(nats(part, 'SUBNET_NEW')).toBeLessThanOrEqual(1)
    expect(has(part, 'ADDRESS_NEW')).toBe(false)
  })

  it('charges nothing more in a new country, where the operator is a familiar one', () => {
    const asn = { asn: 64500, class: null, gap: null }
    const deps = riskDeps({ networks: networksOf({ [ADDRESS.home]: asn, [ADDRESS.abroad]: asn }) })
    const observation = observe(deps, { origin: originOf(), deviceId: null, timeZone: '' })
    const profile = learned(homeProfile(10, null), observation, ago(72))
    const judged = assess(signInFacts({ profile, ...at(ADDRESS.abroad) }), deps)
    expect(has(judged, 'COUNTRY_NEW')).toBe(true)
    expect(Object.keys(natsByCode(judged)).join()).not.toMatch(/NETWORK_|SUBNET_|ADDRESS_/)
  })

  it('counts a data centre against an account never seen there, and not against one whose VPN ends there', () => {
    const deps = riskDeps({
      networks: networksOf({
        [ADDRESS.home]: { asn: 64500, class: null, gap: null },
        [ADDRESS.otherNetwork]: { asn: 64501, class: 'hosting', gap: null },
      }),
    })
    const judged = (over: Partial<RiskFacts>) => assess(signInFacts({ ...at(ADDRESS.otherNetwork), ...over }), deps)
    const stranger = judged({})
    expect(nats(stranger, 'NETWORK_HOSTING')).toBeCloseTo(0.7, 2)
    expect(nats(stranger, 'NETWORK_NEW_ASN')).toBeGreaterThan(nats(signIn(at(ADDRESS.otherNetwork)), 'NETWORK_NEW'))
    const observation = observe(deps, {
      origin: originOf({ address: ADDRESS.otherNetwork }),
      deviceId: null,
      timeZone: '',
    })
    const profile = learned(homeProfile(), observation, ago(24))
    expect(has(judged({ profile }), 'NETWORK_HOSTING')).toBe(false)
    expect(judged({ profile }).score).toBeLessThan(stranger.score)
  })

  it('knows a network by its addresses when the ASN data comes or goes', () => {
    const deps = riskDeps({ networks: networksOf({ [ADDRESS.home]: { asn: 64500, class: null, gap: null } }) })
    expect(has(assess(signInFacts(), deps), 'NETWORK_USUAL')).toBe(true)
  })
})

describe('the agent', () => {
  it('is compared by family and direction alone', () => {
    const same = signIn()
    expect(signIn(using(CHROME.replace('130', '139'))).score).toBe(same.score)
    expect(has(signIn(using(CHROME.replace('130', '129'))), 'AGENT_VERSION_BACK')).toBe(true)
    expect(has(signIn(using(FIREFOX)), 'AGENT_NEW_BROWSER')).toBe(true)
    expect(has(signIn(using(IPHONE)), 'AGENT_NEW_SYSTEM')).toBe(true)
  })
})

describe('the version', () => {
  const newest = 'App/7'
  const before = learned(
    homeProfile(),
    observe(riskDeps(), { origin: originOf({ userAgent: newest }), deviceId: null, timeZone: '' }),
    ago(24),
  )
  const rows = [
    ['the same', 'App/7', 'AGENT_VERSION_FORWARD'],
    ['a newer one', 'App/99', 'AGENT_VERSION_FORWARD'],
    ['an older one', 'App/6', 'AGENT_VERSION_BACK'],
    ['one that is missing', 'App', 'AGENT_VERSION_BACK'],
  ] as const
  it.each(rows)('goes by direction: %s', (_, userAgent, code) => {
    expect(has(signIn({ profile: before }, using(userAgent)), code)).toBe(true)
  })
})

describe('the time of the week', () => {
  const from = (hours: number) => {
    let profile: PackedProfile | null = null
    const observation = observe(riskDeps(), { origin: originOf(), deviceId: null, timeZone: '' })
    for (let week = 1; week <= 12; week += 1) profile = learned(profile, observation, ago(168 * week + hours))
    return signIn({ profile })
  }

  it('speaks for the usual hour, around it less, and against the others', () => {
    const [same, near] = [nats(from(0), 'TIME_USUAL'), nats(from(6), 'TIME_USUAL')]
    expect(same).toBeLessThan(near)
    expect(near).toBeLessThan(0)
    expect(nats(from(80), 'TIME_UNUSUAL')).toBeGreaterThan(0)
  })

  it('says little, and nothing of a newcomer', () => {
    expect(nats(from(0), 'TIME_USUAL')).toBeGreaterThanOrEqual(-0.5)
    expect(nats(from(80), 'TIME_UNUSUAL')).toBeLessThanOrEqual(0.7)
    expect(Object.keys(natsByCode(signIn({ profile: null }))).join()).not.toMatch(/TIME_(UN)?USUAL/)
  })
})

describe('how alike attributes are', () => {
  const device = { screen: '1920x1080', cores: '8', memory: '16', touch: '0', gpu: 'x' }
  const rows: readonly (readonly [string, Record<string, string>, readonly Record<string, string>[], number | null])[] =
    [
      ['everything', device, [device], 3],
      ['everything, of any device', device, [{ screen: '1x1' }, device], 3],
      ['most', { ...device, gpu: 'y', touch: '1' }, [device], 2],
      ['some', { ...device, gpu: 'y', touch: '1', cores: '4' }, [device], 1],
      ['one of five is nothing', { screen: '1920x1080' }, [device], 0],
      ['left out', {}, [device], 0],
      ['more than before', { ...device, extra: '1' }, [device], 2],
      ['not known of any device', device, [{}], null],
      ['no device', device, [], null],
    ]
  it.each(rows)('%s', (_, reported, known, bin) => {
    expect(binOfFingerprint(reported, known)).toBe(bin)
  })
})

describe('what was told about the client', () => {
  it('counts a language and a time zone that are new, and none that were never asked', () => {
    const home = signInFacts().profile
    const other = signIn({ origin: originOf({ language: 'ja' }) })
    expect(nats(other, 'LANGUAGE_NEW')).toBeGreaterThan(0.5)
    expect(nats(signIn({ profile: home, timeZone: 'Asia/Tokyo' }), 'TIME_ZONE_NEW')).toBeGreaterThan(0.5)
    expect(has(signIn({ timeZone: null }), 'TIME_ZONE_NEW')).toBe(false)
  })

  it('never weighs attributes by more than 1 either way', () => {
    expect(nats(signIn({ fingerprintBin: 0 }), 'FINGERPRINT_UNLIKE')).toBeLessThanOrEqual(1)
    expect(nats(signIn({ fingerprintBin: 3 }), 'FINGERPRINT_ALIKE')).toBeGreaterThanOrEqual(-1)
    expect(nats(signIn({ fingerprintBin: 0 }), 'FINGERPRINT_UNLIKE')).toBeGreaterThan(0)
  })
})

describe('what makes an attack more likely', () => {
  const rows: readonly (readonly [string, Partial<RiskFacts>, string, number | null])[] = [
    ['failures from here: half a nat each', { failedHere: 3 }, 'FAILED_ATTEMPTS', 1.5],
    ['failures from here: at most two nats', { failedHere: 9 }, 'FAILED_ATTEMPTS', 2],
    ['failures from here: no number is the worst', { failedHere: Number.NaN }, 'FAILED_ATTEMPTS', 2],
    ['failures from elsewhere cost nothing', { failedAttempts: 9 }, 'FAILED_ATTEMPTS', null],
    ['names: five are a family', { namesFailedNearby: 5 }, 'NAMES_FAILED_NEARBY', null],
    ['names: six are not', { namesFailedNearby: 6 }, 'NAMES_FAILED_NEARBY', 2],
    ['credentials: changed 23 h ago', { credentialChangedAt: ago(23) }, 'CREDENTIAL_CHANGED', 2],
    ['credentials: changed 24 h ago', { credentialChangedAt: ago(24) }, 'CREDENTIAL_CHANGED', null],
    ['credentials: changed in the future', { credentialChangedAt: ago(-5) }, 'CREDENTIAL_CHANGED', 2],
    ['denied: a prompt 23 h ago', { suspicionAt: ago(23) }, 'PROMPT_DENIED', 2],
    ['denied: a prompt 24 h ago', { suspicionAt: ago(24) }, 'PROMPT_DENIED', null],
    ['denied: a prompt in the future', { suspicionAt: ago(-5) }, 'PROMPT_DENIED', 2],
    ['dormant: 91 days', { lastSignInAt: ago(91 * 24) }, 'ACCOUNT_DORMANT', 0.5],
    ['dormant: 90 days are not', { lastSignInAt: ago(90 * 24) }, 'ACCOUNT_DORMANT', null],
    ['dormant: unknown counts as such', { lastSignInAt: null }, 'ACCOUNT_DORMANT', 0.5],
    ['privileged: less doubt is enough', { privileged: true }, 'ACCOUNT_PRIVILEGED', 1],
  ]
  it.each(rows)('%s', (_, over, code, expected) => {
    const assessment = signIn(trusted, over)
    expect(natsByCode(assessment)[code] ?? null).toBe(expected)
  })

  it('is not asked again of a session, but for a suspicion since it was proved', () => {
    const inside = (over: Partial<RiskFacts>) => natsByCode(assess(operationFacts(over)))
    expect(inside({ failedHere: 9, namesFailedNearby: 9, credentialChangedAt: ago(1) })).toEqual(inside({}))
    expect(inside({ suspicionAt: ago(1) })['PROMPT_DENIED']).toBe(2)
    expect(inside({ suspicionAt: ago(4) })['PROMPT_DENIED']).toBeUndefined()
  })
})
