import { isIP } from 'node:net'

const LONGEST_ADDRESS = 64

/** An address in numbers: 32 bits of IPv4, or the eight groups of IPv6. */
export type NumericAddress =
  { readonly family: 4; readonly value: number } | { readonly family: 6; readonly groups: readonly number[] }

/** Reads an address into numbers; null when it is invalid. IPv4-mapped IPv6 becomes IPv4 (RFC 4291, 2.5.5.2). */
export function numericAddress(input: string): NumericAddress | null {
  const text = withoutZone(input)
  const version = isIP(text)
  if (version === 0) return null
  if (version === 4) return { family: 4, value: valueOfV4(text) }
  const groups = groupsOfV6(text)
  return isMapped(groups) ? { family: 4, value: valueOfGroups(groups[6], groups[7]) } : { family: 6, groups }
}

/**
 * An address in the transport's spelling: lower case, and IPv4 inside IPv6 as IPv4, so that one client does not count
 * as two.
 */
export function plainAddress(input: string): string {
  const address = numericAddress(input)
  return address?.family === 4 ? textOfV4(address.value) : input.toLowerCase()
}

export const textOfV4 = (value: number): string =>
  [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255].join('.')

/** A zone such as `%eth0` is local to one machine and says nothing about the client. */
const withoutZone = (input: string): string => input.slice(0, LONGEST_ADDRESS).trim().split('%')[0] ?? ''

function valueOfV4(text: string): number {
  const [a = 0, b = 0, c = 0, d = 0] = text.split('.').map(Number)
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
}

/** The eight groups of a valid IPv6 address. */
function groupsOfV6(text: string): readonly number[] {
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

const isMapped = (groups: readonly number[]): boolean =>
  groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0)

const valueOfGroups = (high = 0, low = 0): number => ((high << 16) | low) >>> 0
