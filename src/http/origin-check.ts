import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Check, ErrorAnswer } from './answer.js'

/** The headers of the gateway's own clients, of GraphQL clients, and of tracing. Others are a setting. */
const ALLOWED_HEADERS = [
  ...['content-type', 'authorization', 'accept', 'accept-language', 'stepgate-device', 'stepgate-device-proof'],
  ...['apollo-require-preflight', 'apollographql-client-name', 'apollographql-client-version'],
  ...['x-apollo-operation-name', 'x-apollo-operation-id', 'x-apollo-operation-type'],
  ...['graphql-client-name', 'graphql-client-version', 'graphql-require-preflight'],
  ...['traceparent', 'tracestate', 'baggage', 'sentry-trace', 'x-request-id', 'x-requested-with'],
] as const
const EXPOSED = 'retry-after, www-authenticate, ratelimit, ratelimit-policy, x-request-id'
const OTHER_SITES: ReadonlySet<unknown> = new Set(['cross-site', 'same-site'])
const FOREIGN: ErrorAnswer = { code: 'FORBIDDEN', says: { id: 'http.foreign-origin' } }

/**
 * Rejects a request whose `Origin` is not exactly on the list, with or without a cookie (R113, C7). Clients other than
 * browsers send no `Origin` and are allowed.
 */
export function originCheck(allowedOrigins: readonly string[]): Check {
  const allowed: ReadonlySet<string> = new Set(allowedOrigins)
  return (req, res) => {
    const { origin } = req.headers
    res.setHeader('Vary', 'Origin')
    if (origin === undefined) return comesFromElsewhere(req) ? FOREIGN : null
    if (!allowed.has(origin)) return FOREIGN
    res.setHeader('Access-Control-Allow-Origin', origin)
    res.setHeader('Access-Control-Allow-Credentials', 'true')
    res.setHeader('Access-Control-Expose-Headers', EXPOSED)
    return null
  }
}

/** Responds to a CORS preflight whose origin has been checked. */
export function preflightAnswerer(moreHeaders: readonly string[]): (res: ServerResponse) => void {
  const headers = {
    'Access-Control-Allow-Methods': 'GET, POST',
    'Access-Control-Allow-Headers': [...new Set([...ALLOWED_HEADERS, ...moreHeaders])].join(', '),
    'Access-Control-Max-Age': '600',
  }
  return (res) => void res.writeHead(204, headers).end()
}

/** Detects a cross-site browser request without `Origin`. GETs are allowed, because links to the sandbox are GETs. */
function comesFromElsewhere({ method, headers }: IncomingMessage): boolean {
  return method !== 'GET' && OTHER_SITES.has(headers['sec-fetch-site'])
}
