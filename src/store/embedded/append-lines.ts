import { appendFileSync } from 'node:fs'
import { types } from 'node:util'

/** How nedb hands over what has changed, to be appended to its file. */
interface Persistence {
  persistNewStateAsync(documents: readonly object[]): Promise<void>
}

/**
 * Lets a datafile append its lines at once. nedb asks the thread pool to open the file, to write and to close it, which
 * takes five times the processor time of the write itself; what is appended goes into the page cache and waits for no
 * disk. The file is opened by its name every time, so one that was moved or replaced is noticed.
 */
export function appendAtOnce(datafile: { readonly persistence: object }, file: string, mode: number): void {
  const persistence = datafile.persistence as Persistence
  persistence.persistNewStateAsync = async (documents) => {
    if (documents.length > 0) appendFileSync(file, documents.map(lineOf).join(''), { mode })
  }
}

const lineOf = (document: object): string => `${escapeLineBreaks(JSON.stringify(markDates(document)))}\n`

/** A copy with dates as nedb reads them. Half as slow as a replacer, which JSON.stringify calls for every value. */
function markDates(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(markDates)
  if (types.isDate(value)) return { $$date: value.getTime() }
  const copy: Record<string, unknown> = { ...value }
  for (const key of Object.keys(copy)) copy[key] = markDates(copy[key])
  return copy
}

/** nedb reads these as ends of line but JSON leaves them as they are: one in a name would tear the line apart. */
export function escapeLineBreaks(line: string): string {
  return line.replace(
    /[\u0085\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
