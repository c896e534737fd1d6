import { destination, pino, type DestinationStream } from 'pino'
import type { Logger } from '../kernel/logger.js'

export interface LoggerSettings {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

export interface FlushableLogger extends Logger {
  /** Writes out what is buffered; call it before the process ends. */
  flush(): void
}

// A second lock: the code names the fields it logs, and none of these is ever among them. Wildcards cover one level.
const SECRET_NAMES = ['password', 'code', 'token', 'mfaToken', 'secret', 'authorization', 'cookie', 'set-cookie']
const REDACTED = SECRET_NAMES.flatMap((name) => [`["${name}"]`, `*["${name}"]`])
const MAX_CAUSES = 3

/** JSON lines on standard output. Line breaks and escape sequences in values are escaped by JSON itself (R117). */
export function createLogger(
  settings: LoggerSettings,
  stream: DestinationStream = destination({ sync: false }),
): FlushableLogger {
  return pino(
    {
      level: settings.level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: REDACTED, censor: '[redacted]' },
      serializers: { err: (error: unknown) => describeError(error) },
    },
    stream,
  )
}

/** What an error says of itself and no more: the properties that drivers hang on their errors can hold a person's data. */
function describeError(error: unknown, depth = 0): unknown {
  if (!isErrorLike(error)) return { type: typeof error }
  const described = { type: error.name, message: error.message, stack: error.stack }
  return error.cause && depth < MAX_CAUSES ? { ...described, cause: describeError(error.cause, depth + 1) } : described
}

const isErrorLike = (error: unknown): error is Error =>
  typeof error === 'object' && error !== null && 'message' in error && 'stack' in error
