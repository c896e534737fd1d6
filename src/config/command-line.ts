import { parseArgs } from 'node:util'

/** The command that the program was started with. */
export type Command =
  | { readonly kind: 'start' | 'check' | 'new-key' | 'new-vapid-keys' | 'help' | 'version' }
  | {
      readonly kind: 'verify-audit'
      readonly noted: NotedCheckpoint | null
      readonly resume: boolean
      readonly state: string | null
    }
  | { readonly kind: 'prove-event'; readonly eventId: string }
  | { readonly kind: 'check-proof'; readonly proof: string; readonly jwks: string | null }
  | { readonly kind: 'admin'; readonly does: OperatorChange }
  | { readonly kind: 'mistake'; readonly says: string }

/** A change to the role of operators; `who` is the id or the address of an account. */
export type OperatorChange =
  | { readonly kind: 'list' }
  | { readonly kind: 'grant'; readonly who: string }
  | { readonly kind: 'revoke'; readonly who: string; readonly force: boolean }

/** A checkpoint of the audit log that an operator noted. */
export interface NotedCheckpoint {
  readonly number: number
  readonly hash: string
}

export const HELP = `Usage: stepgate [command]

  start             run the gateway (the default)
  check             check settings, keys, files, store, clock, mail and proxies, without serving; exit code 0: fine,
                    1: something has to be changed
  admin list        list the operators: the accounts that may use the admin API
  admin grant WHO   make an account an operator; WHO is its id or its e-mail address
  admin revoke WHO  take the role away, from the next request on
    --force           … even if no operator is left
  audit verify      check the audit log; exit code 0: intact, 1: broken, 2: it could not be checked
    --checkpoint N:HASH   … also when it no longer contains this checkpoint, noted earlier
    --resume              … only the events after that checkpoint
    --state FILE          … only the events after the last check with this FILE, also after an interrupted one
  audit prove ID    print a proof that an event is in the audit log, as JSON
  audit check FILE  check such a proof, without the log
    --jwks FILE|URL       … by the keys published at /.well-known/jwks.json; this installation's by default
  keys new          print a new key for STEPGATE_KEYS
  keys vapid        print a new pair of keys for Web Push

  --help            print this
  --version         print the version

Everything else is configured by environment variables; see docs/configuration.md.
`

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['', { kind: 'start' }],
  ['start', { kind: 'start' }],
  ['check', { kind: 'check' }],
  ['audit verify', { kind: 'verify-audit', noted: null, resume: false, state: null }],
  ['keys new', { kind: 'new-key' }],
  ['keys vapid', { kind: 'new-vapid-keys' }],
])

export function readCommand(args: readonly string[]): Command {
  const parsed = parse(args)
  if (!parsed) return mistake('Unknown option.')
  const { values, positionals } = parsed
  if (values.help) return { kind: 'help' }
  if (values.version) return { kind: 'version' }
  const command = COMMANDS.get(positionals.join(' ')) ?? readAdmin(positionals) ?? readProof(positionals)
  if (!command) return mistake('Unknown command.')
  return withJwks(withCheckpoint(withForce(command, values.force ?? false), values), values.jwks)
}

const mistake = (says: string): Command => ({ kind: 'mistake', says })

function readAdmin([group, verb, who, ...more]: readonly string[]): Command | null {
  if (group !== 'admin' || more.length > 0) return null
  if (verb === 'list' && who === undefined) return { kind: 'admin', does: { kind: 'list' } }
  if (verb !== 'grant' && verb !== 'revoke') return null
  if (!who) return mistake(`\`admin ${verb}\` needs the id or the e-mail address of an account.`)
  return { kind: 'admin', does: verb === 'grant' ? { kind: verb, who } : { kind: verb, who, force: false } }
}

interface Options {
  readonly help?: boolean
  readonly version?: boolean
  readonly force?: boolean
  readonly checkpoint?: string
  readonly resume?: boolean
  readonly state?: string
  readonly jwks?: string
}

type Parsed = {
  readonly values: Options
  readonly positionals: readonly string[]
}

function parse(args: readonly string[]): Parsed | null {
  const options = {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean', short: 'v' },
    force: { type: 'boolean' },
    checkpoint: { type: 'string' },
    resume: { type: 'boolean' },
    state: { type: 'string' },
    jwks: { type: 'string' },
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

function withCheckpoint(command: Command, { checkpoint, resume = false, state }: Options): Command {
  if (checkpoint === undefined && !resume && state === undefined) return command
  if (command.kind !== 'verify-audit') return mistake('Only `audit verify` takes --checkpoint, --resume and --state.')
  if (checkpoint === undefined) {
    return resume ? mistake('--resume needs the checkpoint to resume from.') : { ...command, state: state ?? null }
  }
  if (state !== undefined) return mistake('--state keeps its own checkpoint: give only one of the two.')
  const [, number, hash] = /^([1-9][0-9]{0,11}):([0-9a-f]{64})$/.exec(checkpoint) ?? []
  if (!number || !hash) return mistake('A checkpoint is written NUMBER:HASH, as `audit verify` prints it.')
  return { ...command, noted: { number: Number(number), hash }, resume }
}

function readProof([group, verb, what, ...more]: readonly string[]): Command | null {
  if (group !== 'audit' || more.length > 0 || (verb !== 'prove' && verb !== 'check')) return null
  if (verb === 'prove') {
    return what ? { kind: 'prove-event', eventId: what } : mistake('`audit prove` needs the id of an event.')
  }
  return what ? { kind: 'check-proof', proof: what, jwks: null } : mistake('`audit check` needs the file of a proof.')
}

function withJwks(command: Command, jwks: string | undefined): Command {
  if (jwks === undefined) return command
  return command.kind === 'check-proof' ? { ...command, jwks } : mistake('Only `audit check` takes --jwks.')
}
