import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformFile } from '@swc/core'
import { createClient, type Client, type ClientOptions } from './client.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const START_MILLISECONDS = 60_000

/** A gateway in a separate process, as an operator starts it. Its clock is the machine's. */
export interface GatewayProcess {
  readonly url: string
  client(options?: ClientOptions): Client
  /** The token of the newest link that this process mailed to the address. */
  linkTokenFor(address: string): Promise<string>
  /** Kills it without warning. */
  kill(): Promise<void>
  /** Asks it to stop. Resolves to its exit code. */
  stop(): Promise<number | null>
}

export interface Finished {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The program, compiled once so that it starts as fast as an installed one. */
export interface GatewayProgram {
  /** Its file, for `node`. */
  readonly entry: string
  /** Runs `stepgate start` with these settings and waits until it listens. */
  start(env: Readonly<Record<string, string>>): Promise<GatewayProcess>
  /** Runs the program with these arguments until it exits. */
  run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Finished>
  discard(): Promise<void>
}

export async function compileGateway(): Promise<GatewayProgram> {
  // Inside node_modules, so that its imports are found from there.
  const cache = join(ROOT, 'node_modules', '.cache')
  await mkdir(cache, { recursive: true })
  const directory = await mkdtemp(join(cache, 'stepgate-'))
  await writeFile(join(directory, 'package.json'), JSON.stringify({ type: 'module', version: '0.0.0' }))
  const source = join(ROOT, 'src')
  const target = join(directory, 'src')
  await cp(source, target, { recursive: true, filter: (path) => !path.endsWith('.ts') })
  const files = (await readdir(source, { recursive: true })).filter((file) => file.endsWith('.ts'))
  await Promise.all(
    files.map(async (file) => {
      const { code } = await transformFile(join(source, file), { cwd: ROOT, sourceMaps: false })
      await writeFile(join(target, file.replace(/\.ts$/, '.js')), code)
    }),
  )
  const program = relative(ROOT, join(directory, 'src', 'main.js'))
  return {
    entry: program,
    start: (env) => start(program, env),
    run: (args, env) => run(program, args, env),
    discard: () => rm(directory, { recursive: true, force: true }),
  }
}

function launch(program: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const inherited = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' }
  const child = spawn(process.execPath, [program, ...args], {
    cwd: ROOT,
    env: { ...inherited, NODE_ENV: 'development', PORT: '0', STEPGATE_ASN_FILE: 'off', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.setEncoding('utf8')
  child.stderr.setEncoding('utf8')
  return child
}

async function run(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Finished> {
  const child = launch(program, args, env)
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (text: string) => (stdout += text))
  child.stderr.on('data', (text: string) => (stderr += text))
  await once(child, 'close')
  return { status: child.exitCode, stdout, stderr }
}

async function start(program: string, env: Readonly<Record<string, string>>): Promise<GatewayProcess> {
  const child = launch(program, ['start'], env)
  const exited = once(child, 'exit')
  let output = ''
  child.stdout.on('data', (text: string) => (output += text))
  child.stderr.on('data', (text: string) => (output += text))
  const url = await listening(
    () => output,
    () => child.exitCode !== null || child.signalCode !== null,
  )
  return {
    url,
    client: (options) => createClient(url, options),
    linkTokenFor: (address) => linkToken(url, address),
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
    stop: async () => {
      child.kill('SIGTERM')
      await exited
      return child.exitCode
    },
  }
}

async function listening(output: () => string, hasEnded: () => boolean): Promise<string> {
  const deadline = performance.now() + START_MILLISECONDS
  while (performance.now() < deadline && !hasEnded()) {
    const line = output()
      .split('\n')
      .find((each) => each.includes('"msg":"listening"'))
    if (line) return (JSON.parse(line) as { readonly url: string }).url
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`the gateway did not start: ${output()}`)
}

async function linkToken(url: string, address: string): Promise<string> {
  const deadline = performance.now() + 5000
  while (performance.now() < deadline) {
    const response = await fetch(`${url}/dev/outbox`, { headers: { accept: 'application/json' } })
    const { messages } = (await response.json()) as { messages: readonly { to: string; text: string }[] }
    const tokens = messages.flatMap(({ to, text }) =>
      to === address ? (/confirm#token=(\S+)/.exec(text)?.[1] ?? []) : [],
    )
    const newest = tokens.at(-1)
    if (newest) return newest
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('no mail came')
}
