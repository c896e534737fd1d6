import { isIP } from 'node:net'

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

/** Networks by their first bits: IPv4 as one number, IPv6 by its first group, which is all these differ in. */
const RANGES_V4: readonly (readonly [AddressKind, first: number, bits: number])[] = [
  ['loopback', 0x7f, 8],
  ['private', 0x0a, 8],
  ['private', 0xac1, 12],
  ['private', 0xc0a8, 16],
  ['shared', 0x191, 10],
  ['link-local', 0xa9fe, 16],
  ['special', 0, 8],
  ['special', 7, 3],
]
const RANGES_V6: readonly (readonly [AddressKind, first: number, bits: number])[] = [
  ['private', 0xfc >> 1, 7],
  ['link-local', 0xfe80 >> 6, 10],
  ['special', 0xff, 8],
]

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
  return { text, kind: kindOfV4(valueOfV4(text)), network, subnet: `${network}.${c}`, host: `4/${text}` }
}

function parseV6(text: string, groups: readonly number[]): ParsedAddress {
  const [a, b, c, d] = groups.map((group) => group.toString(16))
  const network = `6/${a}:${b}`
  const subnet = `${network}:${c}`
  return { text, kind: kindOfV6(groups), network, subnet, host: `${subnet}:${d}` }
}

function kindOfV4(value: number): AddressKind {
  return RANGES_V4.find(([, first, bits]) => value >>> (32 - bits) === first)?.[0] ?? 'public'
}

function kindOfV6(groups: readonly number[]): AddressKind {
  const [head = 0] = groups
  const last = groups[7] ?? 0
  // The unspecified and the loopback address (RFC 4291 sections 2.5.2 and 2.5.3).
  if (last <= 1 && groups.slice(0, 7).every((group) => group === 0)) return last === 1 ? 'loopback' : 'special'
  return RANGES_V6.find(([, first, bits]) => head >>> (16 - bits) === first)?.[0] ?? 'public'
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
