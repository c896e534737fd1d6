import type { AddressSource } from './address-source.js'
import { dotted } from './ip-number.js'
import { isHyperscale, isMobileBrand, networkKind, type NetworkKind } from './network-kind.js'
import type { Random } from './random.js'
import { weighted, zipf, type Draw } from './weighted.js'

/** The part of an autonomous system that lies in one country. */
export interface System {
  readonly asn: number
  readonly name: string
  readonly size: number
  /** An address that the look-ups surely put into the country. */
  readonly anchor: number
  drawAddress(random: Random): number
}

export interface CountrySystems {
  readonly byAsn: ReadonlyMap<number, System>
  readonly draws: Readonly<Record<NetworkKind, Draw<System>>>
  /** Rented servers, without the clouds that VPN providers avoid. */
  readonly vpn: readonly System[]
}

/** The largest so many of a kind carry nearly all people. */
const MOST: Readonly<Record<NetworkKind, number>> = { fixed: 30, mobile: 6, hosting: 40, business: 100 }
const FEWEST_MOBILE = 3
const VPN_NETWORKS = 5
const LEAST_ADDRESSES: Readonly<Record<NetworkKind, number>> = {
  fixed: 8192,
  mobile: 65_536,
  hosting: 1024,
  business: 1024,
}
const NETWORK_EXPONENT = 1

/** Sorts every announced range into its country, by the middle of the range, and its system's kind, by name. */
export function systemsByCountry(
  source: AddressSource,
  countries: readonly string[],
): ReadonlyMap<string, CountrySystems> {
  const found = new Map<string, Map<number, Range[]>>(countries.map((country) => [country, new Map()]))
  const { starts, ends, asns, names } = source.asns
  for (let index = 0; index < starts.length; index++) {
    const range = { first: starts[index]!, size: ends[index]! - starts[index]! + 1 }
    const systems = found.get(source.locate(dotted(middleOf(range)))?.country ?? '')
    if (!systems) continue
    const ranges = systems.get(asns[index]!)
    if (ranges) ranges.push(range)
    else systems.set(asns[index]!, [range])
  }
  const inhabited = [...found].filter(([, systems]) => systems.size > 0)
  return new Map(
    inhabited.map(([country, systems]) => [
      country,
      countrySystems([...systems].map(([asn, ranges]) => systemOf(asn, names.get(asn) ?? '', ranges))),
    ]),
  )
}

interface Range {
  readonly first: number
  readonly size: number
}

const middleOf = (range: Range): number => range.first + (range.size >>> 1)

function systemOf(asn: number, name: string, ranges: readonly Range[]): System {
  const size = ranges.reduce((sum, range) => sum + range.size, 0)
  const largest = ranges.reduce((most, range) => (range.size > most.size ? range : most))
  // Most systems are never drawn from, and the largest have thousands of ranges.
  let drawRange: Draw<Range> | null = null
  return {
    asn,
    name,
    size,
    anchor: middleOf(largest),
    drawAddress: (random) => {
      drawRange ??= weighted(ranges.map((range) => ({ item: range, weight: range.size })))
      const range = drawRange(random)
      return range.first + random.below(range.size)
    },
  }
}

function countrySystems(systems: readonly System[]): CountrySystems {
  const bySize = systems.toSorted((a, b) => b.size - a.size || a.asn - b.asn)
  const ofKind = (kind: NetworkKind): readonly System[] => {
    const all = bySize.filter(({ name }) => networkKind(name) === kind)
    const large = all.filter(({ size }) => size >= LEAST_ADDRESSES[kind])
    return (large.length > 0 ? large : all).slice(0, MOST[kind])
  }
  const fixed = orElse(ofKind('fixed'), bySize)
  const hosting = orElse(ofKind('hosting'), bySize)
  const rented = hosting.filter(({ name }) => !isHyperscale(name))
  return {
    byAsn: new Map(systems.map((system) => [system.asn, system])),
    draws: {
      fixed: zipf(fixed, NETWORK_EXPONENT),
      mobile: zipf(withBrands(ofKind('mobile'), fixed), NETWORK_EXPONENT),
      hosting: zipf(hosting, NETWORK_EXPONENT),
      business: zipf(orElse(ofKind('business'), fixed), NETWORK_EXPONENT),
    },
    vpn: orElse(rented, hosting).slice(0, VPN_NETWORKS),
  }
}

/** Where names tell of too few mobile networks, brands that serve phones count too, and large networks at worst. */
function withBrands(mobile: readonly System[], fixed: readonly System[]): readonly System[] {
  if (mobile.length >= FEWEST_MOBILE) return mobile
  const branded = fixed.filter(({ name }) => isMobileBrand(name))
  const large = [...new Set([...branded, ...fixed])].filter((system) => !mobile.includes(system))
  return [...mobile, ...large.slice(0, FEWEST_MOBILE - mobile.length)].toSorted((a, b) => b.size - a.size)
}

const orElse = (some: readonly System[], others: readonly System[]): readonly System[] =>
  some.length > 0 ? some : others
