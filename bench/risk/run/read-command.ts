import { parseArgs } from 'node:util'

export interface SimulateCommand {
  readonly kind: 'simulate'
  readonly quick: boolean
  readonly seeds: number
  /** Null: as many as the world has. */
  readonly people: number | null
  readonly out: string
}

export type Command =
  | SimulateCommand
  | { readonly kind: 'replay'; readonly events: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'mistake'; readonly says: string }

const DEFAULT_SEEDS = 10
const QUICK_SEEDS = 2

export const HELP = `Measures how often people are asked for a second factor, and which attackers are stopped.

npm run bench:risk -- [options]

  --quick         a small world and ${QUICK_SEEDS} seeds, in about two minutes
  --seeds N       how many worlds to simulate (default ${DEFAULT_SEEDS})
  --people N      how many people live in each
  --out DIR       where risk-benchmark.md and its plots go (default docs)
  --events FILE   score the sign-ins of a CSV file instead, into FILE.scored.csv beside it
  --help          this text
`

const OPTIONS = {
  quick: { type: 'boolean' },
  seeds: { type: 'string' },
  people: { type: 'string' },
  out: { type: 'string' },
  events: { type: 'string' },
  help: { type: 'boolean' },
} as const

/** Reads the command line. */
export function readCommand(args: readonly string[]): Command {
  const values = readOptions(args)
  if (typeof values === 'string') return { kind: 'mistake', says: values }
  if (values.help) return { kind: 'help' }
  if (values.events !== undefined) return readReplay(values, values.events)
  const seeds = readCount(values.seeds)
  if (seeds === 'mistake') return { kind: 'mistake', says: '--seeds takes a whole number above 0.' }
  const people = readCount(values.people)
  if (people === 'mistake') return { kind: 'mistake', says: '--people takes a whole number above 0.' }
  const quick = values.quick === true
  const out = values.out ?? 'docs'
  return { kind: 'simulate', quick, seeds: seeds ?? (quick ? QUICK_SEEDS : DEFAULT_SEEDS), people, out }
}

type Values = ReturnType<typeof parse>

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: false }).values
}

function readOptions(args: readonly string[]): Values | string {
  try {
    return parse(args)
  } catch (error) {
    // Node says which argument it is and what is wrong with it.
    return error instanceof Error ? error.message : String(error)
  }
}

function readReplay(values: Values, events: string): Command {
  const others = (['quick', 'seeds', 'people', 'out'] as const).filter((name) => values[name] !== undefined)
  if (events === '') return { kind: 'mistake', says: '--events takes the name of a file.' }
  if (others.length === 0) return { kind: 'replay', events }
  return { kind: 'mistake', says: `--events simulates nothing, so it goes without --${others.join(' and --')}.` }
}

function readCount(text: string | undefined): number | null | 'mistake' {
  if (text === undefined) return null
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 'mistake'
}
