import { destination, pino, type DestinationStream } from 'pino'
import type { Logger } from '../kernel/logger.js'
import { readableLines } from './readable-lines.js'

export interface LoggerSettings {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Lines for people instead of JSON; JSON unless said otherwise. */
  readonly readable?: boolean
}

export interface FlushableLogger extends Logger {
  /** Writes out what is buffered; call it before the process ends. */
  flush(): void
}

// A second lock: the code names the fields it logs, and none of these is ever among them.
const SECRET_NAMES: ReadonlySet<string> = new Set([
  'password',
  'code',
  'token',
  'mfatoken',
  'secret',
  'authorization',
  'cookie',
  'set-cookie',
])
const MAX_DEPTH = 8
// Lines are written together, because one write per line would cost more than the line itself.
const BUFFER = { sync: false, minLength: 4_096, periodicFlush: 100 } as const
const MAX_CAUSES = 3

/** Lines on standard output. Line breaks and escape sequences in values are escaped (R117). */
export function createLogger(
  settings: LoggerSettings,
  stream: DestinationStream = settings.readable
    ? readableLines((text) => void process.stdout.write(text))
    : destination(BUFFER),
): FlushableLogger {
  return pino(
    {
      level: settings.level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }), log: (fields) => withoutSecrets(fields, MAX_DEPTH) },
      serializers: { err: (error: unknown) => describeError(error) },
    },
    stream,
  )
}

/** pino's own redaction only reaches one level down; this one is recursive. */
function withoutSecrets(fields: object, depth: number): Record<string, unknown> {
  const clean: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields)) {
    const isSecret = SECRET_NAMES.has(name.toLowerCase()) || depth === 0
    clean[name] = isSecret ? '[redacted]' : cleaned(value, depth - 1)
  }
  return clean
}

function cleaned(value: unknown, depth: number): unknown {
  if (Array.isArray(value)) return depth <= 0 ? '[redacted]' : value.map((member) => cleaned(member, depth - 1))
  return isPlain(value) ? withoutSecrets(value, depth) : value
}

const isPlain = (value: unknown): value is object => Object.prototype.toString.call(value) === '[object Object]'

/** An error's own description only: properties that drivers attach to their errors can hold personal data. */
function describeError(error: unknown, depth = 0): unknown {
  if (!isErrorLike(error)) return { type: typeof error }
  const described = { type: error.name, message: error.message, stack: error.stack }
  return error.cause && depth < MAX_CAUSES ? { ...described, cause: describeError(error.cause, depth + 1) } : described
}

const isErrorLike = (error: unknown): error is Error =>
  typeof error === 'object' && error !== null && 'message' in error && 'stack' in error
