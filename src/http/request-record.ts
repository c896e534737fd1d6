import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { ErrorCode } from '../kernel/error-codes.js'
import type { Logger } from '../kernel/logger.js'
import type { Listener, Sentence, Sentences } from '../kernel/sentences.js'
import type { Explanation } from '../policy/index.js'
import type { TrustsHop } from './client-address.js'
import { acceptedAnswer, type AcceptedAnswer } from './media-type.js'
import type { HttpPorts } from './ports.js'

/**
 * What the server knows about a running request. The log contains only the gateway's own names and numbers, except the
 * operation name and names in an invalid document, which the client chooses.
 */
export interface RequestRecord {
  readonly requestId: string
  readonly startedAt: number
  readonly accepted: AcceptedAnswer
  /** The name of the route, never the URL, which can contain tokens. */
  route: string
  operationName: string | null
  code: ErrorCode | null
  /** What is wrong with the request. In the answer during development, otherwise in the log. */
  explanation: Explanation | null
  /** Whose language the response uses. Complete once the caller is identified. */
  listener: Listener
  /** Translates a sentence for that listener. */
  readonly say: (sentence: Sentence) => string
  /** Whether answers contain the explanation. */
  readonly explains: boolean
}

const WELL_FORMED_ID = /^[A-Za-z0-9_-]{8,64}$/
const MAX_NAME = 80
const records = new WeakMap<ServerResponse, RequestRecord>()

/** Gives every request an id, also sent as `X-Request-Id`, and writes one log line when the request ends. */
export function recordRequests(
  { logger, sentences, config }: Pick<HttpPorts<unknown>, 'logger' | 'sentences' | 'config'>,
  trusts: TrustsHop,
): (req: IncomingMessage, res: ServerResponse) => void {
  return (req, res) => {
    const record = newRecord(requestIdOf(req, trusts), req.headers, {
      sentences,
      explains: config.server.introspection,
    })
    records.set(res, record)
    res.setHeader('X-Request-Id', record.requestId)
    res.once('close', () => log(logger, record, req, res))
  }
}

export function recordOf(res: ServerResponse): RequestRecord {
  const record = records.get(res)
  if (!record) throw new Error('the request was not recorded')
  return record
}

function newRecord(
  requestId: string,
  headers: IncomingHttpHeaders,
  { sentences, explains }: { readonly sentences: Sentences; readonly explains: boolean },
): RequestRecord {
  const record: RequestRecord = {
    ...{ requestId, startedAt: performance.now(), route: 'other', operationName: null, code: null },
    ...{ explanation: null, explains },
    accepted: acceptedAnswer(headers.accept),
    listener: { acceptLanguage: headers['accept-language'] ?? '', accountLanguage: null },
    say: (sentence) => sentences.say(sentence, record.listener),
  }
  return record
}

/** Accepts an id only from a trusted proxy. Other clients could make two requests look like one. */
function requestIdOf({ headers, socket }: IncomingMessage, trusts: TrustsHop): string {
  const given = headers['x-request-id']
  if (typeof given === 'string' && WELL_FORMED_ID.test(given) && trusts(socket.remoteAddress ?? '', 0)) return given
  return randomUUID()
}

/** A suggestion is for the developer at the keyboard. */
const withoutSuggestion = (message: string): string => message.replace(/ Did you mean .*$/s, '')

function log(logger: Logger, record: RequestRecord, req: IncomingMessage, res: ServerResponse): void {
  const fields = {
    requestId: record.requestId,
    method: req.method,
    route: record.route,
    operation: record.operationName?.slice(0, MAX_NAME) ?? null,
    errorCode: record.code,
    ...(record.explanation && !record.explains ? { reason: withoutSuggestion(record.explanation.message) } : {}),
    status: res.writableFinished ? res.statusCode : null,
    ms: Math.round((performance.now() - record.startedAt) * 10) / 10,
  }
  // Probes come every few seconds, so successful ones are not logged.
  if (record.route === 'health' && res.statusCode < 400) return logger.debug(fields, 'request')
  logger.info(fields, 'request')
}
