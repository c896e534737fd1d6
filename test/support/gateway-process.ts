import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformFile } from '@swc/core'
import { createClient, type Client, type ClientOptions } from './client.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const START_MILLISECONDS = 60_000

/** A gateway in a process of its own, as an operator starts it. Its clock is the machine's. */
export interface GatewayProcess {
  readonly url: string
  client(options?: ClientOptions): Client
  /** The token of the newest link that this process mailed to the address. */
  linkTokenFor(address: string): Promise<string>
  /** Ends it at once and without warning. */
  kill(): Promise<void>
  /** Asks it to stop. Resolves to its exit code. */
  stop(): Promise<number | null>
}

/** The program, compiled once so that it starts as fast as an installed one. */
export interface GatewayProgram {
  /** Runs `stepgate start` with these settings and waits until it listens. */
  start(env: Readonly<Record<string, string>>): Promise<GatewayProcess>
  discard(): Promise<void>
}

export async function compileGateway(): Promise<GatewayProgram> {
  // Inside node_modules, so that what it imports is found from there.
  const cache = join(ROOT, 'node_modules', '.cache')
  await mkdir(cache, { recursive: true })
  const directory = await mkdtemp(join(cache, 'stepgate-'))
  await writeFile(join(directory, 'package.json'), JSON.stringify({ type: 'module', version: '0.0.0' }))
  const source = join(ROOT, 'src')
  const files = (await readdir(source, { recursive: true })).filter((file) => file.endsWith('.ts'))
  await Promise.all(
    files.map(async (file) => {
      const { code } = await transformFile(join(source, file), { cwd: ROOT, sourceMaps: false })
      const target = join(directory, 'src', file.replace(/\.ts$/, '.js'))
      await mkdir(dirname(target), { recursive: true })
      await writeFile(target, code)
    }),
  )
  return {
    start: (env) => start(relative(ROOT, join(directory, 'src', 'main.js')), env),
    discard: () => rm(directory, { recursive: true, force: true }),
  }
}

async function start(program: string, env: Readonly<Record<string, string>>): Promise<GatewayProcess> {
  const inherited = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' }
  const child = spawn(process.execPath, [program, 'start'], {
    cwd: ROOT,
    env: { ...inherited, NODE_ENV: 'development', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
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
    const tokens = messages.flatMap(({ to, text }) => (to === address ? (/#token=(\S+)/.exec(text)?.[1] ?? []) : []))
    const newest = tokens.at(-1)
    if (newest) return newest
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error('no mail came')
}
