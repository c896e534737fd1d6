import { classOfNetwork } from '../classes/class-of-network.js'
import type { NetworkClass } from '../classes/network-class.js'
import type { AsnRange } from './asn-source.js'
import type { AsnTable } from './asn-table.js'

/** Ranges in ascending order → a searchable table. Neighbours of the same holder become one row. */
export function compileAsnTable(ranges: Iterable<AsnRange>): AsnTable {
  const v4 = rows(2 ** 32)
  const v6 = rows(2n ** 64n)
  const classes = new Map<number, NetworkClass>()
  const seen = new Set<number>()
  for (const { family, first, last, asn, name } of ranges) {
    if (family === 4) v4.add(Number(first), Number(last) + 1, asn)
    // Rows are whole /64 networks: the first holder of a part counts as the holder of all of it.
    else v6.add(first >> 64n, (last >> 64n) + 1n, asn)
    if (seen.has(asn)) continue
    seen.add(asn)
    const found = classOfNetwork(asn, name)
    if (found !== null) classes.set(asn, found)
  }
  const halves = v6.starts.map(BigInt)
  return {
    v4: { starts: Uint32Array.from(v4.starts, Number), asns: Uint32Array.from(v4.asns) },
    v6: {
      highs: Uint32Array.from(halves, (start) => Number(start >> 32n)),
      lows: Uint32Array.from(halves, (start) => Number(start & 0xffff_ffffn)),
      asns: Uint32Array.from(v6.asns),
    },
    classes,
  }
}

/** Collects rows; the end of a range starts a row without a holder, until the next range starts there. */
function rows(limit: number | bigint) {
  const starts: (number | bigint)[] = []
  const asns: number[] = []
  let reached: number | bigint = 0
  const begin = (start: number | bigint, asn: number): void => {
    if (starts.at(-1) === start) {
      starts.pop()
      asns.pop()
    }
    if (asns.at(-1) === asn) return
    starts.push(start)
    asns.push(asn)
  }
  return {
    starts,
    asns,
    /** From `first` up to, not including, `end`. Where ranges overlap, the earlier one keeps its part. */
    add: (first: number | bigint, end: number | bigint, asn: number): void => {
      const start = first < reached ? reached : first
      if (start >= end) return
      begin(start, asn)
      // Nothing begins after the very last address, and its number would not fit into an array.
      if (end < limit) begin(end, 0)
      reached = end
    },
  }
}
