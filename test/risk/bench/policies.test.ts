import type { SignInEvent } from '../../../bench/risk/event.js'
import { always } from '../../../bench/risk/policies/always.js'
import { auth0Like } from '../../../bench/risk/policies/auth0-like.js'
import { freeman } from '../../../bench/risk/policies/freeman.js'
import { freemanFeature } from '../../../bench/risk/policies/freeman-feature.js'
import { freemanWithToken } from '../../../bench/risk/policies/freeman-with-token.js'
import { logto } from '../../../bench/risk/policies/logto.js'
import { never } from '../../../bench/risk/policies/never.js'
import type { Policy } from '../../../bench/risk/policies/policy.js'
import { simple } from '../../../bench/risk/policies/simple.js'
import { trust30Days } from '../../../bench/risk/policies/trust-30-days.js'
import { trust90DaysRolling } from '../../../bench/risk/policies/trust-90-days-rolling.js'
import { NEWER_CHROME_ON_WINDOWS, SAFARI_ON_IPHONE, signInEvent, TOKYO } from './support/sign-in-event.js'

const ABROAD = { country: 'JP', asn: 2516, address: '126.1.2.3', place: TOKYO }
const HOUR = 1 / 24

/** A policy that has seen these sign-ins of the person, as it would have judged them. */
function after(policy: Policy, ...events: readonly SignInEvent[]): Policy {
  for (const event of events) policy.learn(event, policy.judge(event))
  return policy
}

const asks = (policy: Policy, event: SignInEvent): boolean => policy.judge(event).prompts
const scoreOf = (policy: Policy, event: SignInEvent): number => policy.judge(event).score

describe('always and never', () => {
  it('ask at every sign-in, and at none', () => {
    expect(asks(after(always(), signInEvent(0)), signInEvent(1))).toBe(true)
    expect(asks(never(), signInEvent(0))).toBe(false)
  })
})

describe('trust for 30 days', () => {
  it('asks on the first sign-in, then trusts the cookie until 30 days after the prompt', () => {
    const policy = trust30Days()
    expect(asks(policy, signInEvent(0))).toBe(true)
    after(policy, signInEvent(0))
    expect(asks(policy, signInEvent(30))).toBe(false)
    expect(asks(policy, signInEvent(30.1))).toBe(true)
  })

  it('is not renewed by sign-ins it did not ask at', () => {
    const policy = after(trust30Days(), signInEvent(0), signInEvent(29))
    expect(asks(policy, signInEvent(31))).toBe(true)
  })

  it('trusts no other cookie, no sign-in without one, and no other person with the same', () => {
    const policy = after(trust30Days(), signInEvent(0), signInEvent(1, { cookie: null }))
    expect(asks(policy, signInEvent(2, { cookie: 'phone' }))).toBe(true)
    expect(asks(policy, signInEvent(2, { cookie: null }))).toBe(true)
    expect(asks(policy, signInEvent(2, { userId: 'ben' }))).toBe(true)
  })

  it('trusts a stolen cookie wherever it comes from', () => {
    const policy = after(trust30Days(), signInEvent(0))
    expect(asks(policy, signInEvent(1, { ...ABROAD, userAgent: SAFARI_ON_IPHONE }))).toBe(false)
  })
})

describe('trust for 90 days, rolling', () => {
  it('trusts a cookie until it was not used for 90 days', () => {
    const policy = after(trust90DaysRolling(), signInEvent(0), signInEvent(89), signInEvent(178))
    expect(asks(policy, signInEvent(268))).toBe(false)
    expect(asks(policy, signInEvent(268.1))).toBe(true)
  })
})

describe('Logto', () => {
  it('says nothing about the first sign-in', () => {
    expect(asks(logto(), signInEvent(0))).toBe(false)
  })

  it('asks in a country not seen for 180 days', () => {
    const policy = after(logto(), signInEvent(0))
    expect(asks(policy, signInEvent(20, { ...ABROAD, place: null }))).toBe(true)
    after(
      policy,
      signInEvent(20, { ...ABROAD, place: null }),
      ...[45, 70, 95, 120, 145, 170].map((day) => signInEvent(day)),
    )
    expect(asks(policy, signInEvent(199, { ...ABROAD, place: null }))).toBe(false)
    expect(asks(policy, signInEvent(200.5, { ...ABROAD, place: null }))).toBe(true)
  })

  it('asks a person who was faster than 900 km/h', () => {
    // Berlin to Tokyo is about 8900 km.
    const policy = after(logto(), signInEvent(0, ABROAD), signInEvent(5))
    expect(scoreOf(policy, signInEvent(5 + 9 * HOUR, ABROAD))).toBe(1)
    expect(scoreOf(policy, signInEvent(5 + 11 * HOUR, ABROAD))).toBe(0)
  })

  it('asks a person who was away for more than 30 days', () => {
    const policy = after(logto(), signInEvent(0))
    expect(asks(policy, signInEvent(30))).toBe(false)
    expect(asks(policy, signInEvent(30.1))).toBe(true)
  })

  it('does not look at devices: a stranger in the same country passes', () => {
    const policy = after(logto(), signInEvent(0))
    expect(asks(policy, signInEvent(1, { cookie: null, userAgent: SAFARI_ON_IPHONE, address: '91.4.5.6' }))).toBe(false)
  })
})

describe('Auth0-like', () => {
  it('asks on the first sign-in and when neither cookie nor browser was seen for 30 days', () => {
    const policy = auth0Like()
    expect(asks(policy, signInEvent(0))).toBe(true)
    after(policy, signInEvent(0))
    expect(asks(policy, signInEvent(1, { cookie: 'phone', userAgent: SAFARI_ON_IPHONE }))).toBe(true)
    expect(asks(policy, signInEvent(30.1))).toBe(true)
  })

  it('accepts the cookie or the browser in any version', () => {
    const policy = after(auth0Like(), signInEvent(0))
    expect(asks(policy, signInEvent(1, { userAgent: SAFARI_ON_IPHONE }))).toBe(false)
    expect(asks(policy, signInEvent(1, { cookie: null, userAgent: NEWER_CHROME_ON_WINDOWS }))).toBe(false)
  })

  it('asks a person who travelled impossibly fast, even with the cookie', () => {
    const policy = after(auth0Like(), signInEvent(0))
    expect(asks(policy, signInEvent(2 * HOUR, ABROAD))).toBe(true)
    expect(asks(policy, signInEvent(1, ABROAD))).toBe(false)
  })
})

describe('SIMPLE', () => {
  it('counts what is new of address and user agent, and asks when anything is', () => {
    const policy = after(simple(), signInEvent(0))
    expect(policy.judge(signInEvent(400))).toEqual({ score: 0, prompts: false })
    expect(policy.judge(signInEvent(1, { userAgent: NEWER_CHROME_ON_WINDOWS }))).toEqual({ score: 1, prompts: true })
    expect(scoreOf(policy, signInEvent(1, { userAgent: SAFARI_ON_IPHONE, address: '91.4.5.6' }))).toBe(2)
  })
})

describe('Freeman', () => {
  it('weighs the levels and smooths only the finest one of the population', () => {
    const feature = freemanFeature([0.6, 0.4])
    feature.learn('ada', ['1.1.1.1', 'home'])
    feature.learn('ada', ['1.1.1.2', 'home'])
    feature.learn('ben', ['2.2.2.2', 'work'])
    // M is one network more than the two seen; everybody: .6 · 1/(3+3) + .4 · 2/3; Ada: .6 · 1/2 + .4 · 2/2.
    expect(feature.logRatio('ada', ['1.1.1.1', 'home'])).toBeCloseTo(Math.log((0.6 / 6 + 0.8 / 3) / 0.7), 10)
    // An address nobody had counts 1/(N+M) with everybody and nothing with her.
    expect(feature.logRatio('ada', ['9.9.9.9', 'home'])).toBeCloseTo(Math.log((0.6 / 6 + 0.8 / 3) / 0.4), 10)
    // Where nothing was seen, four times as likely somebody else.
    expect(feature.logRatio('ada', ['9.9.9.9', 'elsewhere'])).toBeCloseTo(Math.log(4), 10)
  })

  it('asks at the first sign-in', () => {
    const policy = after(freeman(), signInEvent(0, { userId: 'ben' }))
    expect(asks(policy, signInEvent(1))).toBe(true)
  })

  it('gives ln S with the frequency of the person as prior', () => {
    const policy = after(freeman(), signInEvent(0), signInEvent(1), signInEvent(2), signInEvent(2, { userId: 'ben' }))
    // Address and agent: .6 · 4/(4+3) + .4 and .5387 · 4/(4+4) + .4613 of everybody, 1 of Ada; prior: 4 / (2 · 3).
    const [address, agent] = [0.6 * (4 / 7) + 0.4, 0.5387 * (4 / 8) + 0.268 + 0.1882 + 0.0051]
    expect(scoreOf(policy, signInEvent(3))).toBeCloseTo(Math.log(address * agent * (4 / 6)), 4)
  })

  it('rises from a new address in the network, over a new network, to a new country', () => {
    const others = Array.from({ length: 20 }, (_, index) => signInEvent(0, { userId: `user ${index}`, ...ABROAD }))
    const policy = after(freeman(), ...others, signInEvent(0), signInEvent(1), signInEvent(2))
    const scores = [{}, { address: '84.9.9.9' }, { address: '91.9.9.9', asn: 6805 }, ABROAD].map((differs) =>
      scoreOf(policy, signInEvent(3, differs)),
    )
    expect(scores).toEqual(scores.toSorted((a, b) => a - b))
    expect(new Set(scores).size).toBe(4)
  })

  it('says how many bytes it keeps of a person', () => {
    const policy = after(freeman(), signInEvent(0))
    expect(policy.profileBytes('ada')).toBeGreaterThan(100)
    expect(policy.profileBytes('nobody')).toBe(0)
  })
})

describe('Freeman with token', () => {
  it('adds ln of .02 over how usual a token is to a known cookie, and takes its absence for suspicious', () => {
    const [plain, withToken] = [freeman(), freemanWithToken()]
    const history = [0, 1, 2, 3].map((day) => signInEvent(day))
    for (const policy of [plain, withToken]) after(policy, ...history)
    const added = (differs: Partial<SignInEvent>): number =>
      scoreOf(withToken, signInEvent(4, differs)) - scoreOf(plain, signInEvent(4, differs))
    // A token in three of four sign-ins and Beta(2, 1): 5/7.
    expect(added({})).toBeCloseTo(Math.log(0.02 / (5 / 7)), 10)
    expect(added({ cookie: null })).toBeCloseTo(Math.log(0.98 / (2 / 7)), 10)
    expect(added({ cookie: 'phone' })).toBeCloseTo(added({ cookie: null }), 10)
  })
})

describe('every policy', () => {
  const POLICIES = [always, never, trust30Days, trust90DaysRolling, logto, auth0Like, simple, freeman, freemanWithToken]

  it.each(POLICIES.map((create) => [create().name, create] as const))('%s changes nothing by judging', (_, create) => {
    const [judging, silent] = [create(), create()]
    after(judging, signInEvent(0), signInEvent(1))
    after(silent, signInEvent(0), signInEvent(1))
    for (let day = 2; day < 30; day += 1)
      judging.judge(signInEvent(day, { ...ABROAD, cookie: 'thief', userAgent: 'curl' }))
    const next = [{}, ABROAD, { cookie: 'thief' }, { userAgent: 'curl' }].map((differs) => signInEvent(30, differs))
    expect(next.map((event) => judging.judge(event))).toEqual(next.map((event) => silent.judge(event)))
  })

  it('has a name of its own', () => {
    expect(new Set(POLICIES.map((create) => create().name)).size).toBe(POLICIES.length)
  })
})
