import { parseArgs } from 'node:util'

/** What somebody asked the program to do. */
export type Command =
  | { readonly kind: 'start' | 'verify-audit' | 'new-key' | 'help' | 'version' }
  | { readonly kind: 'mistake'; readonly says: string }

export const HELP = `Usage: stepgate [command]

  start           run the gateway (the default)
  audit verify    check the hash chain of the audit log; exit code 1 when it is broken
  keys new        print a new key for STEPGATE_KEYS

  --help          print this
  --version       print the version

Everything else is configured by environment variables; see docs/configuration.md.
`

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['', { kind: 'start' }],
  ['start', { kind: 'start' }],
  ['audit verify', { kind: 'verify-audit' }],
  ['keys new', { kind: 'new-key' }],
])

export function readCommand(args: readonly string[]): Command {
  const parsed = parse(args)
  if (!parsed) return { kind: 'mistake', says: 'There is no such option.' }
  if (parsed.values.help) return { kind: 'help' }
  if (parsed.values.version) return { kind: 'version' }
  return COMMANDS.get(parsed.positionals.join(' ')) ?? { kind: 'mistake', says: 'There is no such command.' }
}

type Parsed = { readonly values: { help?: boolean; version?: boolean }; readonly positionals: readonly string[] }

function parse(args: readonly string[]): Parsed | null {
  const options = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'v' } } as const
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch {
    return null
  }
}
