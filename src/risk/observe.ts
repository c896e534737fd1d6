import type { RequestOrigin } from '../kernel/request-context.js'
import { parseAddress, type ParsedAddress } from './address.js'
import type { Sighting } from './evidence.js'
import type { Observation, Place } from './observation.js'
import { parseAgent } from './parse-agent.js'
import type { GeoPlace, RiskDeps } from './ports.js'

/** What a source that knows no accuracy radius is taken to mean. */
const DEFAULT_RADIUS_KM = 200

export type ObserveDeps = Pick<RiskDeps, 'geo' | 'hash'>

export interface ObserveInput {
  readonly origin: RequestOrigin
  /** The device a valid token names, also one that was only just made; null without. */
  readonly deviceId: string | null
}

/** What a request showed, for profiles to learn and sessions to keep. */
export function observe(deps: ObserveDeps, input: ObserveInput): Observation {
  return sight(deps, input).observation
}

/** The same, with the reason why a country is unknown. */
export function sight(deps: ObserveDeps, { origin, deviceId }: ObserveInput): Sighting {
  const address = parseAddress(origin.address)
  const { place, gap } = placeOf(deps, address)
  const agent = parseAgent(origin)
  const hash = (kind: string, value: string): string => deps.hash(`${kind}\0${value}`)
  const observation: Observation = {
    country: place && hash('country', place.country),
    network: address && hash('network', address.network),
    subnet: address && hash('subnet', address.subnet),
    place: place && rounded(place),
    agent: {
      system: hash('system', agent.system),
      browser: hash('browser', `${agent.system}\0${agent.browser}`),
      major: agent.major,
    },
    device: deviceId === null ? null : hash('device', deviceId),
  }
  return { observation, gap }
}

/** The country of an address, as ISO 3166-1 alpha-2; null when it is not public or nobody knows. */
export function countryOf(geo: RiskDeps['geo'], address: string): string | null {
  return placeOf({ geo }, parseAddress(address)).place?.country ?? null
}

type Located =
  | { readonly place: GeoPlace; readonly gap: null }
  | { readonly place: null; readonly gap: NonNullable<Sighting['gap']> }

function placeOf(deps: Pick<RiskDeps, 'geo'>, address: ParsedAddress | null): Located {
  if (address === null) return { place: null, gap: 'address-unreadable' }
  if (address.kind !== 'public') return { place: null, gap: 'address-not-public' }
  try {
    const answer = deps.geo.locate(address.text)
    if (answer.kind === 'gap') return { place: null, gap: answer.gap }
    return isCredible(answer.place) ? { place: answer.place, gap: null } : { place: null, gap: 'failed' }
  } catch {
    // A broken data file is a missing signal, which the country signal charges for; it must not stop the decision.
    return { place: null, gap: 'failed' }
  }
}

/** Data files get damaged and fill gaps with 0, 0, which lies in the sea. */
function isCredible({ country, latitude, longitude, radiusKm }: GeoPlace): boolean {
  if (!/^[A-Z]{2}$/.test(country)) return false
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return false
  if (latitude === 0 && longitude === 0) return false
  if (radiusKm !== null && !(radiusKm >= 0)) return false
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
}

function rounded({ latitude, longitude, radiusKm }: GeoPlace): Place {
  const tenth = (degrees: number): number => Math.round(degrees * 10) / 10
  return {
    latitude: tenth(latitude),
    longitude: tenth(longitude),
    // A radius of 0 is how sources say that they do not know.
    radiusKm: Math.min(Math.round(radiusKm || DEFAULT_RADIUS_KM), 20_000),
  }
}
