import { parseArgs } from 'node:util'

/** What somebody asked the program to do. */
export type Command =
  | { readonly kind: 'start' | 'new-key' | 'new-vapid-keys' | 'help' | 'version' }
  | { readonly kind: 'verify-audit'; readonly head: NotedHead | null }
  | { readonly kind: 'admin'; readonly does: OperatorChange }
  | { readonly kind: 'mistake'; readonly says: string }

/** What is to become of the role of operators; `who` is the id or the address of an account. */
export type OperatorChange =
  | { readonly kind: 'list' }
  | { readonly kind: 'grant'; readonly who: string }
  | { readonly kind: 'revoke'; readonly who: string; readonly force: boolean }

/** Where the audit log ended when somebody noted it. */
export interface NotedHead {
  readonly sequence: number
  readonly hash: string
}

export const HELP = `Usage: stepgate [command]

  start             run the gateway (the default)
  admin list        list the operators: the accounts that may use the admin API
  admin grant WHO   make an account an operator; WHO is its id or its e-mail address
  admin revoke WHO  take the role away, from the next request on
    --force           … also from the last operator
  audit verify      check the hash chain of the audit log; exit code 1 when it is broken
    --head N:HASH     … also when this head, noted earlier, is not in it any more
  keys new          print a new key for STEPGATE_KEYS
  keys vapid        print a new pair of keys for Web Push

  --help            print this
  --version         print the version

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
  if (!parsed) return mistake('There is no such option.')
  const { values, positionals } = parsed
  if (values.help) return { kind: 'help' }
  if (values.version) return { kind: 'version' }
  const command = COMMANDS.get(positionals.join(' ')) ?? readAdmin(positionals)
  if (!command) return mistake('There is no such command.')
  return withHead(withForce(command, values.force ?? false), values.head)
}

const mistake = (says: string): Command => ({ kind: 'mistake', says })

function readAdmin([group, verb, who, ...more]: readonly string[]): Command | null {
  if (group !== 'admin' || more.length > 0) return null
  if (verb === 'list' && who === undefined) return { kind: 'admin', does: { kind: 'list' } }
  if (verb !== 'grant' && verb !== 'revoke') return null
  if (!who) return mistake(`\`admin ${verb}\` needs the id or the e-mail address of an account.`)
  return { kind: 'admin', does: verb === 'grant' ? { kind: verb, who } : { kind: verb, who, force: false } }
}

type Parsed = {
  readonly values: { help?: boolean; version?: boolean; head?: string; force?: boolean }
  readonly positionals: readonly string[]
}

function parse(args: readonly string[]): Parsed | null {
  const options = {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
    head: { type: 'string' },
    force: { type: 'boolean' },
  } as const
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch {
    return null
  }
}

function withForce(command: Command, force: boolean): Command {
  if (!force) return command
  if (command.kind !== 'admin' || command.does.kind !== 'revoke') return mistake('Only `admin revoke` takes --force.')
  return { kind: 'admin', does: { ...command.does, force } }
}

function withHead(command: Command, text: string | undefined): Command {
  if (text === undefined) return command
  if (command.kind !== 'verify-audit') return mistake('Only `audit verify` takes --head.')
  const [, sequence, hash] = /^([1-9][0-9]{0,14}):([0-9a-f]{64})$/.exec(text) ?? []
  if (!sequence || !hash) return mistake('A head is written SEQUENCE:HASH, as `audit verify` prints it.')
  return { kind: 'verify-audit', head: { sequence: Number(sequence), hash } }
}
