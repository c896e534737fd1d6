import type { NumericAddress } from './address.js'
import { ADDRESS_BITS, numberOf, type Prefix } from './prefix.js'

/** A prefix, its value, and the next wider prefix around it. */
export interface PrefixNode<T> {
  readonly prefix: Prefix
  readonly values: readonly T[]
  readonly parent: PrefixNode<T> | null
}

/** Values by prefix. */
export interface PrefixMap<T> {
  /** The longest prefix that contains the address; its parents are all the others, from narrow to wide. */
  find(address: NumericAddress): PrefixNode<T> | null
}

/** The space of a family cut where prefixes begin and end: a segment reaches to the next start. */
interface Segments<T, Point extends number | bigint> {
  readonly starts: readonly Point[]
  readonly nodes: readonly (PrefixNode<T> | null)[]
}

/**
 * Prefixes nest or are disjoint, so one pass over them in order cuts the space, and a binary search finds the segment.
 */
export function prefixMap<T>(entries: Iterable<readonly [Prefix, T]>): PrefixMap<T> {
  const all = [...entries]
  const v4 = cut(all.filter(([{ family }]) => family === 4))
  const v6 = cut(all.filter(([{ family }]) => family === 6))
  const numbers: Segments<T, number> = { starts: v4.starts.map(Number), nodes: v4.nodes }
  return {
    find: (address) =>
      address.family === 4 ? segmentAt(numbers, address.value) : segmentAt(v6, v6.starts.length && numberOf(address)),
  }
}

function cut<T>(entries: readonly (readonly [Prefix, T])[]): Segments<T, bigint> {
  const starts: bigint[] = []
  const nodes: (PrefixNode<T> | null)[] = []
  const begin = (start: bigint, node: PrefixNode<T> | null): void => {
    if (starts.at(-1) === start) {
      starts.pop()
      nodes.pop()
    }
    starts.push(start)
    nodes.push(node)
  }
  let inside: PrefixNode<T> | null = null
  const leaveBefore = (start: bigint | null): void => {
    while (inside !== null && (start === null || endOf(inside.prefix) <= start)) {
      const end = endOf(inside.prefix)
      inside = inside.parent
      begin(end, inside)
    }
  }
  for (const [prefix, values] of inOrder(entries)) {
    leaveBefore(prefix.first)
    inside = { prefix, values, parent: inside }
    begin(prefix.first, inside)
  }
  leaveBefore(null)
  return { starts, nodes }
}

/** By first address, the wider one first, each prefix once. */
function inOrder<T>(entries: readonly (readonly [Prefix, T])[]): readonly (readonly [Prefix, readonly T[]])[] {
  const byText = new Map<string, [Prefix, T[]]>()
  for (const [prefix, value] of entries) {
    const known = byText.get(prefix.text)
    if (known) known[1].push(value)
    else byText.set(prefix.text, [prefix, [value]])
  }
  return [...byText.values()].sort(([a], [b]) => (a.first < b.first ? -1 : a.first > b.first ? 1 : a.bits - b.bits))
}

const endOf = ({ family, first, bits }: Prefix): bigint => first + (1n << BigInt(ADDRESS_BITS[family] - bits))

function segmentAt<T>({ starts, nodes }: Segments<T, number | bigint>, point: number | bigint): PrefixNode<T> | null {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((starts[middle] ?? 0) <= point) low = middle + 1
    else high = middle
  }
  return nodes[low - 1] ?? null
}
