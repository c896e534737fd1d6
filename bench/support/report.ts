import { availableParallelism } from 'node:os'

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
