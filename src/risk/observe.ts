import type { RequestOrigin } from '../kernel/request-context.js'
import { parseAddress, type ParsedAddress, type GeoPlace, type NetworkAnswer } from '../networks/index.js'
import type { Sighting } from './evidence.js'
import type { Key, Observation, Place } from './observation.js'
import { parseAgent } from './parse-agent.js'
import type { PlaceGap } from './place-gap.js'
import type { RiskDeps } from './ports.js'
import { primaryLanguage } from './primary-language.js'

/** What a source that knows no accuracy radius is taken to mean. */
const DEFAULT_RADIUS_KM = 200

export type ObserveDeps = Pick<RiskDeps, 'geo' | 'networks' | 'hash'>

export interface ObserveInput {
  readonly origin: RequestOrigin
  /** The device a valid token names, also one that was only just made; null without. */
  readonly deviceId: string | null
  /** Empty when the client told none; null when it was not asked. What was observed before is given as its key. */
  readonly timeZone: string | Key | null
}

/** What a request showed, for profiles to learn and sessions to keep. */
export function observe(deps: ObserveDeps, input: ObserveInput): Observation {
  return sight(deps, input).observation
}

/** The same, with the reasons why something is unknown. */
export function sight(deps: ObserveDeps, { origin, deviceId, timeZone }: ObserveInput): Sighting {
  const address = parseAddress(origin.address)
  const located = locate(deps, address)
  const owner = ownerOf(deps, address)
  const agent = parseAgent(origin)
  const hash = (kind: string, value: string): Key => deps.hash(`${kind}\0${value}`)
  const observation: Observation = {
    country: countryKey(located, hash),
    network: address && hash('network', owner.asn === null ? address.network : `AS${owner.asn}`),
    prefix: address && hash('network', address.network),
    subnet: address && hash('subnet', address.subnet),
    host: address && hash('host', address.host),
    networkClass: owner.class,
    place: located.place && rounded(located.place),
    agent: {
      system: hash('system', agent.system),
      browser: hash('browser', `${agent.system}\0${agent.browser}`),
      major: agent.major,
    },
    language: hash('language', primaryLanguage(origin.language)),
    timeZone: typeof timeZone === 'string' ? hash('time-zone', timeZone) : timeZone,
    device: deviceId === null ? null : hash('device', deviceId),
  }
  return { observation, countryGap: located.gap, networkGap: owner.gap }
}

/** The country of an address, as ISO 3166-1 alpha-2; null if the address is not public or the country is unknown. */
export function countryOf(geo: RiskDeps['geo'], address: string): string | null {
  return locate({ geo }, parseAddress(address)).place?.country ?? null
}

// Without a database, no country is known for any account, so the country is skipped. An address that the database does
// not contain is different: it is as unusual as a new country (R087).
const MISSING_DATABASE: readonly PlaceGap[] = ['off', 'not-ready', 'failed']

function countryKey({ place, gap }: Located, hash: (kind: string, value: string) => Key): Key | null {
  if (place) return hash('country', place.country)
  return MISSING_DATABASE.includes(gap) ? null : hash('country', gap)
}

type Located =
  | { readonly place: GeoPlace; readonly gap: null }
  | { readonly place: null; readonly gap: NonNullable<Sighting['countryGap']> }

function locate(deps: Pick<RiskDeps, 'geo'>, address: ParsedAddress | null): Located {
  if (address === null) return { place: null, gap: 'address-unreadable' }
  if (address.kind !== 'public') return { place: null, gap: 'address-not-public' }
  try {
    const answer = deps.geo.locate(address.text)
    if (answer.kind === 'gap') return { place: null, gap: answer.gap }
    return isCredible(answer.place) ? { place: answer.place, gap: null } : { place: null, gap: 'not-found' }
  } catch {
    // A broken data file must not stop the decision.
    return { place: null, gap: 'failed' }
  }
}

const UNOWNED = { asn: null, class: null } as const

function ownerOf({ networks }: Pick<RiskDeps, 'networks'>, address: ParsedAddress | null): Owner {
  if (address === null) return { ...UNOWNED, gap: 'address-unreadable' }
  if (address.kind !== 'public') return { ...UNOWNED, gap: 'address-not-public' }
  return networks.lookup(address.text)
}

type Owner = Omit<NetworkAnswer, 'gap'> & { readonly gap: PlaceGap | null }

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
