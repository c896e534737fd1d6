import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readDates } from './row-text.js'
import { DamagedDatafile, eachLine } from './read-journal.js'
import type { Row } from './row.js'

/** Where the files of the store before this one are kept after their rows were taken over. */
const KEPT_IN = 'before-journal'
const EXTENSION = '.jsonl'

/**
 * The rows in the files that Stepgate up to 0.1 wrote, one for each collection: a line of JSON for each change, the last
 * of which counts.
 */
export function readEarlierFiles(directory: string): ReadonlyMap<string, ReadonlyMap<string, Row>> {
  return new Map(
    earlierFiles(directory).map((name) => [name.slice(0, -EXTENSION.length), readFile(join(directory, name))]),
  )
}

/** Moves the earlier files aside: an operator may want to go back. They hold personal data, so see `dropEarlierFiles`. */
export function setEarlierFilesAside(directory: string): void {
  // nedb left its half-written files behind when it was killed.
  const names = readdirSync(directory).filter((name) => /\.jsonl~?$/.test(name))
  if (names.length > 0) mkdirSync(join(directory, KEPT_IN), { recursive: true, mode: 0o700 })
  for (const name of names) renameSync(join(directory, name), join(directory, KEPT_IN, name))
}

/** Deletes the earlier files; answers whether there were any. */
export function dropEarlierFiles(directory: string): boolean {
  const kept = join(directory, KEPT_IN)
  const found = existsSync(kept)
  rmSync(kept, { recursive: true, force: true })
  return found
}

const earlierFiles = (directory: string): string[] => readdirSync(directory).filter((name) => name.endsWith(EXTENSION))

function readFile(file: string): Map<string, Row> {
  const rows = new Map<string, Row>()
  let line = 0
  eachLine(file, (bytes, _start, end) => {
    line += 1
    // A line without its end was never acknowledged. Any other that cannot be read is damage.
    if (end !== null) readChange(rows, parsed(bytes, file, line))
  })
  return rows
}

function readChange(rows: Map<string, Row>, change: Readonly<Record<string, unknown>>): void {
  const id = change['_id']
  // Indexes were noted among the rows.
  if (typeof id !== 'string') return
  if (change['$$deleted'] === true) rows.delete(id)
  else rows.set(id, readDates(change, '$$date') as Row)
}

function parsed(bytes: Buffer, file: string, line: number): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(bytes.toString('utf8')) as Readonly<Record<string, unknown>>
  } catch {
    throw new DamagedDatafile(file, line)
  }
}
