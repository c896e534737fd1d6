import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Which autonomous system announces an IPv4 range; ranges are sorted and do not overlap. */
export interface AsnTable {
  readonly starts: Uint32Array
  /** The last address of each range. */
  readonly ends: Uint32Array
  readonly asns: Uint32Array
  readonly names: ReadonlyMap<number, string>
}

export interface AsnRange {
  readonly start: number
  readonly end: number
  readonly asn: number
  readonly name: string
}

/** Reads `asn-ipv4-num.csv` of `@ip-location-db/asn`: first, last, number and name, some of them quoted. */
export function readAsnTable(directory: string = packageDirectory()): AsnTable {
  const lines = readFileSync(join(directory, 'asn-ipv4-num.csv'), 'utf8').split('\n')
  return asnTable(lines.filter((line) => line !== '').map(parseLine))
}

export function asnTable(ranges: readonly AsnRange[]): AsnTable {
  return {
    starts: Uint32Array.from(ranges, ({ start }) => start),
    ends: Uint32Array.from(ranges, ({ end }) => end),
    asns: Uint32Array.from(ranges, ({ asn }) => asn),
    names: new Map(ranges.map(({ asn, name }) => [asn, name])),
  }
}

/** The system that announces this address; null when none does. */
export function asnOf(table: AsnTable, address: number): number | null {
  let low = 0
  let high = table.starts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (table.starts[middle]! <= address) low = middle + 1
    else high = middle
  }
  const found = low - 1
  return found >= 0 && table.ends[found]! >= address ? table.asns[found]! : null
}

function parseLine(line: string): AsnRange {
  const first = line.indexOf(',')
  const second = line.indexOf(',', first + 1)
  const third = line.indexOf(',', second + 1)
  return {
    start: Number(line.slice(0, first)),
    end: Number(line.slice(first + 1, second)),
    asn: Number(line.slice(second + 1, third)),
    name: line
      .slice(third + 1)
      .trim()
      .replaceAll('"', ''),
  }
}

function packageDirectory(): string {
  return dirname(createRequire(import.meta.url).resolve('@ip-location-db/asn/package.json'))
}
