import type { Logger } from '../../kernel/logger.js'
import type { GeoAnswer, GeoLookup } from '../ports.js'
import { openPlaceRecords, type PlaceRecord, type PlaceRecords } from './place-records.js'

type State =
  | { readonly kind: 'not-ready' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'ready'; readonly records: PlaceRecords }

export interface GeoipLiteOptions {
  /** Where the files are; null: with the library. */
  readonly directory?: string | null
  readonly open?: () => Promise<PlaceRecords>
  /** How long after a change of the files they are read again: an update takes some time to write them. */
  readonly reopenAfterMs?: number
}

// Without a city the point is the middle of a country, whatever radius the record claims.
const LEAST_RADIUS_WITHOUT_CITY_KM = 1000

/** Places from the data files shipped with geoip-lite, which are old until the operator runs its `updatedb` script. */
export function geoipLite(
  logger: Logger,
  { directory = null, open = () => openPlaceRecords(directory), reopenAfterMs = 60_000 }: GeoipLiteOptions = {},
): GeoLookup {
  let state: State = { kind: 'not-ready' }
  let opening: Promise<void> | null = null

  const openNow = async (): Promise<void> => {
    try {
      state = { kind: 'ready', records: await open() }
    } catch (error) {
      failed(error)
    }
  }
  const failed = (error: unknown): GeoAnswer => {
    state = { kind: 'failed' }
    logger.error({ err: error }, 'geo data could not be read; unknown places count as new ones')
    return { kind: 'gap', gap: 'failed' }
  }
  /** Files that are being written say nothing. */
  const reopenLater = (records: PlaceRecords): GeoAnswer => {
    state = { kind: 'not-ready' }
    records.close().catch((error: unknown) => logger.error({ err: error }, 'geo data could not be closed'))
    setTimeout(() => void openNow(), reopenAfterMs).unref()
    return { kind: 'gap', gap: 'not-ready' }
  }
  return {
    locate: (address) => {
      if (state.kind !== 'ready') return { kind: 'gap', gap: state.kind }
      const { records } = state
      try {
        return records.hasChanged() ? reopenLater(records) : answerOf(records.lookup(address))
      } catch (error) {
        return failed(error)
      }
    },
    warmUp: () => (opening ??= openNow()),
  }
}

function answerOf(found: PlaceRecord | null): GeoAnswer {
  if (found === null) return { kind: 'gap', gap: 'not-found' }
  const { country, city, radiusKm: claimed, latitude, longitude } = found
  // Both are 0 where there is no location.
  if (country === '' || (latitude === 0 && longitude === 0)) return { kind: 'gap', gap: 'not-found' }
  const radiusKm = city === '' ? Math.max(claimed, LEAST_RADIUS_WITHOUT_CITY_KM) : claimed
  return { kind: 'place', place: { country, latitude, longitude, radiusKm } }
}
