import { numericAddress, type NumericAddress } from './address.js'
import { parsePrefix } from './prefix.js'
import { prefixMap } from './prefix-map.js'

/** Only `public` addresses are worth looking up: data about places and networks hardly covers the others. */
export type AddressKind = 'public' | 'private' | 'shared' | 'loopback' | 'link-local' | 'special'

/**
 * The only list of special ranges, from the registries of RFC 6890; every other address is `public`. `reserved`: not
 * assigned to anyone on the internet (documentation, benchmarks, tunnels and translations of IPv4). Nothing may be sent
 * there, but a client that claims such an address is looked up like any other.
 */
const RANGES: readonly (readonly [prefix: string, kind: AddressKind | 'reserved'])[] = [
  ['0.0.0.0/8', 'special'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'shared'],
  ['127.0.0.0/8', 'loopback'],
  ['169.254.0.0/16', 'link-local'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'reserved'],
  ['192.0.2.0/24', 'reserved'],
  ['192.168.0.0/16', 'private'],
  ['198.18.0.0/15', 'reserved'],
  ['198.51.100.0/24', 'reserved'],
  ['203.0.113.0/24', 'reserved'],
  ['224.0.0.0/3', 'special'],
  ['::/0', 'reserved'],
  ['::/128', 'special'],
  ['::1/128', 'loopback'],
  ['2000::/3', 'public'],
  ['2001::/23', 'reserved'],
  ['2001:db8::/32', 'reserved'],
  ['2002::/16', 'reserved'],
  ['3fff::/20', 'reserved'],
  ['fc00::/7', 'private'],
  ['fe80::/10', 'link-local'],
  ['ff00::/8', 'special'],
]

const TABLE = prefixMap(
  RANGES.map(([text, kind]) => {
    const prefix = parsePrefix(text)
    if (!prefix) throw new Error(`${text} is no prefix`)
    return [prefix, kind] as const
  }),
)

const rangeOf = (address: NumericAddress): AddressKind | 'reserved' => TABLE.find(address)?.values[0] ?? 'public'

export function kindOf(address: NumericAddress): AddressKind {
  const range = rangeOf(address)
  return range === 'reserved' ? 'public' : range
}

/** Whether an address is on the internet, and not of this machine or its networks. False for an invalid address. */
export function isPublicAddress(text: string): boolean {
  const address = numericAddress(text)
  return address !== null && rangeOf(address) === 'public'
}
