import { closeSync, openSync, readSync } from 'node:fs'
import { readLine, type JournalRecord } from './journal-line.js'
import type { Row } from './row.js'

/** The rows of every collection, by their ids. */
export type Rows = Map<string, Map<string, Row>>

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
  /** How many rows it puts and removes in all: more than there are rows, when some are superseded. */
  readonly changes: number
  /** Where the last line that counts ends. What follows was never acknowledged as durable. */
  readonly end: number
  readonly size: number
}

/**
 * Reads a journal. A kill may cut off its last line, and a power cut lose any part of what was not yet on the disk, in any
 * order: everything from the first unreadable line on is left out, unless a line after it says that it was on the disk.
 */
export function readJournal(file: string): ReadJournal {
  const rows: Rows = new Map()
  let changes = 0
  let end = 0
  let damagedLine: number | null = null
  let line = 0
  const size = eachLine(file, (bytes, lineEnd) => {
    line += 1
    const read = lineEnd === null ? null : readLine(bytes)
    if (damagedLine !== null && read && read.synced > end) throw new DamagedDatafile(file, damagedLine)
    if (read === null) damagedLine ??= line
    if (read === null || lineEnd === null || damagedLine !== null) return
    changes += replay(rows, read)
    end = lineEnd
  })
  return { rows, changes, end, size }
}

function replay(rows: Rows, { collection, put, remove }: JournalRecord): number {
  if (put.length === 0 && remove.length === 0) return 0
  const found = rows.get(collection) ?? new Map<string, Row>()
  rows.set(collection, found)
  for (const id of remove) found.delete(id)
  for (const row of put) found.set(row._id, row)
  return put.length + remove.length
}

const CHUNK_BYTES = 1024 * 1024
const LINE_FEED = 10

/** Calls back with each line and where it ends, null for one without its line feed. Answers the size of the file. */
export function eachLine(file: string, take: (line: Buffer, end: number | null) => void): number {
  const descriptor = openSync(file, 'r')
  try {
    let offset = 0
    let rest = Buffer.alloc(0)
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
      const bytesRead = readSync(descriptor, chunk)
      if (bytesRead === 0) break
      const bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)])
      let start = 0
      for (let at = bytes.indexOf(LINE_FEED, rest.length); at >= 0; at = bytes.indexOf(LINE_FEED, start)) {
        take(bytes.subarray(start, at), offset + at + 1)
        start = at + 1
      }
      offset += start
      rest = bytes.subarray(start)
    }
    if (rest.length > 0) take(rest, null)
    return offset + rest.length
  } finally {
    closeSync(descriptor)
  }
}
