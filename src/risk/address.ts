import { BlockList, isIP } from 'node:net'

/** Only `public` addresses are worth looking up; geo data knows little of the other ranges. */
export type AddressKind = 'public' | 'private' | 'shared' | 'loopback' | 'link-local' | 'special'

/** An address as the signals need it: its kind and the networks it lies in, coarse and fine. */
export interface ParsedAddress {
  /** IPv4 dotted, or IPv6 as it was given; IPv4-mapped IPv6 becomes IPv4. */
  readonly text: string
  readonly kind: AddressKind
  /** /16 of IPv4, /32 of IPv6. */
  readonly network: string
  /** /24 of IPv4, /48 of IPv6. */
  readonly subnet: string
  /** /32 of IPv4, /64 of IPv6. */
  readonly host: string
}

const RANGES: readonly (readonly [AddressKind, readonly string[]])[] = [
  ['loopback', ['127.0.0.0/8', '::1/128']],
  ['private', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']],
  ['shared', ['100.64.0.0/10']],
  ['link-local', ['169.254.0.0/16', 'fe80::/10']],
  ['special', ['0.0.0.0/8', '224.0.0.0/3', '::/128', 'ff00::/8']],
]

const RANGE_LISTS = RANGES.map(([kind, ranges]) => ({ kind, list: blockListOf(ranges) }))
const LONGEST_ADDRESS = 64

/** An address in numbers, for tables of ranges: 32 bits of IPv4, or the eight groups of IPv6. */
export type NumericAddress =
  { readonly family: 4; readonly value: number } | { readonly family: 6; readonly groups: readonly number[] }

/** Reads an address into numbers, or answers null when it is none; IPv4-mapped IPv6 becomes IPv4. */
export function numericAddress(input: string): NumericAddress | null {
  const text = withoutZone(input)
  const version = isIP(text)
  if (version === 0) return null
  if (version === 4) return { family: 4, value: valueOfV4(text) }
  const groups = expandV6(text)
  const mapped = mappedV4(groups)
  return mapped === null ? { family: 6, groups } : { family: 4, value: valueOfV4(mapped) }
}

/** Reads an address, or answers null when it is none. */
export function parseAddress(input: string): ParsedAddress | null {
  const text = withoutZone(input)
  const version = isIP(text)
  if (version === 4) return parseV4(text)
  if (version !== 6) return null
  const groups = expandV6(text)
  const mapped = mappedV4(groups)
  return mapped === null ? parseV6(text, groups) : parseV4(mapped)
}

/** A zone such as `%eth0` is local to one machine and says nothing about the client. */
const withoutZone = (input: string): string => input.slice(0, LONGEST_ADDRESS).trim().split('%')[0] ?? ''

function valueOfV4(text: string): number {
  const [a = 0, b = 0, c = 0, d = 0] = text.split('.').map(Number)
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
}

function parseV4(text: string): ParsedAddress {
  const [a, b, c] = text.split('.')
  const network = `4/${a}.${b}`
  return { text, kind: kindOf(text, 'ipv4'), network, subnet: `${network}.${c}`, host: `4/${text}` }
}

function parseV6(text: string, groups: readonly number[]): ParsedAddress {
  const [a, b, c, d] = groups.map((group) => group.toString(16))
  const network = `6/${a}:${b}`
  const subnet = `${network}:${c}`
  return { text, kind: kindOf(text, 'ipv6'), network, subnet, host: `${subnet}:${d}` }
}

function kindOf(text: string, family: 'ipv4' | 'ipv6'): AddressKind {
  return RANGE_LISTS.find(({ list }) => list.check(text, family))?.kind ?? 'public'
}

/** The eight groups of a valid IPv6 address. */
function expandV6(text: string): readonly number[] {
  const [left = '', right] = text.split('::')
  const head = groupsOf(left)
  if (right === undefined) return head
  const tail = groupsOf(right)
  const zeros = new Array<number>(8 - head.length - tail.length).fill(0)
  return head.concat(zeros, tail)
}

function groupsOf(part: string): readonly number[] {
  const groups: number[] = []
  if (part === '') return groups
  for (const group of part.split(':')) {
    if (group.includes('.')) {
      const value = valueOfV4(group)
      groups.push(value >>> 16, value & 0xffff)
    } else groups.push(Number.parseInt(group, 16))
  }
  return groups
}

/** RFC 4291 section 2.5.5.2: `::ffff:0:0/96`, in dotted or in hexadecimal form. */
function mappedV4(groups: readonly number[]): string | null {
  const isMapped = groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0)
  const [high = 0, low = 0] = groups.slice(6)
  return isMapped ? [high >> 8, high & 255, low >> 8, low & 255].join('.') : null
}

function blockListOf(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [net = '', prefix] = range.split('/')
    list.addSubnet(net, Number(prefix), net.includes(':') ? 'ipv6' : 'ipv4')
  }
  return list
}
