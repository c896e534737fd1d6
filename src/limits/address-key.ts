import { numericAddress, textOfV4 } from '../networks/index.js'

/** All callers without a usable address share one bucket, so hiding the address gains nothing (R061). */
export const UNKNOWN_ADDRESS = 'unknown'

/**
 * The network whose callers count as one: an IPv4 address, the /64 of an IPv6 address (what one subscriber gets), or
 * the IPv4 address inside an IPv4-mapped IPv6 one.
 */
export function addressKey(text: string | null | undefined): string {
  const address = numericAddress(text ?? '')
  if (address === null) return UNKNOWN_ADDRESS
  return address.family === 4 ? textOfV4(address.value) : `${hex(address.groups.slice(0, 4))}::/64`
}

/** The neighbourhood of an address: /24 of IPv4, /48 of IPv6. */
export function placeKey(text: string | null | undefined): string {
  const address = numericAddress(text ?? '')
  if (address === null) return UNKNOWN_ADDRESS
  if (address.family === 6) return hex(address.groups.slice(0, 3))
  return textOfV4(address.value).split('.').slice(0, 3).join('.')
}

/** The /56 around an IPv6 address, which providers assign to one subscriber; null for every other address. */
export function siteKey(text: string | null | undefined): string | null {
  const address = numericAddress(text ?? '')
  if (address?.family !== 6) return null
  const [a = 0, b = 0, c = 0, d = 0] = address.groups
  return `${hex([a, b, c, d & 0xff00])}::/56`
}

const hex = (groups: readonly number[]): string => groups.map((group) => group.toString(16)).join(':')
