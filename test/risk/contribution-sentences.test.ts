import { createSentences } from '../../src/messages/index.js'
import { describeContribution, observe } from '../../src/risk/index.js'
import { CONTRIBUTION_CODES, type Contribution, type ContributionCode } from '../../src/risk/contribution.js'
import type { NetworkAnswer } from '../../src/networks/index.js'
import {
  ADDRESS,
  ago,
  assess,
  homeProfile,
  learned,
  networksOf,
  operationFacts,
  originOf,
  riskDeps,
  signInFacts,
} from './facts.js'

const IN_FRANCE = { country: 'FR' }
const NOWHERE = { country: null }

const { say } = createSentences({ language: 'en' })
const inLanguage =
  (acceptLanguage: string) =>
  (kept: Parameters<typeof describeContribution>[0], context: Parameters<typeof describeContribution>[1]) =>
    describeContribution(kept, context, (sentence) => say(sentence, { acceptLanguage, accountLanguage: null }))
const [english, german] = [inLanguage('en'), inLanguage('de')]

/** Every fact of every code, for the sentences that have variants. */
const FACTS: { readonly [Code in ContributionCode]?: readonly object[] } = {
  COUNTRY_NEW: [{ where: 'country' }, { where: 'unlocated' }],
  COUNTRY_USUAL: [{ where: 'country' }, { where: 'unlocated' }, { where: 'subnet' }],
  COUNTRY_UNKNOWN: [
    'off',
    'not-ready',
    'failed',
    'not-found',
    'address-not-public',
    'address-unreadable',
    'unknown',
  ].map((gap) => ({ gap })),
  NETWORK_HOSTING: ['hosting', 'vpn', 'tor', 'relay'].map((networkClass) => ({ networkClass })),
  FAILED_ATTEMPTS: [{ failures: 3 }],
  NAMES_FAILED_NEARBY: [{ moreThan: 5 }],
  LISTED: [{ by: 'device' }, { by: 'network' }],
  CREDENTIAL_CHANGED: [{ withinHours: 24 }],
  PROMPT_DENIED: [{ withinHours: 24 }],
  ACCOUNT_DORMANT: [{ days: 90 }],
  STEP_UP_PASSED: [{ withinHours: 24 }],
  RULE_LISTED: [{ by: 'device' }, { by: 'network' }, { by: 'tor' }],
  RULE_IMPOSSIBLE_TRAVEL: [{ km: 4200, seconds: 7200 }],
  RULE_CREDENTIAL_CHANGED: [{ withinHours: 24 }],
  RULE_FAILED_ATTEMPTS: [{ failures: 12 }],
  RULE_COLD_START: [{ fewerThan: 3 }],
  RULE_NEW_COUNTRY: [{ where: 'country' }, { where: 'unlocated' }, { where: 'network' }],
  RULE_SESSION_MOVED: [{ to: 'browser' }, { to: 'country' }, { to: 'browser-and-country' }],
}

const everyContribution = (Object.keys(CONTRIBUTION_CODES) as ContributionCode[]).flatMap((code) =>
  (FACTS[code] ?? [null]).map((facts) => ({ code, facts })),
)

describe('the sentence of a contribution', () => {
  it.each(everyContribution)('is there for %j', (kept) => {
    for (const where of [IN_FRANCE, NOWHERE]) {
      expect(english(kept, where)).toMatch(/^[A-Z][^{}]*[.]$/)
    }
  })

  it('is different for every variant', () => {
    const sentences = everyContribution.map((kept) => english(kept, IN_FRANCE))
    expect(sentences.filter((sentence, index) => sentences.indexOf(sentence) !== index)).toEqual([
      // A hard rule repeats the observation that it lifts.
      'The device is on the block list.',
      'The network is on the block list.',
      'New country for this account: France.',
      'The address cannot be located, which is new for this account.',
    ])
  })

  it.each<[Contribution, string]>([
    [{ code: 'COUNTRY_NEW', facts: { where: 'country' }, nats: 2 }, 'New country for this account: France.'],
    [
      { code: 'RULE_IMPOSSIBLE_TRAVEL', facts: { km: 4200, seconds: 7200 }, nats: 0 },
      'At least 4,200 km from the last place, 2 hours later: faster than a plane.',
    ],
    [
      { code: 'RULE_IMPOSSIBLE_TRAVEL', facts: { km: 900, seconds: 60 }, nats: 0 },
      'At least 900 km from the last place, 1 minute later: faster than a plane.',
    ],
    [
      { code: 'FAILED_ATTEMPTS', facts: { failures: 1 }, nats: 0.5 },
      'Failed first factors from this part of the network: 1.',
    ],
  ])('says %j', (contribution, sentence) => {
    expect(english(contribution, IN_FRANCE)).toBe(sentence)
  })

  it('is in the language of the caller, numbers and countries too', () => {
    const travel = { code: 'RULE_IMPOSSIBLE_TRAVEL', facts: { km: 4200, seconds: 7201 } }
    expect(german(travel, IN_FRANCE)).toBe(
      'Mindestens 4.200 km vom letzten Ort entfernt, 2 Stunden danach: schneller als ein Flugzeug.',
    )
    const country = { code: 'COUNTRY_NEW', facts: { where: 'country' } }
    expect(german(country, IN_FRANCE)).toBe('Neues Land für dieses Konto: Frankreich.')
  })

  it('names no country once the event has lost it', () => {
    const kept = { code: 'COUNTRY_NEW', facts: { where: 'country' }, nats: 2 }
    expect(english(kept, NOWHERE)).toBe('New country for this account.')
    expect(english(kept, { country: '<b>' })).toBe('New country for this account.')
  })

  it('is the one that was stored, in events from before facts were kept', () => {
    const kept = { code: 'RULE_IMPOSSIBLE_TRAVEL', nats: 1, detail: 'at least 4200 km in 2.00 h' }
    expect(english(kept, IN_FRANCE)).toBe('at least 4200 km in 2.00 h')
    expect(english({ code: 'NETWORK_NEW', detail: null }, IN_FRANCE)).toBe('New network in a familiar country.')
  })

  it.each([
    { code: 'OF_A_LATER_VERSION', facts: { km: 3 } },
    { code: 'toString' },
    { code: 'RULE_IMPOSSIBLE_TRAVEL' },
    { code: 'RULE_IMPOSSIBLE_TRAVEL', facts: { km: 'far', seconds: null } },
    { code: 'RULE_LISTED', facts: { by: 'toString' } },
    { code: 'FAILED_ATTEMPTS', facts: { failures: null } },
    { code: 'FAILED_ATTEMPTS', facts: { failures: 'many' } },
  ])('is left out where %j cannot be read', (kept) => {
    expect(english(kept, IN_FRANCE)).toBeNull()
  })
})

describe('what contributions carry', () => {
  const asn: NetworkAnswer = { asn: 64500, class: 'hosting', gap: null }
  const hosted = riskDeps({ networks: networksOf({ [ADDRESS.abroad]: asn }) })
  const observation = observe(riskDeps(), { origin: originOf(), deviceId: null, timeZone: '' })
  const hourOld = learned(homeProfile(), observation, ago(1))
  const abroad = { origin: originOf({ address: ADDRESS.abroad, language: 'ja' }), timeZone: 'Asia/Tokyo' }
  const attempts = { failedHere: 3, failedAttempts: 12, suspicionAt: ago(1) }

  it.each([
    ['a sign-in from a data centre', signInFacts({ ...abroad, ...attempts }), hosted, 'NETWORK_HOSTING'],
    ['impossible travel', signInFacts({ ...abroad, profile: hourOld }), riskDeps(), 'RULE_IMPOSSIBLE_TRAVEL'],
    ['an operation', operationFacts({ ...abroad, privileged: true }), riskDeps(), 'RULE_SESSION_MOVED'],
  ])('at %s are plain values, without address, place or agent: they outlive an erasure', (_, facts, deps, code) => {
    const { contributions } = assess(facts, deps)
    expect(contributions).toContainEqual(expect.objectContaining({ code }))
    const values = contributions.flatMap(({ facts: kept }): unknown[] => Object.values(kept ?? {}))
    expect(values.every((value) => ['string', 'number', 'boolean'].includes(typeof value))).toBe(true)
    const text = JSON.stringify(contributions)
    for (const trace of [ADDRESS.abroad, '"JP"', '"DE"', 'Tokyo', '64500', 'Chrome', 'Windows', 'laptop']) {
      expect(text).not.toContain(trace)
    }
  })
})
