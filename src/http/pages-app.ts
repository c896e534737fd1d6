import express, { type Express, type RequestHandler } from 'express'
import { answerError, type Check } from './answer.js'
import { faultAnswerer } from './answer-fault.js'
import { devOutbox } from './dev-outbox.js'
import { healthz, readyz } from './health.js'
import { linkPages } from './pages/link/link-pages.js'
import { notMeAsset, notMePage } from './pages/not-me/not-me-page.js'
import type { HttpPorts } from './ports.js'
import { pushPage } from './pages/push/push-page.js'
import { onlyMethods } from './request-checks.js'
import { startLinks, startPage } from './start-page.js'
import { addWellKnown } from './well-known.js'

/** Every route except the API. */
export function createPagesApp<Viewer>(ports: HttpPorts<Viewer>, isDraining: () => boolean): Express {
  const { config, logger, outbox, readiness, clockSkew = () => null } = ports
  const { trustedProxies } = config.server
  const answerFault = faultAnswerer(logger)
  const app = express()
  app.set('trust proxy', trustedProxies.length > 0 ? [...trustedProxies] : false)
  app.disable('x-powered-by')
  app.set('query parser', false)
  app.all('/healthz', after(onlyMethods('GET', 'HEAD')), healthz())
  app.all('/readyz', after(onlyMethods('GET', 'HEAD')), readyz({ logger, readiness, isDraining, clockSkew }))
  const reading = after(onlyMethods('GET', 'HEAD'))
  addWellKnown(app, ports, reading)
  const page = { serviceName: config.serviceName, installationLanguage: config.messages.language }
  app.all('/not-me', reading, notMePage(page))
  app.all('/not-me/page.js', reading, notMeAsset('script'))
  app.all('/not-me/page.css', reading, notMeAsset('style'))
  if (ports.pushPage) app.use('/push', pushPage({ ...page, ...ports.pushPage, audience: config.server.publicUrl }))
  if (ports.linkPages) app.use(linkPages({ ...page, ...ports.linkPages }))
  const links = startLinks(ports)
  if (links.length > 0) app.all('/', reading, startPage(config.serviceName, links))
  if (outbox && !config.production) app.all('/dev/outbox', after(onlyMethods('GET')), devOutbox(outbox))
  app.use((_, res) => answerError(res, { code: 'BAD_USER_INPUT', status: 404, says: { id: 'http.not-found' } }))
  app.use(((error: unknown, _req, res, _next) => answerFault(error, res)) satisfies express.ErrorRequestHandler)
  return app
}

function after(check: Check): RequestHandler {
  return (req, res, next) => {
    const objection = check(req, res)
    if (objection) answerError(res, objection)
    else next()
  }
}
