import { ERROR_CODES, type ErrorCode } from '../kernel/error-codes.js'

/**
 * The answer that a client asked for with `Accept`:
 * `graphql-response`: `application/graphql-response+json`, also without `Accept` (GraphQL over HTTP, legacy watershed);
 * `json`: it names `application/json`;
 * `anything`: a wildcard covers JSON, as curl and older clients send it;
 * `neither`: it accepts no JSON.
 */
export type AcceptedAnswer = 'graphql-response' | 'json' | 'anything' | 'neither'

interface Range {
  readonly type: string
  readonly quality: number
}

const RESPONSE = 'application/graphql-response+json'
const JSON_TYPE = 'application/json'
const OK = 200
const BAD_REQUEST = 400
const SERVER_ERROR = 500

export function acceptedAnswer(accept: string | undefined): AcceptedAnswer {
  const ranges = rangesOf(accept ?? '')
  if (ranges.length === 0) return 'graphql-response'
  const [response, json] = [qualityOf(ranges, RESPONSE), qualityOf(ranges, JSON_TYPE)]
  if (response === 0 && json === 0) return 'neither'
  // For equal qualities, a named type wins over a wildcard, and the first of two named ones wins.
  const best = Math.max(response, json)
  const named = ranges.find(({ type, quality }) => quality === best && (type === RESPONSE || type === JSON_TYPE))
  if (named?.type === RESPONSE) return 'graphql-response'
  if (named) return 'json'
  return json === best ? 'anything' : 'graphql-response'
}

export function contentTypeOf(accepted: AcceptedAnswer): string {
  return `${accepted === 'graphql-response' ? RESPONSE : JSON_TYPE}; charset=utf-8`
}

/**
 * The status of a well-formed request that was refused as a whole (GraphQL over HTTP, section 6.4). Clients that name
 * `application/json` read a GraphQL response only from a 200. The other type has an error status, unless there is data:
 * a field that is null. Clients that name neither get the status of the code.
 */
export function statusOfRefusal(code: ErrorCode, accepted: AcceptedAnswer, hasData = false): number {
  const { http } = ERROR_CODES[code]
  if (accepted !== 'json' && accepted !== 'graphql-response') return http
  if (hasData) return OK
  if (accepted === 'json') return http < SERVER_ERROR ? OK : http
  return Math.max(http, BAD_REQUEST)
}

function rangesOf(accept: string): readonly Range[] {
  return accept
    .split(',')
    .map((range) => {
      const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
      const quality = parameters.find((parameter) => parameter.startsWith('q='))
      return { type, quality: quality === undefined ? 1 : Number(quality.slice('q='.length)) || 0 }
    })
    .filter(({ type }) => type !== '')
}

/** The most specific range counts (RFC 9110 section 12.5.1); 0: the type is not accepted. */
function qualityOf(ranges: readonly Range[], wanted: string): number {
  for (const candidate of [wanted, 'application/*', '*/*']) {
    const range = ranges.find(({ type }) => type === candidate)
    if (range) return range.quality
  }
  return 0
}
