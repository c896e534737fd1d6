import type {
  ApolloServerPlugin,
  GraphQLRequestContextDidEncounterErrors,
  GraphQLRequestContextWillSendResponse,
} from '@apollo/server'
import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql'
import { rateLimitHeaders } from '../kernel/rate-limit-headers.js'
import type { Quota } from '../kernel/request-context.js'
import type { Logger } from '../kernel/logger.js'
import { Unavailable } from '../kernel/unavailable.js'
import { explained } from './answer.js'
import { maskError, messageOf, type MaskedError } from './mask-error.js'
import { statusOfRefusal } from './media-type.js'
import type { HttpContext } from './request-context.js'
import type { RequestRecord } from './request-record.js'

const MAX_ERRORS = 20

/** Sets the HTTP status and headers of every response, and logs faults, one line per request. */
export function answerPlugin<Viewer>(logger: Logger): ApolloServerPlugin<HttpContext<Viewer>> {
  const listener = {
    didEncounterErrors: (request: GraphQLRequestContextDidEncounterErrors<HttpContext<Viewer>>): Promise<void> => {
      logFault(logger, request)
      return Promise.resolve()
    },
    willSendResponse: (request: GraphQLRequestContextWillSendResponse<HttpContext<Viewer>>): Promise<void> => {
      const { quota } = request.contextValue
      if (quota) tellQuota(request.response, quota)
      if (request.errors && request.errors.length > 0) finish(request, request.errors)
      return Promise.resolve()
    },
  }
  return { requestDidStart: () => Promise.resolve(listener) }
}

function logFault<Viewer>(logger: Logger, request: GraphQLRequestContextDidEncounterErrors<HttpContext<Viewer>>): void {
  const faults = request.errors.map((error) => maskError(error).fault).filter((fault) => fault !== null)
  const [first] = faults
  if (first === undefined) return
  const { requestId, operationName } = request.contextValue.record
  const fields = { requestId, operation: operationName, faults: faults.length }
  if (first instanceof Unavailable) logger.warn({ ...fields, dependency: first.dependency }, 'a dependency is down')
  else logger.error({ ...fields, err: first }, 'fault')
}

function tellQuota<Viewer>(
  { http }: GraphQLRequestContextWillSendResponse<HttpContext<Viewer>>['response'],
  { limit, left, endsInSeconds }: Quota,
): void {
  for (const [name, value] of rateLimitHeaders(limit, left, endsInSeconds)) http.headers.set(name, value)
}

function finish<Viewer>(
  { response, contextValue: { record } }: GraphQLRequestContextWillSendResponse<HttpContext<Viewer>>,
  errors: readonly GraphQLError[],
): void {
  const masked = errors.map((error) => maskError(error))
  const [first = maskError(null)] = masked
  record.code = first.code
  // Apollo applies the status and headers of any error. They should apply only if the response has no data.
  for (const { headers } of masked) for (const name of headers.keys()) response.http.headers.delete(name)
  if (response.body.kind !== 'single') return
  const result = response.body.singleResult
  if (nothingElseWasAnswered(result, errors)) {
    response.http.status = statusOfRefusal(first.code, record.accepted, Boolean(result.data))
    for (const [name, value] of first.headers) response.http.headers.set(name, value)
  } else {
    response.http.status = 200
  }
  // Apollo formats the errors in order, without knowing the caller's language. Translate them here.
  const shown = result.errors?.slice(0, MAX_ERRORS).map((error, at) => inWords(error, masked[at], record))
  if (shown) result.errors = shown
}

/** The error in the caller's language. A masked fault also carries the request id that is in the log. */
function inWords(
  error: GraphQLFormattedError,
  masked: MaskedError | undefined,
  record: RequestRecord,
): GraphQLFormattedError {
  const { say, requestId } = record
  const said = explained(record, masked ? { ...error, message: messageOf(masked, say) } : error)
  if (error.extensions?.code !== 'INTERNAL_SERVER_ERROR') return said
  return { ...said, extensions: { ...error.extensions, requestId } }
}

/** Whether every root field failed, or none was started. */
function nothingElseWasAnswered({ data }: Pick<ExecutionResult, 'data'>, errors: readonly GraphQLError[]): boolean {
  if (!data) return true
  const failed = new Set(errors.map((error) => error.path?.[0]))
  return Object.entries(data).every(([name, value]) => value === null && failed.has(name))
}
