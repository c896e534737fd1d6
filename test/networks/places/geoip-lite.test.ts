import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import library from 'geoip-lite'
import { silentLogger } from '../../../src/kernel/logger.js'
import { geoipLite, noGeo, parseAddress } from '../../../src/networks/index.js'
import { openPlaceRecords, type PlaceRecord, type PlaceRecords } from '../../../src/networks/places/place-records.js'

const DATA = join(dirname(createRequire(import.meta.url).resolve('geoip-lite/package.json')), 'data')
const NOT_FOUND = { kind: 'gap', gap: 'not-found' }

const recordOf = (over: Partial<PlaceRecord> = {}): PlaceRecord => ({
  ...{ country: 'DE', city: 'Berlin', latitude: 52.5, longitude: 13.4, radiusKm: 20 },
  ...over,
})
const recordsOf = (lookup: PlaceRecords['lookup']): PlaceRecords => ({
  ...{ lookup, hasChanged: () => false, close: async () => undefined },
})
async function located(found: PlaceRecord | null) {
  const geo = geoipLite(silentLogger, { open: async () => recordsOf(() => found) })
  await geo.warmUp()
  return geo.locate('81.10.20.30')
}
function logged() {
  const messages: string[] = []
  return { messages, logger: { ...silentLogger, error: (_: object, message: string) => void messages.push(message) } }
}

describe('the data of geoip-lite, read from its files', () => {
  let records: PlaceRecords
  beforeAll(async () => {
    records = await openPlaceRecords(DATA)
  })
  afterAll(() => records.close())

  /** What the library says, which has everything in memory. */
  function expectedFor(address: string): PlaceRecord | null {
    const found = library.lookup(address)
    if (found === null) return null
    const [latitude, longitude] = found.ll
    return { country: found.country, city: found.city, latitude, longitude, radiusKm: found.area }
  }
  const numbersFrom = (seed: number, count: number): number[] => {
    let state = seed
    return Array.from({ length: count }, () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0))
  }

  it('says of every kind of IPv4 address what the library says', () => {
    const random = numbersFrom(1, 20_000).map((n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255].join('.'))
    // The library leaves private addresses out, which are never asked for.
    const asked = random.filter((address) => parseAddress(address)?.kind === 'public')
    const edges = random.slice(0, 500).flatMap((address) => library.lookup(address)?.range ?? [])
    const texts = edges.flatMap((edge) => [edge - 1, edge, edge + 1].map((n) => library.pretty(n)))
    const all = [
      ...asked,
      ...texts.filter((address) => parseAddress(address)?.kind === 'public'),
      '1.0.0.0',
      '::ffff:8.8.8.8',
    ]
    expect(all.length).toBeGreaterThan(15_000)
    for (const address of all)
      expect({ address, ...records.lookup(address) }).toEqual({ address, ...expectedFor(address) })
  })

  it('says of IPv6 addresses what the library says', () => {
    const prefixes = ['2001', '2003', '2400', '2600', '2606', '2804', '2a00', '2a02', '2c0f', '3fff']
    const addresses = numbersFrom(2, 5_000).map(
      (n, at) => `${prefixes[at % prefixes.length]}:${(n >>> 16).toString(16)}:${(n & 0xffff).toString(16)}::1`,
    )
    for (const address of addresses)
      expect({ address, ...records.lookup(address) }).toEqual({ address, ...expectedFor(address) })
    expect(addresses.some((address) => records.lookup(address) !== null)).toBe(true)
  })

  it('says nothing of what is no address', () => {
    for (const text of ['', 'nonsense', '1.2.3', '1.2.3.4.5']) expect(records.lookup(text)).toBe(null)
  })

  it('is read again some time after an update wrote the files', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'stepgate-geo-'))
    await cp(DATA, directory, { recursive: true })
    let opened = 0
    const geo = geoipLite(silentLogger, { open: () => ((opened += 1), openPlaceRecords(directory)), reopenAfterMs: 10 })
    try {
      await geo.warmUp()
      expect(geo.locate('133.11.0.1')).toMatchObject({ place: { country: 'JP' } })
      await appendFile(join(directory, 'geoip-city-names.dat'), Buffer.alloc(88))
      expect(geo.locate('133.11.0.1')).toEqual({ kind: 'gap', gap: 'not-ready' })
      let again = geo.locate('133.11.0.1')
      while (again.kind === 'gap') {
        await new Promise((resolve) => setImmediate(resolve))
        again = geo.locate('133.11.0.1')
      }
      expect(again.place.country).toBe('JP')
      expect(opened).toBe(2)
    } finally {
      await rm(directory, { recursive: true })
    }
  })
})

describe('places behind their port', () => {
  it('come from the data that is shipped', async () => {
    const geo = geoipLite(silentLogger)
    expect(geo.locate('133.11.0.1')).toEqual({ kind: 'gap', gap: 'not-ready' })
    await geo.warmUp()
    expect(geo.locate('133.11.0.1')).toMatchObject({ kind: 'place', place: { country: 'JP' } })
    expect(geo.locate('2001:4860:4860::8888')).toMatchObject({
      kind: 'place',
      place: { country: 'US', radiusKm: 1000 },
    })
    expect(geo.locate('203.0.113.5')).toEqual(NOT_FOUND)
  })

  it.each([
    ['nothing', null],
    ['0, 0', recordOf({ latitude: 0, longitude: 0 })],
    ['no country', recordOf({ country: '' })],
  ])('are not found for %s', async (_, found) => {
    expect(await located(found)).toEqual(NOT_FOUND)
  })

  it('are the middle of a country for a record without a city', async () => {
    expect(await located(recordOf({ city: '', radiusKm: 100 }))).toMatchObject({ place: { radiusKm: 1000 } })
    expect(await located(recordOf())).toMatchObject({ place: { radiusKm: 20 } })
  })

  it('are a logged gap when the data cannot be opened', async () => {
    const { logger, messages } = logged()
    const geo = geoipLite(logger, { open: () => Promise.reject(new Error('no such file')) })
    await geo.warmUp()
    expect(geo.locate('8.8.8.8')).toEqual({ kind: 'gap', gap: 'failed' })
    expect(messages).toHaveLength(1)
  })

  it('are a gap, logged once, when the data can no longer be read', async () => {
    const { logger, messages } = logged()
    const broken = (): never => {
      throw new Error('input/output error')
    }
    const geo = geoipLite(logger, { open: async () => recordsOf(broken) })
    await geo.warmUp()
    for (let n = 0; n < 3; n += 1) expect(geo.locate('8.8.8.8')).toEqual({ kind: 'gap', gap: 'failed' })
    expect(messages).toHaveLength(1)
  })

  it('are opened once, however often they are warmed up', async () => {
    let opened = 0
    const geo = geoipLite(silentLogger, { open: async () => ((opened += 1), recordsOf(() => null)) })
    await Promise.all([geo.warmUp(), geo.warmUp()])
    expect(opened).toBe(1)
  })
})

describe('no geo data', () => {
  it('reports that it is off', async () => {
    await noGeo.warmUp()
    expect(noGeo.locate('8.8.8.8')).toEqual({ kind: 'gap', gap: 'off' })
  })
})
