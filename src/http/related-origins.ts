import type { RequestHandler } from 'express'
import { recordOf } from './request-record.js'

const CACHE_SECONDS = 3600

/** The other web origins that may use the passkeys of this domain (WebAuthn Level 3, 5.11.1). */
export function relatedOrigins(origins: readonly string[]): RequestHandler {
  return (_, res) => {
    recordOf(res).route = 'related-origins'
    res.set('Cache-Control', `public, max-age=${CACHE_SECONDS}`).json({ origins })
  }
}
