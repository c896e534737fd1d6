/** A row read from a longer text. */
export interface ParsedRow {
  readonly cells: readonly string[]
  /** Where the next row begins. */
  readonly end: number
  /** Line breaks passed, those inside quotes included. */
  readonly lineBreaks: number
  /** What RFC 4180 does not allow in it; null when it is well formed. */
  readonly says: string | null
}

interface Cell {
  readonly text: string
  /** Where the comma, line break or end after it is. */
  readonly end: number
  readonly isTorn: boolean
}

const QUOTE = '"'

/** Reads the row that begins at `from`; null when the text ends before the row does. */
export function parseRow(text: string, from: number, next: 'more' | 'end'): ParsedRow | null {
  const lineEnd = text.indexOf('\n', from)
  if (lineEnd === -1 && next === 'more') return null
  const line = text.slice(from, lineEnd === -1 ? text.length : lineEnd)
  if (line.includes(QUOTE)) return parseQuotedRow(text, from, next)
  return { cells: withoutReturn(line).split(','), end: from + line.length + 1, lineBreaks: 1, says: null }
}

function parseQuotedRow(text: string, from: number, next: 'more' | 'end'): ParsedRow | null {
  const cells: string[] = []
  let at = from
  let isTorn = false
  for (;;) {
    const cell = text[at] === QUOTE ? quotedCell(text, at) : plainCell(text, at)
    // Without the next character, it is not known whether a quote ends the cell or is part of it.
    if (cell === null || (cell.end >= text.length && next === 'more')) return null
    cells.push(cell.text)
    isTorn ||= cell.isTorn
    at = cell.end + 1
    if (text[cell.end] === ',') continue
    const says = isTorn ? 'has text after a closing quote' : null
    return { cells, end: at, lineBreaks: lineBreaksIn(text, from, at), says }
  }
}

function plainCell(text: string, from: number): Cell {
  const end = nextDelimiter(text, from)
  const cell = text.slice(from, end)
  return { text: text[end] === ',' ? cell : withoutReturn(cell), end, isTorn: false }
}

/** Null when the quote is not closed. */
function quotedCell(text: string, from: number): Cell | null {
  const parts: string[] = []
  let at = from + 1
  for (;;) {
    const quote = text.indexOf(QUOTE, at)
    if (quote === -1) return null
    parts.push(text.slice(at, quote))
    at = quote + 1
    // Two quotes mean one.
    if (text[at] !== QUOTE) break
    parts.push(QUOTE)
    at += 1
  }
  const end = nextDelimiter(text, at)
  return { text: parts.join(''), end, isTorn: withoutReturn(text.slice(at, end)) !== '' }
}

function nextDelimiter(text: string, from: number): number {
  let at = from
  while (at < text.length && text[at] !== ',' && text[at] !== '\n') at += 1
  return at
}

const withoutReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text)

function lineBreaksIn(text: string, from: number, until: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at !== -1 && at < until; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
