import { judgeTravel } from '../../../src/risk/signals/impossible-travel.js'
import type { Evidence } from '../../../src/risk/evidence.js'
import type { Place } from '../../../src/risk/index.js'
import { emptyPopulation, observe } from '../../../src/risk/index.js'
import { emptyProfile, type RiskProfile } from '../../../src/risk/profile/profile.js'
import { ago, NOW, originOf, riskDeps, signInFacts } from '../facts.js'

interface Trip {
  readonly from: Place
  readonly to: Place | null
  readonly hours: number
  readonly devices?: readonly [number | null, number | null]
  readonly isNetworkSeen?: boolean
  readonly relayed?: 'then' | 'now'
  readonly gap?: Evidence['seen']['countryGap']
}

const equator = (longitude: number, radiusKm = 0): Place => ({ latitude: 0.1, longitude, radiusKm })

function travel({ from, to, hours, devices = [null, null], isNetworkSeen = false, relayed, gap = 'not-found' }: Trip) {
  const [before, device] = devices
  const networkClass = relayed === 'now' ? ('vpn' as const) : null
  const home = observe(riskDeps(), { origin: originOf(), deviceId: null, timeZone: null })
  const observation = { ...home, place: to, device, networkClass }
  const seen = { key: home.network ?? 0, parent: 0, count: 1, day: 20_000 }
  const at = ago(hours).getTime()
  const history: RiskProfile = {
    ...emptyProfile,
    learned: 5,
    networks: isNetworkSeen ? [seen] : [],
    places: [{ device: before ?? 0, browser: 1, place: from, relayed: relayed === 'then', at }],
  }
  const evidence: Evidence = {
    facts: signInFacts(),
    seen: { observation, countryGap: to === null ? gap : null, networkGap: 'off' },
    history,
    population: emptyPopulation,
    listed: { verdict: 'none' },
    inSession: false,
    now: NOW.getTime(),
  }
  return judgeTravel(evidence).kind
}

// One degree on the equator is 111.19 km.
describe('impossible travel', () => {
  const table: readonly (readonly [string, Trip, string])[] = [
    ['fires on 1112 km in an hour', { from: equator(0), to: equator(10), hours: 1 }, 'impossible'],
    ['does not fire on 1112 km in 1.2 hours', { from: equator(0), to: equator(10), hours: 1.2 }, 'possible'],
    ['does not fire below 500 km', { from: equator(0), to: equator(4.49), hours: 0 }, 'possible'],
    ['fires above 500 km at once', { from: equator(0), to: equator(4.5), hours: 0 }, 'impossible'],
    ['takes both radii off the distance', { from: equator(0, 500), to: equator(10, 500), hours: 0.01 }, 'possible'],
    ['does not fire when the circles overlap', { from: equator(0, 900), to: equator(10, 900), hours: 0 }, 'possible'],
    ['counts less than a minute as a minute', { from: equator(0), to: equator(4.6), hours: 0 }, 'impossible'],
    ['counts a clock gone back as a minute', { from: equator(0), to: equator(10), hours: -5 }, 'impossible'],
    ['counts an unreadable time as a minute', { from: equator(0), to: equator(10), hours: Number.NaN }, 'impossible'],
    ['goes the short way around', { from: equator(179), to: equator(-179), hours: 0 }, 'possible'],
    [
      'is skipped in a network seen before',
      { from: equator(0), to: equator(90), hours: 1, isNetworkSeen: true },
      'possible',
    ],
    [
      'is skipped between two ends of one device',
      { from: equator(0), to: equator(90), hours: 1, devices: [7, 7] },
      'possible',
    ],
    ['is not skipped for two devices', { from: equator(0), to: equator(90), hours: 1, devices: [7, 8] }, 'impossible'],
    [
      'is skipped when it began behind a VPN',
      { from: equator(0), to: equator(90), hours: 1, relayed: 'then' },
      'possible',
    ],
    [
      'is skipped when it ends behind a VPN',
      { from: equator(0), to: equator(90), hours: 1, relayed: 'now' },
      'possible',
    ],
    ['is skipped without a database', { from: equator(0), to: null, hours: 1, gap: 'not-ready' }, 'possible'],
    ['cannot be ruled out for an unknown place after 20 h', { from: equator(0), to: null, hours: 20 }, 'unverifiable'],
    ['is ruled out for every place on Earth after 20.1 h', { from: equator(0), to: null, hours: 20.1 }, 'possible'],
  ]

  it.each(table)('%s', (_, trip, expected) => {
    expect(travel(trip)).toBe(expected)
  })
})
