import type { SignInEvent, TrueEvent } from '../../../bench/risk/event.js'
import { ATTACKER_NAMES } from '../../../bench/risk/attackers/attacks.js'
import { clientOf } from '../../../bench/risk/world/browsers.js'
import { WEEK_MS } from '../../../bench/risk/world/time.js'
import { ATTACKED, eventsOf, kindOf } from './support/small-world.js'

/** An attempt and what its victim had done before. */
interface Attempt {
  readonly event: SignInEvent
  readonly truth: TrueEvent['truth']
  readonly before: readonly SignInEvent[]
}

const events = eventsOf(ATTACKED)
const attempts = attemptsIn(events)
const by = (name: string): readonly Attempt[] => attempts.filter(({ truth }) => truth.attacker === name)
const share = (some: readonly Attempt[], isCounted: (each: Attempt) => boolean): number =>
  some.filter(isCounted).length / some.length
const hasNew = (field: 'cookie' | 'address') => (each: Attempt) =>
  !each.before.some((event) => event[field] === each.event[field])

function attemptsIn(all: readonly TrueEvent[]): readonly Attempt[] {
  const histories = new Map<string, SignInEvent[]>()
  return all.flatMap(({ event, truth }) => {
    const before = histories.get(event.userId) ?? []
    histories.set(event.userId, before)
    if (truth.attacker !== '') return [{ event, truth, before: [...before] }]
    if (event.successful) before.push(event)
    return []
  })
}

/** Where the victim has been more than now and then. */
function usualCountries({ before }: Attempt): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const { country } of before) counts.set(country, (counts.get(country) ?? 0) + 1)
  return new Set([...counts].filter(([, count]) => count * 4 >= before.length).map(([country]) => country))
}

describe('attackers', () => {
  it('all come, named, and know the password unless they guess', () => {
    expect(new Set(attempts.map(({ truth }) => truth.attacker))).toEqual(new Set(ATTACKER_NAMES))
    const failed = attempts.filter(({ event }) => !event.successful)
    expect(new Set(failed.map(({ truth }) => truth.attacker))).toEqual(new Set(['stuffing']))
  })

  it('attack no account that was never used, and each victim once in the campaign and once a size of history', () => {
    for (const name of ATTACKER_NAMES.filter((each) => each !== 'stuffing' && each !== 'poisoner')) {
      expect(share(by(name), ({ before }) => before.length > 0)).toBe(1)
      const seen = by(name).map(({ event, truth }) => `${event.userId}/${truth.groups.at(-1)}`)
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.length).toBeGreaterThan(100)
    }
  })

  it('strike at a size of history when they say so', () => {
    const early = attempts.filter(({ truth }) => truth.groups.includes('history-8'))
    expect(early.length).toBeGreaterThan(50)
    // Within the day that passes the victim may have come back.
    expect(share(early, ({ before }) => before.length >= 8 && before.length <= 11)).toBe(1)
  })

  it('keep the campaign within its weeks', () => {
    const { from, until } = ATTACKED.attacks.campaign
    const during = attempts.filter(({ truth }) => truth.groups.includes('campaign'))
    const weeks = during.map(({ event }) => (event.at - ATTACKED.startsAt) / WEEK_MS)
    expect(Math.min(...weeks)).toBeGreaterThanOrEqual(from)
    expect(Math.max(...weeks)).toBeLessThan(until)
  })

  it('never hold a cookie of the victim, but for the one who stole it', () => {
    const others = attempts.filter(({ truth }) => truth.attacker !== 'stolen-token')
    expect(share(others, hasNew('cookie'))).toBe(1)
    expect(share(by('stolen-token'), hasNew('cookie'))).toBe(0)
    expect(share(by('stolen-token'), hasNew('address'))).toBeGreaterThan(0.95)
  })
})

describe('a naive attacker', () => {
  it('comes from anywhere, mostly with another browser', () => {
    expect(new Set(by('naive').map(({ event }) => event.country)).size).toBe(3)
    const isKnown = ({ event, before }: Attempt): boolean => before.some((each) => each.userAgent === event.userAgent)
    expect(share(by('naive'), isKnown)).toBeLessThan(0.3)
  })
})

describe('an attacker on a VPN', () => {
  it("leaves through a rented server in the victim's country", () => {
    expect(share(by('vpn'), ({ event }) => kindOf(event.asn) === 'hosting')).toBe(1)
    expect(share(by('vpn'), (each) => usualCountries(each).has(each.event.country))).toBeGreaterThan(0.9)
  })
})

describe('an attacker behind a residential proxy', () => {
  it("comes over a line in the victim's country", () => {
    expect(share(by('residential'), ({ event }) => ['fixed', 'mobile'].includes(kindOf(event.asn)!))).toBe(1)
    expect(share(by('residential'), (each) => usualCountries(each).has(each.event.country))).toBeGreaterThan(0.9)
  })
})

describe('a targeted attacker', () => {
  it('has the network, the city, the browser, the language and the zone of a usual sign-in', () => {
    const looksAlike = ({ event, before }: Attempt): boolean =>
      before.some(
        (each) =>
          each.asn === event.asn &&
          each.place?.latitude === event.place?.latitude &&
          familyOf(each) === familyOf(event) &&
          each.language === event.language &&
          each.timeZone === event.timeZone,
      )
    expect(share(by('targeted'), looksAlike)).toBe(1)
    expect(share(by('targeted'), hasNew('address'))).toBeGreaterThan(0.95)
  })
})

describe('a relay', () => {
  it('passes on the browser of the victim to the letter, from a rented server', () => {
    const isExact = ({ event, before }: Attempt): boolean =>
      before.some((each) => each.userAgent === event.userAgent && each.language === event.language)
    expect(share(by('relay'), isExact)).toBe(1)
    expect(share(by('relay'), ({ event }) => kindOf(event.asn) === 'hosting')).toBe(1)
  })
})

describe('an insider', () => {
  it("sits on the victim's own line, with a device of their own", () => {
    const regular = by('insider').filter(({ before }) => before.length >= 20)
    expect(share(regular, ({ event }) => kindOf(event.asn) === 'fixed')).toBe(1)
    expect(1 - share(regular, hasNew('address'))).toBeGreaterThan(0.85)
  })
})

describe('the stuffing campaign', () => {
  it('guesses slowly from many addresses, wrong most of the time', () => {
    const guesses = by('stuffing')
    expect(share(guesses, ({ event }) => event.successful)).toBeGreaterThan(0.1)
    expect(share(guesses, ({ event }) => event.successful)).toBeLessThan(0.5)
    expect(new Set(guesses.map(({ event }) => event.address)).size).toBeGreaterThan(guesses.length / 3)
    const victims = new Set(
      by('naive')
        .filter(({ truth }) => truth.groups.includes('campaign'))
        .map(userOf),
    )
    expect(share(guesses, ({ event }) => victims.has(event.userId))).toBe(0)
  })
})

describe('a poisoner', () => {
  it('comes back with the same browser and jar from nearly the same address', () => {
    const victims = new Set(by('poisoner').map(userOf))
    expect(victims.size).toBeGreaterThan(30)
    for (const victim of victims) {
      const own = by('poisoner').filter((each) => userOf(each) === victim)
      expect(own).toHaveLength(ATTACKED.attacks.poisonerVisits)
      expect(new Set(own.map(({ event }) => `${event.cookie}/${event.userAgent}/${event.asn}`)).size).toBe(1)
    }
  })
})

function userOf({ event }: Attempt): string {
  return event.userId
}

const familyOf = ({ userAgent }: SignInEvent): string => JSON.stringify(clientOf(userAgent))
