import type { Response } from 'express'
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

/** Answers with one coded error in the shape of a GraphQL answer, whatever was asked for. */
export function answerError(res: Response, error: ErrorAnswer): void {
  recordOf(res).code = error.code
  for (const [name, value] of error.headers ?? []) res.setHeader(name, value)
  const message = error.message ?? ERROR_CODES[error.code].means
  res
    .status(error.status ?? ERROR_CODES[error.code].http)
    .json({ errors: [{ message, extensions: { ...error.extensions, code: error.code } }] })
}
