import { isIPv4, isIPv6 } from 'node:net'

/** What callers without a usable address share: one bucket for all of them, so that hiding it gains nothing (R061). */
export const UNKNOWN_ADDRESS = 'unknown'

const NETWORK_GROUPS = 4

/**
 * The network whose callers count as one: an IPv4 address, the /64 of an IPv6 address (what one subscriber gets), and
 * for IPv4-mapped IPv6 the IPv4 address.
 */
export function addressKey(address: string | null | undefined): string {
  const text = (address ?? '').trim().replace(/%.*$/, '')
  if (isIPv4(text)) return text
  if (!isIPv6(text)) return UNKNOWN_ADDRESS
  const groups = groupsOf(text)
  return (
    mappedIPv4(groups) ??
    `${groups
      .slice(0, NETWORK_GROUPS)
      .map((group) => group.toString(16))
      .join(':')}::/64`
  )
}

/** The part of a network around an address: /24 of IPv4, /48 of IPv6. */
export function placeKey(address: string | null | undefined): string {
  const key = addressKey(address)
  if (isIPv4(key)) return key.slice(0, key.lastIndexOf('.'))
  return key === UNKNOWN_ADDRESS ? key : key.split(':').slice(0, 3).join(':')
}

/** The /56 around an IPv6 address, what providers hand to one subscriber; null for every other address. */
export function siteKey(address: string | null | undefined): string | null {
  const key = addressKey(address)
  if (isIPv4(key) || key === UNKNOWN_ADDRESS) return null
  const [a, b, c, d = '0'] = key.replace('::/64', '').split(':')
  return `${a}:${b}:${c}:${(parseInt(d, 16) & 0xff00).toString(16)}::/56`
}

/** The eight groups of a valid IPv6 address. */
function groupsOf(address: string): number[] {
  const [left = '', right] = withoutDots(address).split('::')
  const head = parseGroups(left)
  if (right === undefined) return head
  const tail = parseGroups(right)
  return [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail]
}

/** Writes a trailing dotted quad as two groups (RFC 4291 section 2.2). */
function withoutDots(address: string): string {
  return address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.map(Number)
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
  })
}

const parseGroups = (text: string): number[] => (text === '' ? [] : text.split(':').map((group) => parseInt(group, 16)))

function mappedIPv4(groups: readonly number[]): string | null {
  const [high = 0, low = 0] = groups.slice(6)
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  return mapped ? [high >> 8, high & 255, low >> 8, low & 255].join('.') : null
}
