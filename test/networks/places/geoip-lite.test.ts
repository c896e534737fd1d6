import { silentLogger } from '../../../src/kernel/logger.js'
import { geoipLite, noGeo } from '../../../src/networks/index.js'

const lookupOf = (over: object) => ({
  range: [0, 1] as [number, number],
  country: 'DE',
  region: '',
  eu: '1' as const,
  timezone: '',
  city: 'Berlin',
  ll: [52.5, 13.4] as [number, number],
  metro: 0,
  area: 20,
  ...over,
})

async function located(found: ReturnType<typeof lookupOf> | null) {
  const geo = geoipLite(silentLogger, async () => ({ lookup: () => found }))
  await geo.warmUp()
  return geo.locate('81.10.20.30')
}

describe('geoip-lite behind its port', () => {
  it('knows places from the data that comes with it', async () => {
    const geo = geoipLite(silentLogger)
    expect(geo.locate('133.11.0.1')).toEqual({ kind: 'gap', gap: 'not-ready' })
    await geo.warmUp()
    expect(geo.locate('133.11.0.1')).toMatchObject({ kind: 'place', place: { country: 'JP' } })
    expect(geo.locate('2001:4860:4860::8888')).toMatchObject({
      kind: 'place',
      place: { country: 'US', radiusKm: 1000 },
    })
    expect(geo.locate('203.0.113.5')).toEqual({ kind: 'gap', gap: 'not-found' })
  })

  it.each([
    ['nothing', null],
    ['0, 0', lookupOf({ ll: [0, 0] })],
    ['no coordinates', lookupOf({ ll: [null, null] })],
    ['no country', lookupOf({ country: '' })],
  ])('reports that a place is not found for %s', async (_, found) => {
    expect(await located(found)).toEqual({ kind: 'gap', gap: 'not-found' })
  })

  it('treats a record without a city as the middle of a country', async () => {
    expect(await located(lookupOf({ city: '', area: 100 }))).toMatchObject({ place: { radiusKm: 1000 } })
    expect(await located(lookupOf({}))).toMatchObject({ place: { radiusKm: 20 } })
  })

  it('reports it, and does not throw, when the data cannot be loaded', async () => {
    const messages: string[] = []
    const logger = { ...silentLogger, error: (_: object, message: string) => void messages.push(message) }
    const geo = geoipLite(logger, async () => {
      throw new Error('no such file')
    })
    await geo.warmUp()
    expect(geo.locate('8.8.8.8')).toEqual({ kind: 'gap', gap: 'failed' })
    expect(messages).toHaveLength(1)
  })

  it('loads once, however often it is warmed up', async () => {
    let loads = 0
    const geo = geoipLite(silentLogger, async () => {
      loads++
      return { lookup: () => null }
    })
    await Promise.all([geo.warmUp(), geo.warmUp()])
    expect(loads).toBe(1)
  })
})

describe('no geo data', () => {
  it('reports that it is off', async () => {
    await noGeo.warmUp()
    expect(noGeo.locate('8.8.8.8')).toEqual({ kind: 'gap', gap: 'off' })
  })
})
