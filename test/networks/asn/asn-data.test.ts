import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { silentLogger } from '../../../src/kernel/logger.js'
import { asnData, noAsn } from '../../../src/networks/index.js'
import { numericAddress } from '../../../src/networks/addresses/address.js'
import { DamagedAsnFile, parseAsnFile, writeAsnFile } from '../../../src/networks/asn/asn-file.js'
import { readAsnRanges, type AsnRange } from '../../../src/networks/asn/asn-source.js'
import { findAsn } from '../../../src/networks/asn/asn-table.js'
import { compileAsnTable } from '../../../src/networks/asn/compile-asn-table.js'
import { numberOf } from '../../../src/networks/addresses/prefix.js'

const point = (address: string): bigint => numberOf(numericAddress(address)!)
const range = (first: string, last: string, asn: number, name = 'Some Telecom'): AsnRange => ({
  family: first.includes(':') ? 6 : 4,
  first: point(first),
  last: point(last),
  asn,
  name,
})

const RANGES = [
  range('1.0.0.0', '1.0.0.255', 13335, 'Cloudflare, Inc.'),
  range('1.0.1.0', '1.0.1.255', 64500),
  range('1.0.2.0', '1.0.3.255', 64500),
  range('223.255.255.0', '255.255.255.255', 64501, 'Example Hosting Ltd'),
  range('2001:db8::', '2001:db8:0:ffff:ffff:ffff:ffff:ffff', 4294967295),
  range('2001:db8:2::', '2001:db8:2:3:ffff:ffff:ffff:ffff', 64500),
]
const table = compileAsnTable(RANGES)

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stepgate-asn-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

async function loaded(bytes: Uint8Array) {
  const path = join(directory, 'asn.bin')
  await writeFile(path, bytes)
  const errors: string[] = []
  const asn = asnData({ ...silentLogger, error: (_, message) => void errors.push(message) }, path)
  await asn.warmUp()
  await asn.warmUp()
  return { asn, errors }
}

describe('networks from a compiled file', () => {
  it.each([
    ['1.0.0.0', 13335, 'relay'],
    ['1.0.0.255', 13335, 'relay'],
    ['::ffff:1.0.0.7', 13335, 'relay'],
    ['::ffff:100:7', 13335, 'relay'],
    ['1.0.1.0', 64500, null],
    ['1.0.3.255', 64500, null],
    ['255.255.255.255', 64501, 'hosting'],
    ['2001:db8::1', 4294967295, null],
    ['2001:0DB8:0:ffff::', 4294967295, null],
    ['2001:db8:2:3::1%eth0', 64500, null],
  ])('finds the holder of %s', async (address, number, found) => {
    const { asn } = await loaded(writeAsnFile(table))
    expect(asn.lookup(address)).toEqual({ kind: 'found', asn: number, class: found })
  })

  it.each(['0.0.0.0', '1.0.4.0', '223.255.254.255', '::', '2001:db8:1::', '2001:db8:2:4::', 'fe80::1'])(
    'finds no holder of %s',
    async (address) => {
      const { asn } = await loaded(writeAsnFile(table))
      expect(asn.lookup(address)).toEqual({ kind: 'gap', gap: 'not-found' })
    },
  )

  it.each(['', ' ', '1.2.3', '1.0.0.256', '::ffff', 'not an address', '1'.repeat(1_000_000), '1.0.0.0/24', '\0'])(
    'finds no holder of an invalid address',
    async (text) => {
      const { asn } = await loaded(writeAsnFile(table))
      expect(asn.lookup(text)).toEqual({ kind: 'gap', gap: 'not-found' })
    },
  )

  it('is not ready before it is loaded, and off where it is turned off', async () => {
    const asn = asnData(silentLogger, join(directory, 'asn.bin'))
    expect(asn.lookup('1.0.0.0')).toEqual({ kind: 'gap', gap: 'not-ready' })
    await noAsn.warmUp()
    expect(noAsn.lookup('1.0.0.0')).toEqual({ kind: 'gap', gap: 'off' })
    const without = asnData(silentLogger, null, async () => null)
    await without.warmUp()
    expect(without.lookup('1.0.0.0')).toEqual({ kind: 'gap', gap: 'off' })
  })

  it.each<[string, (file: Buffer) => Uint8Array]>([
    ['is empty', () => new Uint8Array()],
    ['ends in its header', (file) => file.subarray(0, 40)],
    ['ends too early', (file) => file.subarray(0, -4)],
    ['goes on too long', (file) => Buffer.concat([file, Buffer.alloc(4)])],
    ['has a bit turned in its rows', (file) => flipped(file, file.length - 30)],
    ['has a bit turned in its digest', (file) => flipped(file, 25)],
    ['has other counts', (file) => flipped(file, 8)],
    ['claims to be huge', (file) => flipped(file, 11)],
    ['is of another version', (file) => flipped(file, 4)],
    ['is something else', () => Buffer.from('%PDF-1.7'.padEnd(200))],
  ])('fails and reports it once when the file %s', async (_, damage) => {
    const damaged = damage(Buffer.from(writeAsnFile(table)))
    expect(() => parseAsnFile(Buffer.from(damaged))).toThrow(DamagedAsnFile)
    const { asn, errors } = await loaded(damaged)
    expect(asn.lookup('1.0.0.0')).toEqual({ kind: 'gap', gap: 'failed' })
    expect(errors).toHaveLength(1)
  })

  it('fails when the configured file is missing', async () => {
    const asn = asnData(silentLogger, join(directory, 'nowhere.bin'))
    await asn.warmUp()
    expect(asn.lookup('1.0.0.0')).toEqual({ kind: 'gap', gap: 'failed' })
  })

  it('comes out of the file as it went in', () => {
    expect(parseAsnFile(writeAsnFile(table))).toEqual(table)
  })
})

const flipped = (file: Buffer, at: number): Buffer => {
  file[at] = (file[at] ?? 0) ^ 0x40
  return file
}

describe('compiling', () => {
  it('joins neighbours of one holder and leaves gaps open', () => {
    expect([...table.v4.starts]).toEqual(
      ['1.0.0.0', '1.0.1.0', '1.0.4.0', '223.255.255.0'].map((text) => Number(point(text))),
    )
    expect([...table.v4.asns]).toEqual([13335, 64500, 0, 64501])
  })

  const anyRange = (family: 4 | 6) =>
    fc
      .record({ start: fc.nat(400), length: fc.integer({ min: 1, max: 40 }), asn: fc.integer({ min: 1, max: 4 }) })
      .map(({ start, length, asn }): AsnRange => {
        const [base, step] = family === 4 ? [point('10.0.0.0'), 1n] : [point('2001:db8::'), 1n << 64n]
        const first = base + BigInt(start) * step
        return { family, first, last: first + BigInt(length) * step - 1n, asn, name: '' }
      })
  const byFirst = (a: AsnRange, b: AsnRange) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0)

  it.each([4, 6] as const)('finds what a walk through all IPv%i ranges finds', async (family) => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRange(family), { maxLength: 30 }), fc.array(fc.nat(460)), async (ranges, probes) => {
        const sorted = ranges.sort(byFirst)
        const compiled = parseAsnFile(writeAsnFile(compileAsnTable(sorted)))
        for (const probe of probes) {
          const text = family === 4 ? `10.0.${probe >> 8}.${probe & 255}` : `2001:db8:0:${probe.toString(16)}::9`
          const at = point(text)
          // Where ranges overlap, the one that began first keeps its part.
          const expected = sorted.find(({ first, last }) => first <= at && at <= last)?.asn ?? null
          expect([text, findAsn(compiled, numericAddress(text)!)]).toEqual([text, expected])
        }
      }),
    )
  })

  it('reads names with commas and quotes, and refuses what is not a range', async () => {
    const v6 = join(directory, 'v6.csv')
    const v4 = join(directory, 'v4.csv')
    await writeFile(v6, '')
    await writeFile(v4, '16777216,16777471,13335,"Cloudflare, ""Inc."""\n16777472,16777473,7,Plain\n')
    const read = [...readAsnRanges({ v4, v6 })]
    expect(read.map(({ asn, name }) => [asn, name])).toEqual([
      [13335, 'Cloudflare, "Inc."'],
      [7, 'Plain'],
    ])
    for (const line of ['x', '5,4,1,Backwards', '1,4294967296,1,Too far', '1,2,4294967296,No such number', '1,2,,']) {
      await writeFile(v4, line)
      expect(() => compileAsnTable(readAsnRanges({ v4, v6 }))).toThrow('v4.csv:1 is not a range')
    }
  })
})
