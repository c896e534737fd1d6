import type { Lookup } from 'geoip-lite'
import type { Logger } from '../../kernel/logger.js'
import type { GeoAnswer, GeoLookup } from '../ports.js'

/** The part of geoip-lite that is used. */
interface GeoipLite {
  lookup(address: string): Lookup | null
}

type State =
  | { readonly kind: 'not-ready' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'ready'; readonly lookup: GeoipLite['lookup'] }

// Without a city the point is the middle of a country, whatever radius the record claims.
const LEAST_RADIUS_WITHOUT_CITY_KM = 1000

const importGeoipLite = async (): Promise<GeoipLite> => (await import('geoip-lite')).default

/**
 * Places from the data files shipped with geoip-lite, which are old until the operator runs its `updatedb` script.
 * Loading takes 100 MB and blocks for some 300 ms, so `warmUp` imports it and a decision never does.
 */
export function geoipLite(logger: Logger, load: () => Promise<GeoipLite> = importGeoipLite): GeoLookup {
  let state: State = { kind: 'not-ready' }
  let loading: Promise<void> | null = null
  const warmUp = async (): Promise<void> => {
    try {
      const library = await load()
      state = { kind: 'ready', lookup: (address) => library.lookup(address) }
    } catch (error) {
      state = { kind: 'failed' }
      logger.error({ err: error }, 'geo data could not be loaded; unknown places count as new ones')
    }
  }
  return {
    locate: (address) => {
      if (state.kind !== 'ready') return { kind: 'gap', gap: state.kind }
      return answerOf(state.lookup(address))
    },
    warmUp: () => (loading ??= warmUp()),
  }
}

function answerOf(found: Lookup | null): GeoAnswer {
  if (found === null) return { kind: 'gap', gap: 'not-found' }
  const { country, city, area, ll } = found
  const [latitude, longitude] = ll
  // Placeholders for "no location": [0, 0], and [null, null] despite the types.
  if (country === '' || (!latitude && !longitude)) return { kind: 'gap', gap: 'not-found' }
  const radiusKm = city === '' ? Math.max(area, LEAST_RADIUS_WITHOUT_CITY_KM) : area
  return { kind: 'place', place: { country, latitude, longitude, radiusKm } }
}
