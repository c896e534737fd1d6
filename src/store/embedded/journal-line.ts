import { types } from 'node:util'
import { crc32 } from 'node:zlib'
import type { Place } from './kept-row.js'
import { markLeaves, type Leaves } from './leaves.js'
import { readFirstFormat } from './first-format.js'
import type { JournalRecord, Line, RowPlace, RowText, Written } from './journal-record.js'

type Entry = readonly [id: string, bytes: number, checksum: number, columns?: number, marked?: readonly unknown[]]

/** What comes before the texts. A line that is written has only what is needed. */
interface Head {
  readonly in?: string
  readonly put?: readonly Entry[]
  readonly change?: readonly Entry[]
  readonly remove?: readonly string[]
  readonly synced: number
}

const LINE_END = Buffer.from('\n')
const CHECKSUM_DIGITS = 8

/**
 * A line is `checksum bytes head texts`: the checksum of the rest up to the texts, in hexadecimal digits; how long the
 * head is; the head as JSON, with id, length and checksum of each text, and what the indexes need of it; the texts one
 * after another.
 */
export function lineOf(record: JournalRecord, synced: number): { readonly line: Buffer; readonly places: Written } {
  const [put, change] = [record.put.map(entryOf), record.change.map(entryOf)]
  const head: Head = {
    in: record.collection,
    ...(put.length > 0 ? { put } : {}),
    ...(change.length > 0 ? { change } : {}),
    ...(record.remove.length > 0 ? { remove: record.remove } : {}),
    synced,
  }
  const json = Buffer.from(JSON.stringify(head))
  const begin = Buffer.concat([Buffer.from(`${json.length} `), json])
  const start = CHECKSUM_DIGITS + 1 + begin.length
  const texts = [...record.put, ...record.change].map(({ text }) => text)
  const places = placesOf([...put, ...change], start)
  return {
    line: Buffer.concat([Buffer.from(`${hexadecimal(crc32(begin))} `), begin, ...texts, LINE_END]),
    places: { put: places.slice(0, put.length), change: places.slice(put.length) },
  }
}

/** What a line that begins at this offset says, given without its line feed; null when it is not as it was written. */
export function readLine(line: Buffer, offset: number): Line | null {
  const begin = CHECKSUM_DIGITS + 1
  if (line[begin] === '{'.charCodeAt(0)) return readFirstFormat(line, offset)
  const space = line.indexOf(' ', begin)
  const bytes = Number(line.toString('latin1', begin, space))
  const end = space + 1 + bytes
  if (space < 0 || !Number.isSafeInteger(bytes) || end > line.length) return null
  if (line.toString('latin1', 0, begin) !== `${hexadecimal(crc32(line.subarray(begin, end)))} `) return null
  const head = JSON.parse(line.toString('utf8', space + 1, end)) as Head
  const [put, change] = [head.put ?? [], head.change ?? []]
  const entries = [...put, ...change]
  const places = placesOf(entries, end)
  const last = places.at(-1)
  if ((last ? last.offset + last.bytes : end) !== line.length) return null
  if (!places.every((place) => crc32(line.subarray(place.offset, place.offset + place.bytes)) === place.checksum))
    return null
  const named = entries.map(([id, , , columns, marked], at): RowPlace => {
    const known = columns === undefined || marked === undefined ? undefined : { columns, marked }
    return { id, place: moved(places[at] as Place, offset), known }
  })
  return {
    collection: head.in ?? '',
    put: named.slice(0, put.length),
    change: named.slice(put.length),
    remove: head.remove ?? [],
    synced: head.synced,
  }
}

/** How many bytes a row with a text of this length takes up in a line among others, about. */
export const bytesInLine = (id: string, leaves: Leaves, textBytes: number): number =>
  textBytes + id.length + ENTRY_BYTES + leaves.reduce<number>((sum, leaf) => sum + bytesOfLeaf(leaf), 0)
const ENTRY_BYTES = '["",,4294967295,4294967295,[]],'.length + 4
const DATE_BYTES = '{"$date":1767225600000},'.length
const OTHER_BYTES = '{"$":0},'.length

function bytesOfLeaf(leaf: unknown): number {
  if (typeof leaf === 'string') return leaf.length + '"",'.length
  if (Array.isArray(leaf)) return leaf.reduce<number>((sum, each) => sum + bytesOfLeaf(each), '[],'.length)
  return types.isDate(leaf) ? DATE_BYTES : OTHER_BYTES
}

/** The same place, counted from further ahead. */
export const moved = ({ offset, bytes, checksum }: Place, by: number): Place => ({
  offset: offset + by,
  bytes,
  checksum,
})

const entryOf = ({ id, text, known }: RowText): Entry =>
  known ? [id, text.length, crc32(text), known.columns, markLeaves(known.leaves)] : [id, text.length, crc32(text)]
const hexadecimal = (checksum: number): string => checksum.toString(16).padStart(CHECKSUM_DIGITS, '0')

/** Texts that follow one another from here on. */
function placesOf(entries: readonly Entry[], start: number): Place[] {
  let offset = start
  return entries.map(([, bytes, checksum]) => {
    const place = { offset, bytes, checksum }
    offset += bytes
    return place
  })
}
