import { distanceKm } from '../../../src/risk/distance.js'
import type { EventPlace, SignInEvent } from '../event.js'
import type { AddressSource } from './address-source.js'
import { asnOf } from './asn-table.js'
import { dotted, numberOf } from './ip-number.js'
import type { NetworkKind } from './network-kind.js'
import { createRandom, type Random } from './random.js'
import { systemsByCountry, type CountrySystems, type System } from './systems.js'

/** An address and what the look-ups say about it, which is all that a gateway could know. */
export interface Located {
  readonly number: number
  readonly address: string
  readonly country: string
  readonly asn: number | null
  readonly place: EventPlace | null
}

export interface AddressSpace {
  /** Those asked for that the data knows, in the order asked for. */
  readonly countries: readonly string[]
  /** An address of a network of this kind in this country; large networks more often. */
  draw(country: string, kind: NetworkKind, random: Random): Located
  /** Another address of the same network, within 50 km as far as geo data can tell, and not in the same /24. */
  drawNear(origin: Located, random: Random): Located
  /** Another address of the same block of 2^bits addresses. */
  drawBeside(origin: Located, bits: number, random: Random): Located
  /** The networks of this country's VPN exits. */
  vpnNetworks(country: string): readonly number[]
  /** Addresses behind which a network puts many people, as carriers and VPN providers do: always the same ones. */
  exits(country: string, asn: number, count: number): readonly Located[]
}

const NEAR_KM = 50
const TRIES = 16
const NEIGHBOUR_BITS = 12
const EXITS_PER_BLOCK = 16
const EXIT_BLOCK_BITS = 8

/** Builds the pools of networks once; what is drawn from them depends only on the stream that is passed. */
export function createAddressSpace(source: AddressSource, countries: readonly string[]): AddressSpace {
  const pools = systemsByCountry(source, countries)
  const knownExits = new Map<string, readonly Located[]>()
  const systemsOf = (country: string): CountrySystems => {
    const systems = pools.get(country)
    if (!systems) throw new Error(`no networks known in ${country}`)
    return systems
  }
  const drawIn = (system: System, country: string, random: Random): Located => {
    const candidate = (): Located => locate(source, system.drawAddress(random))
    return firstThat((found) => isHost(found) && found.country === country, candidate) ?? locate(source, system.anchor)
  }
  const drawBeside = (origin: Located, bits: number, random: Random): Located => {
    const size = 2 ** bits
    const first = origin.number - (origin.number % size)
    const isAlike = (found: Located): boolean =>
      isHost(found) && found.asn === origin.asn && found.country === origin.country
    return firstThat(isAlike, () => locate(source, first + random.below(size))) ?? origin
  }
  const makeExits = (country: string, asn: number, count: number): readonly Located[] => {
    const system = systemsOf(country).byAsn.get(asn)
    if (!system) throw new Error(`network ${asn} is unknown in ${country}`)
    // A stream of their own: who happens to ask first makes no difference.
    const random = createRandom('exits', country, asn)
    const blocks = Array.from({ length: Math.ceil(count / EXITS_PER_BLOCK) }, () => drawIn(system, country, random))
    return Array.from({ length: count }, (_, index) =>
      drawBeside(blocks[index % blocks.length]!, EXIT_BLOCK_BITS, random),
    )
  }
  return {
    countries: countries.filter((country) => pools.has(country)),
    draw: (country, kind, random) => drawIn(systemsOf(country).draws[kind](random), country, random),
    drawNear: (origin, random) => {
      const system = pools.get(origin.country)?.byAsn.get(origin.asn ?? 0)
      const near =
        system &&
        firstThat(
          (found) => isNear(origin, found),
          () => drawIn(system, origin.country, random),
        )
      return near ?? drawBeside(origin, NEIGHBOUR_BITS, random)
    },
    drawBeside,
    vpnNetworks: (country) => systemsOf(country).vpn.map(({ asn }) => asn),
    exits: (country, asn, count) => {
      const key = `${country}/${asn}/${count}`
      const known = knownExits.get(key) ?? makeExits(country, asn, count)
      knownExits.set(key, known)
      return known
    },
  }
}

/** Where an event came from, as the event records it. */
export function locatedFrom({ address, country, asn, place }: SignInEvent): Located {
  return { number: numberOf(address), address, country, asn, place }
}

/** What the look-ups say: not what the simulation meant. */
function locate(source: AddressSource, number: number): Located {
  const address = dotted(number)
  const found = source.locate(address)
  const asn = asnOf(source.asns, number)
  if (!found) return { number, address, country: '', asn, place: null }
  const { country, latitude, longitude, radiusKm } = found
  return { number, address, country, asn, place: { latitude, longitude, radiusKm } }
}

/** The first and the last address of a /24 are seldom in use. */
function isHost({ number }: Located): boolean {
  const last = number & 255
  return last !== 0 && last !== 255
}

function isNear(origin: Located, found: Located): boolean {
  if (found.asn !== origin.asn || found.country !== origin.country) return false
  if (found.number >>> 8 === origin.number >>> 8) return false
  // Both unknown: no nearer network can be named.
  if (!origin.place || !found.place) return origin.place === found.place
  return distanceKm(origin.place, found.place) <= NEAR_KM
}

function firstThat(isWanted: (found: Located) => boolean, candidate: () => Located): Located | null {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const found = candidate()
    if (isWanted(found)) return found
  }
  return null
}
