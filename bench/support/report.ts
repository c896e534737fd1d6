import { availableParallelism } from 'node:os'
import { median, type Ratio } from './in-turns.js'

/** Prints a Markdown table; the first row is its head. */
export function printTable(rows: readonly (readonly (string | number)[])[]): void {
  const [head = [], ...body] = rows
  for (const row of [head, head.map(() => '---'), ...body]) console.log(`| ${row.join(' | ')} |`)
}

/** Prints the last line of a bench: what came out, as JSON, with the machine it came out on. */
export function printResult(bench: string, result: Readonly<Record<string, string | number>>): void {
  console.log(`\n${JSON.stringify({ bench, node: process.version, cores: availableParallelism(), ...result })}`)
}

export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))

/** What could not be measured is null. */
export function medianOfKnown(values: readonly (number | null)[], digits: number): number | string {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? 'unknown' : rounded(median(known), digits)
}

export const withInterval = (ratio: Ratio): string =>
  `${ratio.median.toFixed(2)} (${ratio.from.toFixed(2)} to ${ratio.to.toFixed(2)})`
