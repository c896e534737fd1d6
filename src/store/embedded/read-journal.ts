import { closeSync, openSync, readSync } from 'node:fs'
import { readLine } from './journal-line.js'
import type { Line, RowPlace } from './journal-record.js'
import { KeptRow, type Rows } from './kept-row.js'
import { readLeaves } from './leaves.js'

/** A line that was on the disk cannot be read. Nothing was changed; an operator has to decide. */
export class DamagedDatafile extends Error {
  constructor(
    readonly file: string,
    readonly line: number,
  ) {
    super(
      `${file}: line ${line} cannot be read; restore the file from a backup, or remove the line and lose what it says`,
    )
    this.name = 'DamagedDatafile'
  }
}

export interface ReadJournal {
  readonly rows: Rows
  /** How many texts in it are superseded, by other texts or by a removal. */
  readonly superseded: number
  /** Where the last line that counts ends. What follows was never acknowledged as durable. */
  readonly end: number
  readonly size: number
}

/**
 * Reads where the rows of a journal are. A kill may cut off its last line, and a power cut lose any part of what was not
 * yet on the disk, in any order: everything from the first unreadable line on is left out, unless a line after it says
 * that it was on the disk.
 */
export function readJournal(file: string): ReadJournal {
  const rows: Rows = new Map()
  const texts = new Map<string, string>()
  let superseded = 0
  let end = 0
  let damagedLine: number | null = null
  let line = 0
  const size = eachLine(file, (bytes, lineStart, lineEnd) => {
    line += 1
    const read = lineEnd === null ? null : readLine(bytes, lineStart)
    if (damagedLine !== null && read && read.synced > end) throw new DamagedDatafile(file, damagedLine)
    if (read === null) damagedLine ??= line
    if (read === null || lineEnd === null || damagedLine !== null) return
    const added = replay(rows, read, texts)
    if (added === null) throw new DamagedDatafile(file, line)
    superseded += added
    end = lineEnd
  })
  return { rows, superseded, end, size }
}

/** Answers how many texts the line supersedes; null when it changes a row that is not there. */
function replay(rows: Rows, { collection, put, change, remove }: Line, texts: Map<string, string>): number | null {
  if (put.length + change.length + remove.length === 0) return 0
  const found = rows.get(collection) ?? new Map<string, KeptRow>()
  rows.set(collection, found)
  let superseded = change.length + remove.length
  for (const id of remove) found.delete(id)
  for (const { id, place, known } of put) {
    const before = found.get(id)
    if (before) superseded += 1
    const row = before ?? new KeptRow(id)
    learn(row, known, texts)
    row.put(place)
    found.set(id, row)
  }
  for (const { id, place, known } of change) {
    const row = found.get(id)
    if (!row) return null
    if (known) learn(row, known, texts)
    row.change(place)
  }
  return superseded
}

function learn(row: KeptRow, known: RowPlace['known'], texts: Map<string, string>): void {
  row.columns = known?.columns ?? null
  row.leaves = known ? readLeaves(known.marked, texts) : []
}

const CHUNK_BYTES = 1024 * 1024
const LINE_FEED = 10

/**
 * Calls back with each line, where it starts, and where it ends: null for one without its line feed. The bytes are
 * valid during the call only. Answers the size of the file.
 */
export function eachLine(file: string, take: (line: Buffer, start: number, end: number | null) => void): number {
  const descriptor = openSync(file, 'r')
  try {
    let buffer = Buffer.allocUnsafe(CHUNK_BYTES)
    // The file from `offset` on is in the first `held` bytes; `searched` of them have no line feed.
    let [offset, held, searched] = [0, 0, 0]
    for (;;) {
      if (held === buffer.length) buffer = Buffer.concat([buffer], 2 * held)
      const bytesRead = readSync(descriptor, buffer, held, buffer.length - held, null)
      if (bytesRead === 0) break
      held += bytesRead
      let start = 0
      const bytes = buffer.subarray(0, held)
      for (let at = bytes.indexOf(LINE_FEED, searched); at >= 0; at = bytes.indexOf(LINE_FEED, start)) {
        take(bytes.subarray(start, at), offset + start, offset + at + 1)
        start = at + 1
      }
      buffer.copyWithin(0, start, held)
      offset += start
      held -= start
      searched = held
    }
    if (held > 0) take(buffer.subarray(0, held), offset, null)
    return offset + held
  } finally {
    closeSync(descriptor)
  }
}
