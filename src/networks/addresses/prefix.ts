import { numericAddress, textOfV4, type NumericAddress } from './address.js'

/** An address, or all that begin with the same bits. */
export interface Prefix {
  readonly family: 4 | 6
  /** The first address as a number. */
  readonly first: bigint
  /** How many bits are fixed: 32 or 128 for a single address. */
  readonly bits: number
  /** Its canonical spelling: host bits cleared, IPv6 as in RFC 5952, no `/32` or `/128`. */
  readonly text: string
}

export const ADDRESS_BITS = { 4: 32, 6: 128 } as const

const SHAPE = /^([0-9a-f.:]{2,45})(?:\/(0|[1-9][0-9]{0,2}))?$/i
const MAPPED_BITS = 96

/** Reads `203.0.113.7`, `203.0.113.0/24` or `2001:db8::/32`; null when it is invalid. IPv4-mapped IPv6 becomes IPv4. */
export function parsePrefix(input: string): Prefix | null {
  const [, text, bitsText] = SHAPE.exec(input) ?? []
  const address = text === undefined ? null : numericAddress(text)
  if (text === undefined || address === null) return null
  const isMapped = address.family === 4 && text.includes(':')
  const given = bitsText === undefined ? null : Number(bitsText) - (isMapped ? MAPPED_BITS : 0)
  const bits = given ?? ADDRESS_BITS[address.family]
  if (bits < 0 || bits > ADDRESS_BITS[address.family]) return null
  return prefixOf(address, bits)
}

/** The prefix with this many bits that contains an address. */
export function prefixOf(address: NumericAddress, bits: number): Prefix {
  const { family } = address
  const hostBits = BigInt(ADDRESS_BITS[family] - bits)
  const first = (numberOf(address) >> hostBits) << hostBits
  const text = family === 4 ? textOfV4(Number(first)) : textOfV6(first)
  return { family, first, bits, text: bits === ADDRESS_BITS[family] ? text : `${text}/${bits}` }
}

/** An address as one number of 32 or 128 bits. */
export function numberOf(address: NumericAddress): bigint {
  if (address.family === 4) return BigInt(address.value)
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = address.groups
  // 48 bits are still exact as a number, and few bigint operations are faster than many.
  const upper = BigInt((a * 65_536 + b) * 65_536 + c)
  const middle = BigInt((d * 65_536 + e) * 65_536 + f)
  return (upper << 80n) | (middle << 32n) | BigInt(g * 65_536 + h)
}

/** RFC 5952 section 4: lower case, no leading zeros, and the first longest run of two or more zero groups as `::`. */
function textOfV6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => Number((value >> BigInt(112 - 16 * index)) & 0xffffn))
  const text = groups.map((group) => group.toString(16))
  const run = longestZeroRun(groups)
  if (run.length < 2) return text.join(':')
  return `${text.slice(0, run.at).join(':')}::${text.slice(run.at + run.length).join(':')}`
}

function longestZeroRun(groups: readonly number[]): { readonly at: number; readonly length: number } {
  let longest = { at: 0, length: 0 }
  for (let at = 0, length = 0, index = 0; index < groups.length; index += 1) {
    if (groups[index] !== 0) {
      length = 0
      continue
    }
    if (length === 0) at = index
    length += 1
    if (length > longest.length) longest = { at, length }
  }
  return longest
}
