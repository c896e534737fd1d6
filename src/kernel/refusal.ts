import { GraphQLError } from 'graphql'
import { ERROR_CODES, type ErrorCode } from './error-codes.js'

export interface RefusalDetail {
  readonly message?: string
  /** Further `extensions`, such as `stepUp` or `retryAfterSeconds`. Never a secret, never the submitted value. */
  readonly extensions?: Readonly<Record<string, unknown>>
  /** HTTP headers of the answer when the whole operation is refused. */
  readonly headers?: ReadonlyMap<string, string>
}

/** An answer the caller may see as it is: the only errors that pass the mask unchanged. */
export class Refusal extends GraphQLError {
  readonly code: ErrorCode

  constructor(code: ErrorCode, detail: RefusalDetail = {}) {
    const headers = new Map(detail.headers)
    super(detail.message ?? ERROR_CODES[code].means, {
      extensions: { ...detail.extensions, code, http: { status: ERROR_CODES[code].http, headers } },
    })
    this.code = code
  }
}

export function refuse(code: ErrorCode, detail?: RefusalDetail): Refusal {
  return new Refusal(code, detail)
}

/** A refusal that says when to come back, in `extensions` and in the `Retry-After` header. */
export function refuseUntil(code: 'TOO_MANY_ATTEMPTS' | 'RATE_LIMITED', retryAfterSeconds: number): Refusal {
  const seconds = Math.max(1, Math.ceil(retryAfterSeconds))
  return new Refusal(code, {
    extensions: { retryAfterSeconds: seconds },
    headers: new Map([['retry-after', String(seconds)]]),
  })
}
