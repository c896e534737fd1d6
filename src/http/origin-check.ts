import type { Request, RequestHandler } from 'express'
import { answerError } from './answer.js'

const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Methods': 'GET, POST',
  'Access-Control-Allow-Headers': 'content-type, authorization, stepgate-device, apollo-require-preflight',
  'Access-Control-Max-Age': '600',
}
const EXPOSED = 'retry-after, www-authenticate, x-request-id'
const OTHER_SITES: ReadonlySet<unknown> = new Set(['cross-site', 'same-site'])

/**
 * Cross-origin rules: an `Origin` is on the list, letter by letter, or the request is refused, before and after the
 * cookie exists (R113, C7). Clients that are no browsers send none and are let through.
 */
export function originCheck(allowedOrigins: readonly string[]): RequestHandler {
  const allowed: ReadonlySet<string> = new Set(allowedOrigins)
  return (req, res, next) => {
    const { origin } = req.headers
    res.setHeader('Vary', 'Origin')
    if (origin === undefined ? comesFromElsewhere(req) : !allowed.has(origin)) {
      return answerError(res, { code: 'FORBIDDEN', message: 'This origin may not call the API.' })
    }
    if (origin !== undefined) {
      res.setHeader('Access-Control-Allow-Origin', origin)
      res.setHeader('Access-Control-Allow-Credentials', 'true')
      res.setHeader('Access-Control-Expose-Headers', EXPOSED)
    }
    if (req.method !== 'OPTIONS') return next()
    for (const [name, value] of Object.entries(PREFLIGHT_HEADERS)) res.setHeader(name, value)
    res.status(204).end()
  }
}

/** A browser that hides the origin of a request from another site; links to the sandbox are plain GETs. */
function comesFromElsewhere(req: Request): boolean {
  return req.method !== 'GET' && OTHER_SITES.has(req.headers['sec-fetch-site'])
}
