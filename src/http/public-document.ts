import type { RequestHandler } from 'express'
import { answerError } from './answer.js'
import { recordOf } from './request-record.js'

const CACHE_SECONDS = 300
const METHODS = 'GET, HEAD, OPTIONS'

/**
 * Public keys and metadata: pages of every origin may read them, without credentials, and every cache may keep them. A new
 * key is published before it is used.
 */
export function publicDocument(document: () => Promise<object> | object): RequestHandler {
  return async (req, res) => {
    recordOf(res).route = 'well-known'
    res.set('Access-Control-Allow-Origin', '*').set('Cross-Origin-Resource-Policy', 'cross-origin')
    if (req.method === 'OPTIONS') {
      const preflight = { 'Access-Control-Allow-Methods': METHODS, 'Access-Control-Allow-Headers': '*' }
      return void res.writeHead(204, { ...preflight, 'Access-Control-Max-Age': '600' }).end()
    }
    if (req.method !== 'GET' && req.method !== 'HEAD') {
      const says = { id: 'http.method', values: { methods: METHODS } } as const
      return answerError(res, { code: 'BAD_USER_INPUT', status: 405, headers: [['Allow', METHODS]], says })
    }
    res.set('Cache-Control', `public, max-age=${CACHE_SECONDS}`).json(await document())
  }
}
