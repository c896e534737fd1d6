import type { IncomingMessage, ServerResponse } from 'node:http'
import { ERROR_CODES, type ErrorCode } from '../kernel/error-codes.js'
import type { Sentence } from '../kernel/sentences.js'
import type { Explanation } from '../policy/index.js'
import { contentTypeOf } from './media-type.js'
import { recordOf, type RequestRecord } from './request-record.js'

export interface ErrorAnswer {
  readonly code: ErrorCode
  /** Replaces the status of the code where HTTP has a more precise one: 404, 405, 406, 413, 415. */
  readonly status?: number
  /** The message. If missing, the sentence of the code is used. */
  readonly says?: Sentence
  /** A message that programs compare. It is never translated. */
  readonly fixedMessage?: string
  readonly extensions?: Readonly<Record<string, unknown>>
  readonly headers?: Iterable<readonly [string, string]>
}

/** Checks a request before its body is read. Returns the error to send, or null. It may set response headers. */
export type Check = (req: IncomingMessage, res: ServerResponse) => ErrorAnswer | null

/** Sends one coded error in the shape of a GraphQL response, on every route. */
export function answerError(res: ServerResponse, error: ErrorAnswer): void {
  const says = error.says ?? { id: `error.${error.code}` as const }
  const { code, fixedMessage: message } = error
  if (message !== undefined) return answerInWords(res, error, { message, extensions: { ...error.extensions, code } })
  const extensions = { ...error.extensions, code, messageId: says.id }
  const record = recordOf(res)
  answerInWords(res, error, { ...explained(record, { message: record.say(says) }), extensions })
}

/** During development, graphql's own words take the place of the sentence. */
export const explained = <T extends object>(
  { explains, explanation }: RequestRecord,
  shown: T,
): T & Partial<Explanation> => (explains && explanation ? { ...shown, ...explanation } : shown)

interface ShownError extends Explanation {
  readonly extensions: Readonly<Record<string, unknown>>
}

/** Sends an error whose message is already translated. */
export function answerInWords(
  res: ServerResponse,
  error: Omit<ErrorAnswer, 'says' | 'fixedMessage' | 'extensions'>,
  shown: ShownError,
): void {
  const record = recordOf(res)
  record.code = error.code
  for (const [name, value] of error.headers ?? []) res.setHeader(name, value)
  const body = JSON.stringify({ errors: [shown] })
  answerText(res, error.status ?? ERROR_CODES[error.code].http, contentTypeOf(record.accepted), body)
}

export function answerText(res: ServerResponse, status: number, contentType: string, text: string): void {
  res.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(text) }).end(text)
}
