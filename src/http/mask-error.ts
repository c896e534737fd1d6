import { GraphQLError, isValueNode } from 'graphql'
import { ERROR_CODES, type ErrorCode } from '../kernel/error-codes.js'
import { Refusal } from '../kernel/refusal.js'
import type { Sentence } from '../kernel/sentences.js'
import { Unavailable } from '../kernel/unavailable.js'

/** An error as a client may see it, and the fault behind it, which goes only to the log. */
export interface MaskedError {
  readonly code: ErrorCode
  /** The sentences of the message. Empty if `message` is an application's own. */
  readonly sentences: readonly Sentence[]
  /** The message in English, for callers whose language is not known. */
  readonly message: string
  readonly extensions: Readonly<Record<string, unknown>>
  readonly headers: ReadonlyMap<string, string>
  /** The thrown value, if it was neither a refusal nor the caller's mistake. */
  readonly fault: unknown
}

/** Maps Apollo's codes for invalid requests to ours. */
const REQUEST_ERRORS: Readonly<Record<string, ErrorCode>> = {
  GRAPHQL_PARSE_FAILED: 'GRAPHQL_VALIDATION_FAILED',
  GRAPHQL_VALIDATION_FAILED: 'GRAPHQL_VALIDATION_FAILED',
  OPERATION_RESOLUTION_FAILURE: 'GRAPHQL_VALIDATION_FAILED',
  BAD_USER_INPUT: 'BAD_USER_INPUT',
  BAD_REQUEST: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_FOUND: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_USER_INPUT',
}
const MAX_WRAPPINGS = 10
const NO_HEADERS: ReadonlyMap<string, string> = new Map()

/**
 * Refusals pass unchanged. Every other error becomes one of our codes with its fixed message, so that a response never
 * contains submitted values, schema names or code (R114).
 */
export function maskError(error: unknown): MaskedError {
  const root = rootOf(error)
  if (root instanceof Refusal) return passed(root)
  if (root instanceof Unavailable) return coded('UNAVAILABLE', root)
  const code = requestErrorCode(error) ?? (isWrongArgument(root) ? 'BAD_USER_INPUT' : null)
  return code ? coded(code, null) : coded('INTERNAL_SERVER_ERROR', root)
}

function passed(refusal: Refusal): MaskedError {
  const { http, ...extensions } = refusal.extensions
  const { code, message, sentences } = refusal
  return { code, message, sentences, extensions, headers: headersOf(http), fault: null }
}

function coded(code: ErrorCode, fault: unknown): MaskedError {
  const { says: message } = ERROR_CODES[code]
  const id = `error.${code}` as const
  return { code, message, sentences: [{ id }], extensions: { code, messageId: id }, headers: NO_HEADERS, fault }
}

/** The message of an error, translated by `say`. */
export function messageOf({ sentences, message }: MaskedError, say: (sentence: Sentence) => string): string {
  return sentences.length > 0 ? sentences.map((sentence) => say(sentence)).join(' ') : message
}

/** Unwraps the errors that graphql and Apollo put around the thrown value. */
function rootOf(error: unknown): unknown {
  let root = error
  for (let depth = 0; depth < MAX_WRAPPINGS; depth++) {
    if (root instanceof Refusal || !(root instanceof GraphQLError) || !root.originalError) return root
    root = root.originalError
  }
  return root
}

/** Only errors about the whole request have no path. If a resolver throws such a code, it is a fault. */
function requestErrorCode(error: unknown): ErrorCode | null {
  if (!(error instanceof GraphQLError) || error.path) return null
  return REQUEST_ERRORS[String(error.extensions.code)] ?? null
}

/** graphql finds some wrong arguments, such as an explicit null, only during execution. They carry a value node. */
function isWrongArgument(root: unknown): boolean {
  return root instanceof GraphQLError && root.nodes?.some((node) => isValueNode(node)) === true
}

function headersOf(http: unknown): ReadonlyMap<string, string> {
  if (typeof http !== 'object' || http === null || !('headers' in http)) return NO_HEADERS
  return http.headers instanceof Map ? http.headers : NO_HEADERS
}
