import express, { type Response, type Router } from 'express'
import { answerError } from '../../answer.js'
import { MANIFEST, pageMarkup, type PushPageSettings } from './markup.js'
import { readPageFile } from '../read-page-file.js'
import { onlyMethods } from '../../request-checks.js'
import { recordOf } from '../../request-record.js'

const SCRIPTS = ['page.js', 'device-store.js', 'gateway.js', 'notifications.js', 'request-card.js', 'sw.js'] as const
const SCRIPT_TYPE = 'text/javascript; charset=utf-8'

/** Nothing from elsewhere, nothing inline, and no frame around it, in which an approval could be clicked unseen. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The page on the devices that answer prompts, with its scripts. Everything is read once, at the start. */
export function pushPage(settings: PushPageSettings): Router {
  const files = new Map<string, readonly [type: string, body: string]>([
    ['/', ['text/html; charset=utf-8', pageMarkup(settings)]],
    ['/style.css', ['text/css; charset=utf-8', readFile('style.css')]],
    ['/manifest.webmanifest', ['application/manifest+json', MANIFEST]],
    ['/icon.svg', ['image/svg+xml', readFile('icon.svg')]],
    ...SCRIPTS.map((name) => [`/${name}`, [SCRIPT_TYPE, readFile(name)]] as const),
  ])
  const isRead = onlyMethods('GET', 'HEAD')
  const router = express.Router()
  router.use((req, res, next) => {
    const found = files.get(req.path)
    if (!found) return next()
    recordOf(res).route = 'push'
    const objection = isRead(req, res)
    if (objection) return answerError(res, objection)
    answerFile(res, found)
  })
  return router
}

function answerFile(res: Response, [type, body]: readonly [type: string, body: string]): void {
  res.set({
    'Content-Type': type,
    'Content-Security-Policy': POLICY,
    // The page is asked for anew each time, so that an update of the gateway is an update of the page.
    'Cache-Control': 'no-cache',
    // The worker lies below the page and wakes it up all the same.
    'Service-Worker-Allowed': '/push',
  })
  // Bytes: for text express would put its own idea of the type in.
  res.send(Buffer.from(body))
}

const readFile = (name: string): string => readPageFile(`push/browser/${name}`)
