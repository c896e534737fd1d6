import express, { type Router } from 'express'
import type { LinkPage } from '../../../kernel/link-page.js'
import { answerError } from '../../answer.js'
import { linkPageMarkup } from './markup.js'
import { LINK_PAGE_TEXTS } from './texts.js'
import { PAGE_POLICY, pageLanguage, type PageSettings } from '../page-parts.js'
import { readPageFile } from '../read-page-file.js'
import type { LinkPageSettings } from '../../ports.js'
import { onlyMethods } from '../../request-checks.js'
import { recordOf } from '../../request-record.js'

const SCRIPTS = [
  'magic-link.js',
  'reset-password.js',
  'confirm.js',
  'second-factor.js',
  'parts.js',
  'gateway.js',
] as const

/**
 * The pages that links in mails lead to when the application has no pages of its own. Opening one does nothing, because
 * mail programs and scanners open links. The token is in the URL's fragment; only a mutation sends it to the gateway.
 */
export function linkPages(settings: LinkPageSettings & PageSettings): Router {
  const assets = new Map<string, readonly [type: string, body: string]>([
    ['/link-page/page.css', ['css', readPageFile('page.css') + readPageFile('link/browser/page.css')]],
    ...SCRIPTS.map(
      (name) => [`/link-page/${name}`, ['text/javascript', readPageFile(`link/browser/${name}`)]] as const,
    ),
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
    // Browsers check for a new version each time, so the page is updated together with the gateway.
    if (asset) return void res.set('Cache-Control', 'no-cache').type(asset[0]).send(asset[1])
    const language = pageLanguage(req, settings)
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
