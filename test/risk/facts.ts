import { createHash } from 'node:crypto'
import { movableClock } from '../../src/kernel/clock.js'
import type { RequestOrigin } from '../../src/kernel/request-context.js'
import {
  assessRisk,
  createPopulation,
  createPromptBudget,
  DEFAULT_RISK_SETTINGS,
  learnFrom,
  observe,
  type Observation,
  type RiskAssessment,
  type RiskDeps,
  type RiskFacts,
  type PackedProfile,
} from '../../src/risk/index.js'
import type { GeoLookup, GeoPlace, NetworkAnswer, NetworkLookup } from '../../src/networks/index.js'

export const NOW = new Date('2025-03-10T12:00:00Z')
export const ago = (hours: number): Date => new Date(NOW.getTime() - hours * 3_600_000)

export const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36'
export const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0'
export const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'

/** Berlin at home, its neighbours, and far away; addresses nobody listed are not found. */
export const ADDRESS = {
  home: '81.10.20.30',
  sameSubnet: '81.10.20.99',
  sameNetwork: '81.10.77.1',
  otherNetwork: '91.50.1.1',
  abroad: '123.4.5.6',
  unlisted: '55.5.5.5',
  homeV6: '2a02:8071:1::1',
} as const

export const BERLIN: GeoPlace = { country: 'DE', latitude: 52.5, longitude: 13.4, radiusKm: 20 }
const TOKYO: GeoPlace = { country: 'JP', latitude: 35.7, longitude: 139.7, radiusKm: 20 }

const PLACES: Readonly<Record<string, GeoPlace>> = {
  [ADDRESS.home]: BERLIN,
  [ADDRESS.sameSubnet]: BERLIN,
  [ADDRESS.sameNetwork]: BERLIN,
  [ADDRESS.otherNetwork]: BERLIN,
  [ADDRESS.abroad]: TOKYO,
  [ADDRESS.homeV6]: BERLIN,
}

export const geoOf = (places: Readonly<Record<string, GeoPlace>>): GeoLookup => ({
  locate: (address) => {
    const place = places[address]
    return place ? { kind: 'place', place } : { kind: 'gap', gap: 'not-found' }
  },
  warmUp: async () => undefined,
})

/** No ASN is known, so that networks are /16 and /32, but for those given here. */
export const networksOf = (owners: Readonly<Record<string, NetworkAnswer>>): NetworkLookup => ({
  lookup: (address) => owners[address] ?? { asn: null, class: null, gap: 'off' },
})

/** Tells values apart as a keyed hash does. */
const hashOf = (value: string): number => createHash('sha256').update(value).digest().readUIntLE(0, 6)

export function riskDeps(over: Partial<RiskDeps> = {}): RiskDeps {
  const clock = movableClock(NOW)
  return {
    clock,
    geo: geoOf(PLACES),
    networks: networksOf({}),
    listed: () => ({ verdict: 'none' }),
    population: createPopulation(() => clock.now().getTime()),
    hash: hashOf,
    promptBudget: createPromptBudget({ ...DEFAULT_RISK_SETTINGS, share: null }),
    ...over,
  }
}

export function originOf(over: Partial<RequestOrigin> = {}): RequestOrigin {
  const clientHints = { brands: '', mobile: '', platform: '' }
  return { address: ADDRESS.home, userAgent: CHROME, clientHints, language: 'de', ...over }
}

/** Signed in at home with Chrome on Windows every day until three days ago. */
export function homeProfile(times = 10, deviceId: string | null = 'laptop'): PackedProfile | null {
  let profile: PackedProfile | null = null
  const observation = observe(riskDeps(), { origin: originOf(), deviceId, timeZone: '' })
  for (let time = 1; time <= times; time++) profile = learned(profile, observation, ago(72 + 24 * (times - time)))
  return profile
}

/** A sign-in at home with the right password, before any device token is looked at. */
export function signInFacts(over: Partial<RiskFacts> = {}): RiskFacts {
  return {
    purpose: 'SIGN_IN',
    origin: originOf(),
    deviceToken: 'none',
    deviceId: null,
    profile: homeProfile(),
    session: null,
    timeZone: '',
    fingerprintBin: null,
    failedAttempts: 0,
    failedHere: 0,
    namesFailedNearby: 0,
    credentialChangedAt: null,
    lastSignInAt: ago(72),
    suspicionAt: null,
    privileged: false,
    factorTypes: ['TOTP', 'SMS', 'RECOVERY_CODE'],
    thresholds: null,
    ...over,
  }
}

/** A profile after one more sign-in that brought a device token if the observation names a device. */
export const learned = (profile: PackedProfile | null, observation: Observation, now: Date): PackedProfile =>
  learnFrom({
    profile,
    observation,
    now,
    deviceToken: observation.device === null ? 'none' : 'trusted',
    fingerprintBin: null,
    passedScore: null,
  })

export const trusted = { deviceToken: 'trusted', deviceId: 'laptop' } as const

/** An operation in a session that was proved at home three hours ago, without a remembered device. */
export function operationFacts(over: Partial<RiskFacts> = {}): RiskFacts {
  const observation = observe(riskDeps(), { origin: originOf(), deviceId: null, timeZone: null })
  return signInFacts({ purpose: 'OPERATION', session: { observation, provedAt: ago(3) }, ...over })
}

export const assess = (facts: RiskFacts, deps = riskDeps()): RiskAssessment => assessRisk(deps, facts)

/** The contributions by code, for comparing. */
export const natsByCode = ({ contributions }: RiskAssessment): Readonly<Record<string, number>> =>
  Object.fromEntries(contributions.map(({ code, nats }) => [code, nats]))
