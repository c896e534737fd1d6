import express, { type Response, type Router } from 'express'
import { answerError } from '../../answer.js'
import { onlyMethods } from '../../request-checks.js'
import { recordOf } from '../../request-record.js'
import { PAGE_LANGUAGES, pageLanguage, type PageLanguage, type PageSettings } from '../page-parts.js'
import { readPageFile } from '../read-page-file.js'
import { manifestOf, notificationScript, pageMarkup, type PushPageSettings } from './markup.js'
import { PUSH_PAGE_TEXTS, type PushPageTexts } from './texts.js'

const SCRIPTS = [
  'page.js',
  'texts.js',
  'device-store.js',
  'gateway.js',
  'notifications.js',
  'request-card.js',
  'sw.js',
] as const
const SCRIPT_TYPE = 'text/javascript; charset=utf-8'

/** Loads nothing from other servers, allows nothing inline, and forbids frames, which allow clickjacking. */
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

interface PageFile {
  readonly type: string
  /** By language, or the same in every language. */
  readonly body: string | Readonly<Record<PageLanguage, string>>
}

/** The page on the devices that answer prompts, with its scripts. All files are read once, at the start. */
export function pushPage(settings: PushPageSettings & PageSettings): Router {
  const files = new Map<string, PageFile>([
    ['/', { type: 'text/html; charset=utf-8', body: inEach((...each) => pageMarkup(settings, ...each)) }],
    ['/style.css', { type: 'text/css; charset=utf-8', body: readFile('style.css') }],
    ['/manifest.webmanifest', { type: 'application/manifest+json', body: inEach(manifestOf) }],
    ['/icon.svg', { type: 'image/svg+xml', body: readFile('icon.svg') }],
    ['/notification.js', { type: SCRIPT_TYPE, body: inEach((_, texts) => notificationScript(texts)) }],
    ...SCRIPTS.map((name) => [`/${name}`, { type: SCRIPT_TYPE, body: readFile(name) }] as const),
  ])
  const isRead = onlyMethods('GET', 'HEAD')
  const router = express.Router()
  router.use((req, res, next) => {
    const found = files.get(req.path)
    if (!found) return next()
    recordOf(res).route = 'push'
    const objection = isRead(req, res)
    if (objection) return answerError(res, objection)
    answerFile(res, found, pageLanguage(req, settings))
  })
  return router
}

function answerFile(res: Response, { type, body }: PageFile, language: PageLanguage): void {
  res.set({
    'Content-Type': type,
    'Content-Security-Policy': POLICY,
    // Browsers check for a new version each time, so the page is updated together with the gateway.
    'Cache-Control': 'no-cache',
    // The worker's file is below the page, but the worker controls the page itself.
    'Service-Worker-Allowed': '/push',
  })
  if (typeof body !== 'string') res.set({ 'Content-Language': language, Vary: 'Accept-Language' })
  // As bytes: for text, express would set a content type of its own.
  res.send(Buffer.from(typeof body === 'string' ? body : body[language]))
}

const inEach = (
  write: (language: PageLanguage, texts: PushPageTexts) => string,
): Readonly<Record<PageLanguage, string>> =>
  Object.fromEntries(
    PAGE_LANGUAGES.map((language) => [language, write(language, PUSH_PAGE_TEXTS[language])]),
  ) as Record<PageLanguage, string>

const readFile = (name: string): string => readPageFile(`push/browser/${name}`)
