import type { NumericAddress } from '../addresses/address.js'
import type { NetworkClass } from '../classes/network-class.js'

/**
 * Which system announces which addresses. Every array of starts is sorted; a row reaches to the next one's start, and
 * `asns` has its holder, 0 for none. IPv6 is stored to the /64, whose two halves are `highs` and `lows`.
 */
export interface AsnTable {
  readonly v4: { readonly starts: Uint32Array; readonly asns: Uint32Array }
  readonly v6: { readonly highs: Uint32Array; readonly lows: Uint32Array; readonly asns: Uint32Array }
  readonly classes: ReadonlyMap<number, NetworkClass>
}

/** The number of the autonomous system of an address; null when none announces it. */
export function findAsn({ v4, v6 }: AsnTable, address: NumericAddress): number | null {
  if (address.family === 4) return rowAt(v4.asns, lastAtMost(v4.starts, address.value))
  const [a = 0, b = 0, c = 0, d = 0] = address.groups
  return rowAt(v6.asns, lastPairAtMost(v6.highs, v6.lows, a * 65_536 + b, c * 65_536 + d))
}

function rowAt(asns: Uint32Array, row: number): number | null {
  return asns[row] || null
}

/** The last row that starts at or before `value`; -1 when there is none. */
function lastAtMost(starts: Uint32Array, value: number): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((starts[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return low - 1
}

function lastPairAtMost(highs: Uint32Array, lows: Uint32Array, upper: number, lower: number): number {
  let low = 0
  let high = highs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const start = highs[middle] ?? 0
    if (start < upper || (start === upper && (lows[middle] ?? 0) <= lower)) low = middle + 1
    else high = middle
  }
  return low - 1
}
