import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TrueEvent } from '../../../bench/risk/event.js'
import { asnOf, readAsnTable } from '../../../bench/risk/world/asn-table.js'
import { clientOf } from '../../../bench/risk/world/browsers.js'
import { createPeople } from '../../../bench/risk/world/create-people.js'
import { numberOf } from '../../../bench/risk/world/ip-number.js'
import { mobileHazard } from '../../../bench/risk/world/lines.js'
import { networkKind } from '../../../bench/risk/world/network-kind.js'
import { createRandom } from '../../../bench/risk/world/random.js'
import { DEFAULT_WORLD, type GapClass } from '../../../bench/risk/world/settings.js'
import { simulate } from '../../../bench/risk/world/simulate.js'
import { WEEK_MS } from '../../../bench/risk/world/time.js'
import { EVENT_COLUMNS, writeEvents } from '../../../bench/risk/world/write-events.js'
import { ATTACKED, eventsOf, kindOf, PEACEFUL, SMALL_SPACE } from './support/small-world.js'

const calm = eventsOf(PEACEFUL)
const signIns = calm.filter(({ event }) => event.successful)
const share = (events: readonly TrueEvent[], isCounted: (each: TrueEvent) => boolean): number =>
  events.filter(isCounted).length / events.length
const inGroup = (group: string) => (each: TrueEvent) => each.truth.groups.includes(group)

describe('a simulated world', () => {
  it('is the same for the same seed and another for another', () => {
    const settings = { ...ATTACKED, people: 60 }
    expect(eventsOf(settings, 7)).toEqual(eventsOf(settings, 7))
    expect(eventsOf(settings, 8).slice(0, 50)).not.toEqual(eventsOf(settings, 7).slice(0, 50))
  })

  it('tells events in the order of time, within its days', () => {
    const times = eventsOf(ATTACKED).map(({ event }) => event.at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times[0]).toBeGreaterThanOrEqual(ATTACKED.startsAt)
    expect(times.at(-1)).toBeLessThan(ATTACKED.startsAt + ATTACKED.days * 86_400_000)
  })

  it('lets people do the same whether they are attacked or not', () => {
    const { people, attacks } = PEACEFUL
    const left = eventsOf({ ...ATTACKED, people, attacks: { ...ATTACKED.attacks, quiet: attacks.quiet } })
    const unharmed = left.filter(({ truth }) => truth.attacker === '').map(({ event }) => event)
    expect(unharmed).toEqual(calm.map(({ event }) => event))
  })

  it('yields while it runs, for a world of any length', () => {
    const endless = simulate({ settings: { ...PEACEFUL, people: 20, days: 10_000_000 }, space: SMALL_SPACE }, 1)
    const first = Array.from({ length: 200 }, () => endless.next().value as TrueEvent)
    expect(first.at(-1)!.event.at).toBeLessThan(PEACEFUL.startsAt + 20 * WEEK_MS)
    expect(endless.return(undefined).done).toBe(true)
  })

  it.each<GapClass>(['daily', 'few-days', 'weekly'])('lets %s people sign in as often as the settings say', (gaps) => {
    const own = signIns.filter(inGroup(gaps))
    const people = new Set(own.map(({ event }) => event.userId)).size
    const gapDays = (people * PEACEFUL.days) / own.length
    expect(people / PEACEFUL.people).toBeCloseTo(PEACEFUL.gaps[gaps].share, 0.8)
    expect(gapDays / PEACEFUL.gaps[gaps].meanDays).toBeGreaterThan(0.85)
    expect(gapDays / PEACEFUL.gaps[gaps].meanDays).toBeLessThan(1.15)
  })

  it('mistypes, travels and uses VPNs about as often as the settings say', () => {
    expect((calm.length - signIns.length) / signIns.length).toBeCloseTo(PEACEFUL.mistypedShare, 1.7)
    // A trip of six days every 248: 2.4 % of the time.
    expect(share(signIns, inGroup('traveller'))).toBeGreaterThan(0.012)
    expect(share(signIns, inGroup('traveller'))).toBeLessThan(0.04)
    expect(share(signIns.filter(inGroup('vpn')), inGroup('on-vpn'))).toBeCloseTo(PEACEFUL.vpnUse, 1.3)
    expect(signIns.filter(inGroup('on-vpn')).every(({ event }) => kindOf(event.asn) === 'hosting')).toBe(true)
  })

  it('spreads sign-ins over places about as the settings say', () => {
    const settled = signIns.filter((each) => !inGroup('traveller')(each) && !inGroup('on-vpn')(each))
    expect(share(settled, inGroup('mobile'))).toBeCloseTo(PEACEFUL.places.mobile, 1.5)
    expect(share(settled, ({ event }) => kindOf(event.asn) === 'mobile')).toBeCloseTo(PEACEFUL.places.mobile, 1.5)
  })

  it('never shows the cookie of a private window again', () => {
    const uses = new Map<string, number>()
    for (const { event } of signIns) uses.set(event.cookie!, (uses.get(event.cookie!) ?? 0) + 1)
    const once = (group: string): number =>
      share(
        signIns.filter((each) => inGroup('daily')(each) && inGroup(group)(each)),
        ({ event }) => uses.get(event.cookie!) === 1,
      )
    expect(once('private-often')).toBeCloseTo(PEACEFUL.privateWindows['private-often'].use, 1.2)
    expect(once('private-sometimes')).toBeLessThan(0.1)
    expect(once('private-seldom')).toBeLessThan(0.05)
  })

  it('says of an address what the look-ups say', () => {
    for (const { event } of calm.slice(0, 2000)) {
      const first = Number(event.address.split('.')[0])
      expect(event.country).toBe(['DE', 'FR', 'NL'][Math.floor(first / 10) - 2])
      expect(event.asn).toBe((Math.floor(first / 10) - 1) * 100 + (first % 10))
      expect(event.place).not.toBeNull()
    }
  })

  it('keeps browser versions going up for each browser of a person', () => {
    const latest = new Map<string, number>()
    for (const { event } of signIns) {
      const version = Number(/(?:Chrome|Firefox)\/(\d+)/.exec(event.userAgent)?.[1] ?? 0)
      const key = `${event.cookie}/${JSON.stringify(clientOf(event.userAgent))}`
      expect(version).toBeGreaterThanOrEqual(latest.get(key) ?? 0)
      latest.set(key, version)
    }
    expect(latest.size).toBeGreaterThan(PEACEFUL.people)
  })

  it('marks the campaign and the quiet time that it is compared with', () => {
    const week = ({ event }: TrueEvent): number => Math.floor((event.at - ATTACKED.startsAt) / WEEK_MS)
    const own = eventsOf(ATTACKED).filter(({ truth }) => truth.attacker === '')
    expect([...new Set(own.filter(inGroup('campaign')).map(week))]).toEqual([10, 11, 12, 13])
    expect([...new Set(own.filter(inGroup('quiet')).map(week))]).toEqual([6, 7, 8])
  })
})

describe('people', () => {
  const people = createPeople({ settings: { ...PEACEFUL, people: 4000 }, space: SMALL_SPACE }, 1)
  const sharing = <T>(of: (person: (typeof people)[number]) => T): number => {
    const users = new Map<T, number>()
    for (const person of people) users.set(of(person), (users.get(of(person)) ?? 0) + 1)
    return people.filter((person) => users.get(of(person))! > 1).length / people.length
  }

  it('share homes and devices as often as the settings say', () => {
    expect(sharing(({ home }) => home)).toBeCloseTo(PEACEFUL.householdShare, 1.5)
    expect(sharing(({ devices }) => devices[0])).toBeCloseTo(PEACEFUL.sharedDeviceShare, 1.8)
    expect(sharing(({ work }) => work)).toBeGreaterThan(0.98)
  })

  it('are behind CGNAT, on VPNs and private as often as the settings say', () => {
    const counted = (isCounted: (person: (typeof people)[number]) => boolean): number =>
      people.filter(isCounted).length / people.length
    expect(counted(({ isBehindCgnat }) => isBehindCgnat)).toBeCloseTo(PEACEFUL.cgnatShare, 1.5)
    expect(counted(({ vpnExits }) => vpnExits !== null)).toBeCloseTo(PEACEFUL.vpnPeopleShare, 1.6)
    expect(counted(({ privacy }) => privacy === 'private-often')).toBeCloseTo(0.08, 1.6)
    expect(counted(({ privacy }) => privacy === 'private-sometimes')).toBeCloseTo(0.32, 1.5)
  })
})

describe('mobile addresses', () => {
  it('survive a day and a month as often as the settings say', () => {
    const random = createRandom('hazards')
    const hazards = Array.from({ length: 20_000 }, () => mobileHazard(DEFAULT_WORLD.mobileSurvival, random))
    const surviving = (days: number): number =>
      hazards.reduce((sum, hazard) => sum + Math.exp(-hazard * days), 0) / hazards.length
    expect(surviving(1)).toBeCloseTo(DEFAULT_WORLD.mobileSurvival.oneDay, 1.7)
    expect(surviving(30)).toBeCloseTo(DEFAULT_WORLD.mobileSurvival.thirtyDays, 1.7)
  })
})

describe('the kind of a network', () => {
  it.each([
    ['DigitalOcean, LLC', 'hosting'],
    ['Amazon.com, Inc.', 'hosting'],
    ['Telefonica Moviles Argentina SA', 'mobile'],
    ['T-Mobile USA, Inc.', 'mobile'],
    ['Universitaet Stuttgart', 'business'],
    ['Deutsche Telekom AG', 'fixed'],
  ])('of %s is %s', (name, kind) => {
    expect(networkKind(name)).toBe(kind)
  })
})

describe('writing events', () => {
  it('gives one row an event in the columns of the public dataset', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'events-'))
    try {
      const file = join(directory, 'events.csv')
      const [right, wrong] = [signIns[0]!, calm.find(({ event }) => !event.successful)!]
      const awkward: TrueEvent = {
        event: {
          ...right.event,
          at: Date.UTC(2025, 1, 3, 12, 43, 30, 772),
          userAgent: 'a "b", c',
          deviceToken: 'known',
        },
        truth: { attacker: 'naive', groups: [] },
      }
      expect(await writeEvents(file, [right, wrong, awkward])).toBe(3)
      const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
      expect(lines).toHaveLength(4)
      expect(lines[0]).toBe(EVENT_COLUMNS.join(','))
      expect(lines[1]).toContain(`,True,False,False,,${right.event.language},${right.event.timeZone},`)
      expect(lines[2]).toContain(',False,False,False,,')
      expect(lines[3]).toContain(`2,2025-02-03 12:43:30.772,${right.event.userId},,${right.event.address},`)
      expect(lines[3]).toContain(',"a ""b"", c",')
      expect(lines[3]).toMatch(/,True,False,True,known,[^,]+,[^,]+,naive$/)
    } finally {
      await rm(directory, { recursive: true })
    }
  })
})

describe('the table of networks', () => {
  it('is read from names with quotes and without', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'asn-'))
    try {
      const rows = ['16777216,16777471,13335,"Cloudflare, Inc."', '16778240,16779263,38803,Gtelecom Pty Ltd', '']
      await writeFile(join(directory, 'asn-ipv4-num.csv'), rows.join('\n'))
      const table = readAsnTable(directory)
      expect(table.names.get(13335)).toBe('Cloudflare, Inc.')
      expect(table.names.get(38803)).toBe('Gtelecom Pty Ltd')
      expect(asnOf(table, numberOf('1.0.0.255'))).toBe(13335)
      expect(asnOf(table, numberOf('1.0.1.0'))).toBeNull()
      expect(asnOf(table, numberOf('1.0.4.0'))).toBe(38803)
      expect(asnOf(table, numberOf('0.0.0.1'))).toBeNull()
    } finally {
      await rm(directory, { recursive: true })
    }
  })
})
