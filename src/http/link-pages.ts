import { readFileSync } from 'node:fs'
import express, { type Router } from 'express'
import { preferredLanguage } from '../kernel/language.js'
import type { LinkPage } from '../kernel/link-page.js'
import { answerError } from './answer.js'
import { linkPageMarkup } from './link-page-markup.js'
import { LINK_PAGE_TEXTS } from './link-page-texts.js'
import { NOT_ME_STYLE } from './not-me-style.js'
import { PAGE_POLICY, pageLanguage } from './page-parts.js'
import type { LinkPageSettings } from './ports.js'
import { onlyMethods } from './request-checks.js'
import { recordOf } from './request-record.js'

const SCRIPTS = [
  'magic-link.js',
  'reset-password.js',
  'confirm.js',
  'second-factor.js',
  'parts.js',
  'gateway.js',
] as const

/**
 * The pages that links in mails lead to where no application has pages of its own for them. To fetch one does nothing:
 * mail programs and scanners fetch links. The token is in the fragment, which reaches the gateway in a mutation alone.
 */
export function linkPages(settings: LinkPageSettings & { readonly serviceName: string }): Router {
  const assets = new Map<string, readonly [type: string, body: string]>([
    ['/link-page/page.css', ['css', STYLE]],
    ...SCRIPTS.map((name) => [`/link-page/${name}`, ['text/javascript', readScript(name)]] as const),
  ])
  const pages = new Map<string, LinkPage>(settings.pages.map((page) => [`/${page}`, page]))
  const isRead = onlyMethods('GET', 'HEAD')
  const router = express.Router()
  router.use((req, res, next) => {
    const page = pages.get(req.path)
    const asset = assets.get(req.path)
    if (!page && !asset) return next()
    recordOf(res).route = 'link-page'
    const objection = isRead(req, res)
    if (objection) return answerError(res, objection)
    // Asked for anew each time, so that an update of the gateway is an update of the page.
    if (asset) return void res.set('Cache-Control', 'no-cache').type(asset[0]).send(asset[1])
    const language = pageLanguage(preferredLanguage(req.headers['accept-language'] ?? ''))
    res.set({
      'Content-Security-Policy': PAGE_POLICY,
      'Cache-Control': 'no-store',
      'Content-Language': language,
      Vary: 'Accept-Language',
    })
    if (page) res.type('html').send(linkPageMarkup({ ...settings, page, language, texts: LINK_PAGE_TEXTS[language] }))
  })
  return router
}

/** As the page "this was not me" looks, without its alarm, and with fields. */
const STYLE = `${NOT_ME_STYLE}
:root { --go: #1d4ed8; --on-go: #fff; }
@media (prefers-color-scheme: dark) { :root { --go: #93b4ff; --on-go: #101216; --act: #ff9d9d; } }
button { background: var(--go); color: var(--on-go); }
button.quiet { margin-top: 12px; background: none; color: var(--go); border: 2px solid var(--go); }
button:focus-visible, input:focus-visible { outline: 3px solid var(--go); outline-offset: 3px; }
label { display: block; margin: 0 0 8px; font-weight: 600; }
input { display: block; width: 100%; margin: 0 0 16px; padding: 12px 14px; border: 2px solid var(--soft); border-radius: 10px; background: var(--sheet); color: inherit; font: inherit; }
input[aria-invalid='true'] { border-color: var(--act); }
.choice { display: flex; gap: 10px; align-items: center; margin: 16px 0; font-weight: 400; }
.choice input { width: 20px; height: 20px; margin: 0; }
.hint { color: var(--soft); font-size: 15px; }
#ways { padding: 0; list-style: none; }
#ways li { margin: 0 0 12px; }
#push-number { font-size: 26px; letter-spacing: 0.1em; }
`

const readScript = (name: string): string => readFileSync(new URL(`../link-pages/${name}`, import.meta.url), 'utf8')
