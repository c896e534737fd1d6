import { GraphQLError } from 'graphql'
import { ERROR_CODES, type ErrorCode } from './error-codes.js'
import { rateLimitHeaders, type NamedRate } from './rate-limit-headers.js'
import type { Sentence, SentenceId } from './sentences.js'

export interface RefusalDetail {
  /** The message, as one or more sentence ids. If missing, the sentence of the error code is used. */
  readonly says?: SentenceId | Sentence | readonly Sentence[] | undefined
  /** An application's own message. It is sent unchanged and not translated. */
  readonly message?: string | undefined
  /** Further `extensions`, such as `stepUp` or `retryAfterSeconds`. Never contains secrets or submitted values. */
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
  /** HTTP headers of the response if the whole operation is refused. */
  readonly headers?: ReadonlyMap<string, string> | undefined
}

/** An error that the caller may see. Only these errors pass `maskError` unchanged. */
export class Refusal extends GraphQLError {
  readonly code: ErrorCode
  /** Translated when the response is written. Empty if `message` is an application's own. */
  readonly sentences: readonly Sentence[]

  constructor(code: ErrorCode, detail: RefusalDetail = {}) {
    const headers = new Map(detail.headers)
    const sentences = sentencesOf(code, detail)
    const messageId = sentences[0]?.id
    super(detail.message ?? ERROR_CODES[code].says, {
      extensions: {
        ...detail.extensions,
        code,
        ...(messageId === undefined ? {} : { messageId }),
        http: { status: ERROR_CODES[code].http, headers },
      },
    })
    this.code = code
    this.sentences = sentences
  }
}

function sentencesOf(code: ErrorCode, { says, message }: RefusalDetail): readonly Sentence[] {
  if (says === undefined) return message === undefined ? [{ id: `error.${code}` }] : []
  if (typeof says === 'string') return [{ id: says }]
  return 'id' in says ? [says] : says
}

export function refuse(code: ErrorCode, detail?: RefusalDetail): Refusal {
  return new Refusal(code, detail)
}

const WAITS = {
  TOO_MANY_ATTEMPTS: { says: 'wait.attempts', limit: 'attempts' },
  RATE_LIMITED: { says: 'wait.requests', limit: 'requests' },
} as const

/**
 * A refusal that says when to retry, in `extensions` and in the headers `Retry-After` and `RateLimit`. `limit` is the
 * limit that was reached, if the wait is that of a limit.
 */
export function refuseUntil(code: keyof typeof WAITS, retryAfterSeconds: number, limit?: NamedRate): Refusal {
  const seconds = Math.max(1, Math.ceil(retryAfterSeconds))
  return new Refusal(code, {
    says: { id: WAITS[code].says, values: { wait: { seconds } } },
    extensions: { retryAfterSeconds: seconds },
    headers: new Map([['retry-after', String(seconds)], ...rateLimitHeaders(limit ?? WAITS[code].limit, 0, seconds)]),
  })
}
