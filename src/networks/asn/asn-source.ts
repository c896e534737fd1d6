import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** One range of the source: the first and the last address as numbers, both included. */
export interface AsnRange {
  readonly family: 4 | 6
  readonly first: bigint
  readonly last: bigint
  readonly asn: number
  readonly name: string
}

export interface AsnSource {
  readonly v4: string
  readonly v6: string
}

/** The location of the development dependency's data. Throws where it is not installed. */
export function installedAsnSource(): AsnSource {
  const { resolve } = createRequire(import.meta.url)
  return { v4: resolve('@ip-location-db/asn/asn-ipv4-num.csv'), v6: resolve('@ip-location-db/asn/asn-ipv6-num.csv') }
}

/**
 * The ranges with the names of their holders, IPv4 first, in ascending order. Half a million rows, for compiling and
 * for the benchmark's random addresses. Reads the files synchronously, which blocks for about a second. Throws on a
 * line that is not a range.
 */
export function* readAsnRanges(source: AsnSource = installedAsnSource()): Generator<AsnRange> {
  yield* rangesOf(source.v4, 4)
  yield* rangesOf(source.v6, 6)
}

function* rangesOf(path: string, family: 4 | 6): Generator<AsnRange> {
  let number = 0
  for (const line of readFileSync(path, 'utf8').split(/\r?\n/)) {
    number += 1
    if (line !== '') yield rangeOf(line, family, `${path}:${number}`)
  }
}

const LINE = /^(\d{1,39}),(\d{1,39}),(\d{1,10}),(?:"((?:[^"]|"")*)"|(.*))$/
const LAST_OF = { 4: (1n << 32n) - 1n, 6: (1n << 128n) - 1n } as const
const LARGEST_ASN = 2 ** 32 - 1

function rangeOf(line: string, family: 4 | 6, where: string): AsnRange {
  const [, first = '', last = '', asn = '', quoted, plain = ''] = LINE.exec(line) ?? []
  const range = {
    family,
    first: BigInt(first),
    last: BigInt(last),
    asn: Number(asn),
    name: quoted?.replaceAll('""', '"') ?? plain,
  }
  if (first === '' || range.last < range.first || range.last > LAST_OF[family] || range.asn > LARGEST_ASN) {
    throw new Error(`${where} is not a range of addresses with its AS number`)
  }
  return range
}
