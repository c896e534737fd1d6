import { parseArgs } from 'node:util'

/** What somebody asked the program to do. */
export type Command =
  | { readonly kind: 'start' | 'new-key' | 'new-vapid-keys' | 'help' | 'version' }
  | { readonly kind: 'verify-audit'; readonly head: NotedHead | null }
  | { readonly kind: 'mistake'; readonly says: string }

/** Where the audit log ended when somebody noted it. */
export interface NotedHead {
  readonly sequence: number
  readonly hash: string
}

export const HELP = `Usage: stepgate [command]

  start           run the gateway (the default)
  audit verify    check the hash chain of the audit log; exit code 1 when it is broken
    --head N:HASH   … also when this head, noted earlier, is not in it any more
  keys new        print a new key for STEPGATE_KEYS
  keys vapid      print a new pair of keys for Web Push

  --help          print this
  --version       print the version

Everything else is configured by environment variables; see docs/configuration.md.
`

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['', { kind: 'start' }],
  ['start', { kind: 'start' }],
  ['audit verify', { kind: 'verify-audit', head: null }],
  ['keys new', { kind: 'new-key' }],
  ['keys vapid', { kind: 'new-vapid-keys' }],
])

export function readCommand(args: readonly string[]): Command {
  const parsed = parse(args)
  if (!parsed) return { kind: 'mistake', says: 'There is no such option.' }
  if (parsed.values.help) return { kind: 'help' }
  if (parsed.values.version) return { kind: 'version' }
  const command = COMMANDS.get(parsed.positionals.join(' '))
  if (!command) return { kind: 'mistake', says: 'There is no such command.' }
  return parsed.values.head === undefined ? command : withHead(command, parsed.values.head)
}

type Parsed = {
  readonly values: { help?: boolean; version?: boolean; head?: string }
  readonly positionals: readonly string[]
}

function parse(args: readonly string[]): Parsed | null {
  const options = {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
    head: { type: 'string' },
  } as const
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch {
    return null
  }
}

function withHead(command: Command, text: string): Command {
  if (command.kind !== 'verify-audit') return { kind: 'mistake', says: 'Only `audit verify` takes --head.' }
  const [, sequence, hash] = /^([1-9][0-9]{0,14}):([0-9a-f]{64})$/.exec(text) ?? []
  if (!sequence || !hash)
    return { kind: 'mistake', says: 'A head is written SEQUENCE:HASH, as `audit verify` prints it.' }
  return { kind: 'verify-audit', head: { sequence: Number(sequence), hash } }
}
