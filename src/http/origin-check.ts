import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Check, ErrorAnswer } from './answer.js'

const PREFLIGHT_HEADERS = {
  'Access-Control-Allow-Methods': 'GET, POST',
  'Access-Control-Allow-Headers':
    'content-type, authorization, stepgate-device, stepgate-device-proof, apollo-require-preflight',
  'Access-Control-Max-Age': '600',
} as const
const EXPOSED = 'retry-after, www-authenticate, x-request-id'
const OTHER_SITES: ReadonlySet<unknown> = new Set(['cross-site', 'same-site'])
const FOREIGN: ErrorAnswer = { code: 'FORBIDDEN', says: { id: 'http.foreign-origin' } }

/**
 * Cross-origin rules: an `Origin` is on the list, letter by letter, or the request is refused, before and after the
 * cookie exists (R113, C7). Clients that are no browsers send none and are let through.
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

/** Answers a browser that asks before it calls; its origin has been checked. */
export function answerPreflight(res: ServerResponse): void {
  res.writeHead(204, PREFLIGHT_HEADERS).end()
}

/** A browser that hides the origin of a request from another site; links to the sandbox are plain GETs. */
function comesFromElsewhere({ method, headers }: IncomingMessage): boolean {
  return method !== 'GET' && OTHER_SITES.has(headers['sec-fetch-site'])
}
