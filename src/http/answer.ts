import type { IncomingMessage, ServerResponse } from 'node:http'
import { ERROR_CODES, type ErrorCode } from '../kernel/error-codes.js'
import { recordOf } from './request-record.js'

export interface ErrorAnswer {
  readonly code: ErrorCode
  /** Where HTTP has a better word than the code: 404, 405, 413, 415. */
  readonly status?: number
  readonly message?: string
  readonly extensions?: Readonly<Record<string, unknown>>
  readonly headers?: Iterable<readonly [string, string]>
}

/** Looks at a request before it is read; what it objects to is the answer. It may set headers. */
export type Check = (req: IncomingMessage, res: ServerResponse) => ErrorAnswer | null

/** Answers with one coded error in the shape of a GraphQL answer, whatever was asked for. */
export function answerError(res: ServerResponse, error: ErrorAnswer): void {
  recordOf(res).code = error.code
  for (const [name, value] of error.headers ?? []) res.setHeader(name, value)
  const message = error.message ?? ERROR_CODES[error.code].means
  const body = { errors: [{ message, extensions: { ...error.extensions, code: error.code } }] }
  answerText(res, error.status ?? ERROR_CODES[error.code].http, 'application/json; charset=utf-8', JSON.stringify(body))
}

export function answerText(res: ServerResponse, status: number, contentType: string, text: string): void {
  res.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(text) }).end(text)
}
