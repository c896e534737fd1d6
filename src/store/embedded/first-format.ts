import { crc32 } from 'node:zlib'
import type { Line } from './journal-record.js'

const HEAD_BYTES = 9
const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN, CLOSE, COMMA] = [...Buffer.from('"\\[]{},')]

/**
 * Reads a line of the first format of the journal: `checksum json`, the whole line one object that holds its rows. The
 * rows stay where they are, because their text is the same as today.
 */
export function readFirstFormat(line: Buffer, offset: number): Line | null {
  const json = line.subarray(HEAD_BYTES)
  if (line.toString('latin1', 0, HEAD_BYTES) !== `${crc32(json).toString(16).padStart(8, '0')} `) return null
  const listAt = line.indexOf('"put":[') + '"put":['.length
  const { elements, end } = elementsFrom(line, listAt)
  const before = JSON.parse(`${line.toString('utf8', HEAD_BYTES, listAt)}]}`) as { readonly collection: string }
  const after = JSON.parse(`{${line.toString('utf8', end + 2)}`) as Pick<Line, 'remove' | 'synced'>
  return {
    collection: before.collection,
    put: elements.map(([from, to]) => {
      const text = line.subarray(from, to)
      const { _id } = JSON.parse(text.toString('utf8')) as { readonly _id: string }
      return { id: _id, place: { offset: offset + from, bytes: to - from, checksum: crc32(text) } }
    }),
    change: [],
    remove: after.remove,
    synced: after.synced,
  }
}

/** Where the objects of a JSON list begin and end, and where the list does. Its opening bracket comes before `start`. */
function elementsFrom(json: Buffer, start: number): { readonly elements: [number, number][]; readonly end: number } {
  const elements: [number, number][] = []
  let [depth, from] = [0, start]
  for (let at = start; ; at += 1) {
    const byte = json[at]
    if (byte === QUOTE) at = endOfText(json, at)
    else if (byte === OPEN || byte === OPEN_LIST) depth += 1
    else if (depth === 0 && (byte === COMMA || byte === CLOSE_LIST)) {
      if (at > from) elements.push([from, at])
      from = at + 1
      if (byte === CLOSE_LIST) return { elements, end: at }
    } else if (byte === CLOSE || byte === CLOSE_LIST) depth -= 1
    if (at >= json.length) throw new Error('a list without an end')
  }
}

function endOfText(json: Buffer, quote: number): number {
  let end = json.indexOf('"', quote + 1)
  while (isEscaped(json, end)) end = json.indexOf('"', end + 1)
  return end
}

function isEscaped(json: Buffer, at: number): boolean {
  let backslashes = 0
  while (json[at - 1 - backslashes] === BACKSLASH) backslashes += 1
  return backslashes % 2 === 1
}
