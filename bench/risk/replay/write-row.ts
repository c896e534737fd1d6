const NEEDS_QUOTES = /[",\r\n]/

/** One row of CSV by RFC 4180, with the line break after it. */
export const writeRow = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`

function quoted(cell: string): string {
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
