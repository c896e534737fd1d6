import type { RequestHandler } from 'express'
import { recordOf } from './request-record.js'

const CACHE_SECONDS = 300

/** The public keys of access tokens and proofs. Clients may cache them: a new key is published before it is used. */
export function jwksEndpoint(jwks: () => Promise<object>): RequestHandler {
  return async (_, res) => {
    recordOf(res).route = 'jwks'
    const keys = await jwks()
    res.set('Cache-Control', `public, max-age=${CACHE_SECONDS}`).json(keys)
  }
}
