import { createHash } from 'node:crypto'
import { NETWORK_CLASSES } from '../classes/network-class.js'
import type { AsnTable } from './asn-table.js'

/*
 * The compiled file, in little-endian words of 32 bits: magic, version, the numbers of rows of IPv4, IPv6 and classes,
 * SHA-256 of these and of everything after the header; then the arrays of `AsnTable`, and pairs of AS number and class.
 */

/** "SGAS" read as a word. */
const MAGIC = 0x53_41_47_53
const VERSION = 1
const HEADER_WORDS = 16
const DIGEST_AT = 5 * 4
const DIGEST_BYTES = 32
const MOST_ROWS = 50_000_000
const IS_LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1

/** The file cannot be used; the message says why. */
export class DamagedAsnFile extends Error {
  constructor(why: string) {
    super(`the ASN file ${why}`)
    this.name = 'DamagedAsnFile'
  }
}

export function writeAsnFile({ v4, v6, classes }: AsnTable): Buffer {
  const pairs = [...classes].flatMap(([asn, found]) => [asn, NETWORK_CLASSES.indexOf(found)])
  const parts = [v4.starts, v4.asns, v6.highs, v6.lows, v6.asns, Uint32Array.from(pairs)]
  const header = Uint32Array.of(MAGIC, VERSION, v4.starts.length, v6.highs.length, classes.size)
  const file = Buffer.concat([
    wordBytes(header),
    Buffer.alloc(HEADER_WORDS * 4 - header.byteLength),
    ...parts.map(wordBytes),
  ])
  digestOf(file).copy(file, DIGEST_AT)
  return file
}

/** Throws `DamagedAsnFile` unless the file is complete and of this version. */
export function parseAsnFile(file: Buffer): AsnTable {
  if (file.length < HEADER_WORDS * 4) throw new DamagedAsnFile('is too short to be one')
  const [magic, version, v4Rows = 0, v6Rows = 0, classRows = 0] = wordsOf(file.subarray(0, DIGEST_AT))
  if (magic !== MAGIC) throw new DamagedAsnFile('is none: build it with `npm run build`')
  if (version !== VERSION) throw new DamagedAsnFile(`has version ${String(version)}, and this is version ${VERSION}`)
  if (Math.max(v4Rows, v6Rows, classRows) > MOST_ROWS) throw new DamagedAsnFile('claims to be larger than any is')
  const length = 4 * (HEADER_WORDS + 2 * v4Rows + 3 * v6Rows + 2 * classRows)
  if (file.length !== length) throw new DamagedAsnFile(`has ${file.length} bytes instead of ${length}`)
  if (!digestOf(file).equals(file.subarray(DIGEST_AT, DIGEST_AT + DIGEST_BYTES)))
    throw new DamagedAsnFile('was changed: its SHA-256 is not the one it names')
  return tableOf(wordsOf(file).subarray(HEADER_WORDS), v4Rows, v6Rows, classRows)
}

function tableOf(words: Uint32Array, v4Rows: number, v6Rows: number, classRows: number): AsnTable {
  let at = 0
  const take = (count: number): Uint32Array => words.subarray(at, (at += count))
  const v4 = { starts: take(v4Rows), asns: take(v4Rows) }
  const v6 = { highs: take(v6Rows), lows: take(v6Rows), asns: take(v6Rows) }
  const pairs = take(2 * classRows)
  const classes = Array.from({ length: classRows }, (_, row) => {
    const found = NETWORK_CLASSES[pairs[2 * row + 1] ?? -1]
    if (found === undefined) throw new DamagedAsnFile('names a class that there is not')
    return [pairs[2 * row] ?? 0, found] as const
  })
  return { v4, v6, classes: new Map(classes) }
}

const digestOf = (file: Buffer): Buffer =>
  createHash('sha256')
    .update(file.subarray(0, DIGEST_AT))
    .update(file.subarray(HEADER_WORDS * 4))
    .digest()

/** A copy, aligned for an array of words and in this machine's byte order. */
function wordsOf(bytes: Buffer): Uint32Array {
  const copy = Buffer.from(new Uint8Array(bytes).buffer)
  if (!IS_LITTLE_ENDIAN) copy.swap32()
  return new Uint32Array(copy.buffer, copy.byteOffset, copy.length / 4)
}

function wordBytes(words: Uint32Array): Buffer {
  const bytes = Buffer.from(words.slice().buffer)
  return IS_LITTLE_ENDIAN ? bytes : bytes.swap32()
}
