import type { Readable } from 'node:stream'
import { parseRow } from './parse-row.js'

/** One row of a CSV file, and the line it begins on; the first is 1. */
export type CsvRow =
  | { readonly kind: 'row'; readonly line: number; readonly cells: readonly string[] }
  | { readonly kind: 'malformed'; readonly line: number; readonly says: string }

/** What is longer is a quote that was never closed rather than data; memory must not grow with the file. */
const LONGEST_ROW = 1024 * 1024
const NEVER_CLOSED = 'has a quote that is never closed'
const TOO_LONG = 'is longer than 1 MiB, or has a quote that is never closed'

/** Reads CSV by RFC 4180, with LF or CRLF, with or without a byte order mark. Empty lines are no rows. */
export async function* readRows(stream: Readable): AsyncGenerator<readonly CsvRow[]> {
  const splitter = rowSplitter()
  stream.setEncoding('utf8')
  for await (const chunk of stream) yield splitter.push(String(chunk))
  yield splitter.end()
}

function rowSplitter() {
  let rest = ''
  let line = 1
  let isStart = true
  /** Within a line that was given up and has not ended yet. */
  let isSkipping = false

  const drain = (next: 'more' | 'end'): readonly CsvRow[] => {
    const rows: CsvRow[] = []
    let from = isSkipping ? skipLine(0) : 0
    while (from < rest.length) {
      const parsed = parseRow(rest, from, next)
      if (parsed === null && next === 'more' && rest.length - from <= LONGEST_ROW) break
      if (parsed === null || parsed.end - from > LONGEST_ROW) {
        rows.push({ kind: 'malformed', line, says: next === 'end' && parsed === null ? NEVER_CLOSED : TOO_LONG })
        // Going on after the first line of it loses that one row, and not all that a stray quote swallows.
        from = skipLine(from)
        continue
      }
      const { cells, says } = parsed
      if (says !== null) rows.push({ kind: 'malformed', line, says })
      else if (cells.length > 1 || cells[0] !== '') rows.push({ kind: 'row', line, cells })
      line += parsed.lineBreaks
      from = parsed.end
    }
    rest = rest.slice(from)
    return rows
  }

  /** Where the next line begins; the end of what is there when that is still to come. */
  const skipLine = (from: number): number => {
    const end = rest.indexOf('\n', from)
    isSkipping = end === -1
    if (end === -1) return rest.length
    line += 1
    return end + 1
  }

  return {
    push: (chunk: string): readonly CsvRow[] => {
      rest += isStart ? chunk.replace(/^\uFEFF/, '') : chunk
      isStart = false
      return drain('more')
    },
    end: (): readonly CsvRow[] => drain('end'),
  }
}
