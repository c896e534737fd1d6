import { types } from 'node:util'
import { crc32 } from 'node:zlib'
import type { Row } from './row.js'

/** What one line of the journal says: rows of a collection put (whole, by their ids) and removed. */
export interface JournalRecord {
  readonly collection: string
  readonly put: readonly Row[]
  readonly remove: readonly string[]
}

interface Line extends JournalRecord {
  /** So many bytes of the file were known to be on the disk when the line was written. */
  readonly synced: number
}

/** A line is `checksum json`, the checksum in eight hexadecimal digits. */
export function lineOf(record: JournalRecord, synced: number): string {
  const json = JSON.stringify({ ...record, put: markDates(record.put), synced })
  return `${checksumOf(json)} ${json}\n`
}

/** What a line says, given without its line feed; null when it is not as it was written. */
export function readLine(line: Buffer): Line | null {
  const json = line.subarray(9)
  if (line.toString('latin1', 0, 9) !== `${checksumOf(json)} `) return null
  return readDates(JSON.parse(json.toString('utf8'))) as Line
}

const checksumOf = (json: string | Buffer): string => crc32(json).toString(16).padStart(8, '0')

/** A copy with dates as `{ $date }`, which no document has. Half as slow as a replacer, which is asked for every value. */
function markDates(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(markDates)
  if (types.isDate(value)) return { $date: value.getTime() }
  const copy: Record<string, unknown> = { ...value }
  for (const key of Object.keys(copy)) copy[key] = markDates(copy[key])
  return copy
}

/** Puts dates in the place of what `mark` names, inside a value fresh from `JSON.parse`. */
export function readDates(value: unknown, mark = '$date'): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) value[at] = readDates(value[at], mark)
    return value
  }
  const fields = value as Record<string, unknown>
  if (typeof fields[mark] === 'number') return new Date(fields[mark])
  for (const key of Object.keys(fields)) {
    const inner = fields[key]
    if (typeof inner === 'object' && inner !== null) fields[key] = readDates(inner, mark)
  }
  return fields
}
