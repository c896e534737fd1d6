#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { createApp, type App } from './compose/app.js'
import { checkInstallation } from './compose/check-installation.js'
import {
  checkProofCommand,
  KeySetError,
  publishedKeys,
  stateFile,
  StateFileError,
  type FindKey,
} from './audit/index.js'
import { ConfigError, HELP, KeyFileError, loadKeys, newKeyText, readCommand, readConfig } from './config/index.js'
import { createKeyRing } from './kernel/key-ring.js'
import { newVapidKeys } from './delivery/index.js'
import { createLogger } from './logging/index.js'
import type { Logger } from './kernel/logger.js'
import { TemplateError } from './messages/index.js'
import { SetupFault, systemErrorIn } from './kernel/setup-fault.js'
import { Unavailable } from './kernel/unavailable.js'
import { NetworkClassesError } from './networks/index.js'
import { DamagedDatafile, DirectoryInUse } from './store/index.js'

const USAGE_ERROR = 2
/** `audit` commands: nothing is known about the log, because it or something else could not be read. */
const NOT_CHECKED = 2
/** Errors that explain themselves: a stack trace would only hide the message. */
const SELF_EXPLAINING = [
  ConfigError,
  KeyFileError,
  TemplateError,
  NetworkClassesError,
  SetupFault,
  Unavailable,
  DirectoryInUse,
  DamagedDatafile,
  StateFileError,
  KeySetError,
] as const

// Only the program writes output and exits; everything below just returns an exit code.
const args = process.argv.slice(2)
// "Broken" is 1, so whatever kept an audit command from an answer must be something else.
process.exit(await run(args).catch((error: unknown) => reportFailure(error, args[0] === 'audit' ? NOT_CHECKED : 1)))

async function run(args: readonly string[]): Promise<number> {
  const command = readCommand(args)
  switch (command.kind) {
    case 'start':
      return serve()
    case 'check':
      return check()
    case 'verify-audit':
      return withApp((app) =>
        app.verifyAudit(printLine, {
          ...{ noted: command.noted, after: command.resume ? command.noted : null, printProgress: printProblem },
          state: command.state === null ? null : stateFile(command.state),
        }),
      )
    case 'prove-event':
      return withApp((app) => app.proveEvent(command.eventId, printLine, printProblem))
    case 'check-proof':
      return checkProofCommand(
        { findKey: await keysFor(command.jwks), print: printLine },
        readFileSync(command.proof, 'utf8'),
      )
    case 'admin':
      return withApp((app) => app.administer(command.does, printLine))
    case 'new-key':
      return print(`${newKeyText()}\n`)
    case 'new-vapid-keys':
      return print(vapidSettings())
    case 'help':
      return print(HELP)
    case 'version':
      return print(`${version()}\n`)
    case 'mistake':
      process.stderr.write(`${command.says}\n\n${HELP}`)
      return USAGE_ERROR
  }
}

/** One line for each part of the installation, so that a deployment can stop before anything is served. */
async function check(): Promise<number> {
  const findings = await checkInstallation(readConfig(), createLogger({ level: 'silent' }))
  for (const { state, about, says } of findings) printLine(`${state.padEnd(5)} ${about.padEnd(8)} ${says}`)
  return findings.some(({ state }) => state === 'wrong') ? 1 : 0
}

async function serve(): Promise<number> {
  const config = readConfig()
  const logger = createLogger({ level: config.logLevel, readable: process.stdout.isTTY })
  const stop = stopRequested(logger)
  const app = await createApp({ config, logger })
  process.on('SIGHUP', () => void app.reload())
  try {
    const server = await app.listen()
    logger.info({ url: server.url, publicUrl: config.server.publicUrl }, 'listening')
    for (const { name, path } of server.links) printProblem(`${name}: ${config.server.publicUrl}/${path}`)
    if (server.links.length > 0) printProblem('Guides: README.md and docs/')
    await app.loadTheRest()
    return await stop
  } finally {
    await app.close()
    logger.info({}, 'stopped')
  }
}

/** Runs a command on the gateway's data, without serving requests. */
async function withApp(command: (app: App) => Promise<number>): Promise<number> {
  const app = await createApp({ config: readConfig(), logger: createLogger({ level: 'warn' }) })
  try {
    return await command(app)
  } finally {
    await app.close()
  }
}

function printLine(line: string): void {
  print(`${line}\n`)
}

function printProblem(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** The published keys, or those this installation signs with. */
async function keysFor(jwks: string | null): Promise<FindKey> {
  if (jwks !== null) return publishedKeys(jwks)
  const { keys, store } = readConfig()
  const masters = keys.length > 0 ? keys : await loadKeys(store.dataDirectory)
  if (!masters) throw new KeySetError(store.dataDirectory, 'is not there: give --jwks')
  const ring = createKeyRing(masters)
  return (keyId) => ring.find(keyId)?.verifying ?? null
}

/** Resolves with an exit code at the first signal or uncaught error; a second signal exits at once. */
function stopRequested(logger: Logger): Promise<number> {
  // A rejection that reaches this point cost one request its answer, but did not damage the gateway's state.
  process.on('unhandledRejection', (reason) => logger.error({ err: reason }, 'unhandled promise rejection'))
  return new Promise((resolve) => {
    process.on('uncaughtException', (error) => {
      logger.error({ err: error }, 'uncaught; stopping')
      resolve(1)
    })
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        logger.info({ signal }, 'stopping')
        process.once(signal, () => process.exit(1))
        resolve(0)
      })
    }
  })
}

function reportFailure(error: unknown, status: number): number {
  printProblem(error instanceof Error ? textOf(error) : String(error))
  return status
}

function textOf(error: Error): string {
  const explainsItself = SELF_EXPLAINING.some((kind) => error instanceof kind) || systemErrorIn(error) !== null
  return explainsItself ? error.message : (error.stack ?? error.message)
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}

function vapidSettings(): string {
  const { publicKey, privateKey } = newVapidKeys()
  return `STEPGATE_VAPID_PUBLIC_KEY=${publicKey}\nSTEPGATE_VAPID_PRIVATE_KEY=${privateKey}\n`
}

function version(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return version
}
