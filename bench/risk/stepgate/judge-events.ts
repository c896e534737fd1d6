import {
  assessRisk,
  createPopulation,
  createPromptBudget,
  DEFAULT_RISK_SETTINGS,
  learnFrom,
  type AssessedRisk,
  type PackedProfile,
  type RiskDeps,
  type RiskFacts,
} from '../../../src/risk/index.js'
import type { GeoAnswer, NetworkAnswer } from '../../../src/networks/index.js'
import type { SignInEvent } from '../event.js'
import type { Databases } from './databases.js'
import { countFailures } from './failures.js'
import { hashValue } from './hash-value.js'
import { rememberCookies } from './remembered-cookies.js'

/** The gateway's risk model, fed with events in place of requests. */
export interface EventJudge {
  judge(event: SignInEvent): AssessedRisk
  /** The person was behind it and, when asked, answered rightly. */
  learn(event: SignInEvent, assessed: AssessedRisk): void
  fail(event: SignInEvent): void
  profileBytes(userId: string): number | null
}

/** Somewhere on Earth: no distance to it is ever too far. */
const ANYWHERE = { latitude: 1, longitude: 1, radiusKm: 20_037 } as const
const NO_HINTS = { brands: '', mobile: '', platform: '' } as const

/** The model as it is installed, or without a part of it. */
export interface Variant {
  readonly assess: (deps: RiskDeps, facts: RiskFacts) => AssessedRisk
  /** The profile as it is judged and learned from at a time. */
  readonly profileAt: (profile: PackedProfile, now: number) => PackedProfile
  /** The time the population is told. */
  readonly populationTime: (now: number) => number
  /** The share of legitimate sign-ins that may be prompted. */
  readonly promptBudget: number
}

export const INSTALLED: Variant = {
  assess: assessRisk,
  profileAt: (profile) => profile,
  populationTime: (now) => now,
  // docs/configuration.md
  promptBudget: 0.07,
}

export function judgeEvents(databases: Databases, variant: Variant = INSTALLED): EventJudge {
  const people = new Map<string, { profile: PackedProfile; lastAt: number }>()
  const failures = countFailures()
  const cookies = rememberCookies()
  const promptBudget = createPromptBudget({ ...DEFAULT_RISK_SETTINGS, share: variant.promptBudget })
  let now = 0
  let current: SignInEvent | null = null
  const deps: RiskDeps = {
    clock: { now: () => new Date(now) },
    geo: { locate: (address) => placeOf(databases, current, address), warmUp: async () => undefined },
    networks: { lookup: (address) => ownerOf(databases, current, address) },
    listed: () => ({ verdict: 'none' }),
    population: createPopulation(() => variant.populationTime(now)),
    hash: hashValue,
    promptBudget,
  }
  const profileOf = (userId: string): PackedProfile | null => {
    const profile = people.get(userId)?.profile
    return profile === undefined ? null : variant.profileAt(profile, now)
  }
  const factsOf = (event: SignInEvent): RiskFacts => {
    const person = people.get(event.userId)
    const deviceToken = cookies.stateOf(event)
    return {
      purpose: 'SIGN_IN',
      origin: {
        address: event.address,
        userAgent: event.userAgent,
        clientHints: NO_HINTS,
        language: event.language,
      },
      deviceToken,
      deviceId: deviceToken === 'none' || deviceToken === 'foreign' ? null : event.cookie,
      profile: profileOf(event.userId),
      session: null,
      timeZone: event.timeZone,
      fingerprintBin: null,
      ...failures.factsFor(event.userId, event.address, event.at),
      credentialChangedAt: null,
      lastSignInAt: person ? new Date(person.lastAt) : null,
      suspicionAt: null,
      privileged: false,
      factorTypes: ['TOTP'],
      thresholds: null,
    }
  }
  return {
    judge: (event) => {
      now = event.at
      current = event
      return variant.assess(deps, factsOf(event))
    },
    learn: (event, assessed) => {
      now = event.at
      const wasAsked = assessed.verdict !== 'ALLOW'
      const deviceToken = cookies.stateOf(event)
      cookies.proved(event, wasAsked)
      // The device is the one that the answer brought, as in a gateway that has just handed out its token.
      const device = event.cookie === null ? null : deps.hash(`device\0${event.cookie}`)
      const observation = { ...assessed.observation, device }
      const profile = learnFrom({
        profile: profileOf(event.userId),
        observation,
        now: new Date(now),
        deviceToken,
        fingerprintBin: null,
        passedScore: wasAsked ? assessed.score : null,
      })
      people.set(event.userId, { profile, lastAt: event.at })
      deps.population.add(observation, variant.populationTime(event.at))
      if (assessed.isRuled) promptBudget.ruled(event.at)
      else promptBudget.proved(assessed.score, event.at)
    },
    fail: ({ userId, address, at }) => {
      failures.add(userId, address, at)
      promptBudget.failed(at)
    },
    profileBytes: (userId) => {
      const profile = people.get(userId)?.profile
      return profile === undefined ? null : Math.floor((profile.length * 3) / 4)
    },
  }
}

/** What came with the event goes before what a database says of the address. */
function placeOf({ geo }: Databases, event: SignInEvent | null, address: string): GeoAnswer {
  if (event?.place) return { kind: 'place', place: { country: event.country, ...event.place } }
  const answer = geo.locate(address)
  if (!event || event.country === '') return answer
  if (answer.kind === 'place' && answer.place.country === event.country) return answer
  return { kind: 'place', place: { country: event.country, ...ANYWHERE } }
}

function ownerOf({ asn, classOf }: Databases, event: SignInEvent | null, address: string): NetworkAnswer {
  if (event && event.asn !== null) return { asn: event.asn, class: classOf(event.asn), gap: null }
  const answer = asn.lookup(address)
  if (answer.kind === 'gap') return { asn: null, class: null, gap: answer.gap }
  return { asn: answer.asn, class: answer.class, gap: null }
}
