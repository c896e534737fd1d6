import type { IncomingMessage, RequestListener } from 'node:http'
import express, { type Express, type RequestHandler } from 'express'
import { answerError, type Check } from './answer.js'
import { faultAnswerer } from './answer-fault.js'
import { createBackgroundWork } from './background-work.js'
import type { TrustsHop } from './client-address.js'
import { devOutbox } from './dev-outbox.js'
import { graphqlEndpoint } from './graphql-endpoint.js'
import { healthz, readyz } from './health.js'
import { jwksEndpoint } from './jwks.js'
import { linkPages } from './pages/link/link-pages.js'
import { listen, type RunningServer } from './lifecycle.js'
import { notMeAsset, notMePage } from './pages/not-me/not-me-page.js'
import type { HttpPorts } from './ports.js'
import { pushPage } from './pages/push/push-page.js'
import { onlyMethods } from './request-checks.js'
import { recordRequests } from './request-record.js'
import { securityHeaders } from './security-headers.js'

export interface HttpServer {
  listen(): Promise<RunningServer>
}

/** Builds the transport around the ports; nothing listens yet. */
export async function createHttpServer<Viewer>(ports: HttpPorts<Viewer>): Promise<HttpServer> {
  const { config, logger } = ports
  const background = createBackgroundWork(logger)
  let draining = false
  const app = createExpressApp(ports, () => draining)
  const trusts = app.get('trust proxy fn') as TrustsHop
  const graphql = await graphqlEndpoint(ports, background, trusts)
  const record = recordRequests(ports, trusts)
  const headers = securityHeaders(config.server.publicUrl)
  const answerFault = faultAnswerer(logger)
  const listener: RequestListener = (req, res) => {
    record(req, res)
    for (const [name, value] of headers) res.setHeader(name, value)
    if (pathOf(req) !== '/graphql') return void app(req, res)
    graphql(req, res).catch((error: unknown) => answerFault(error, res))
  }
  const onDrain = (): void => {
    draining = true
  }
  return { listen: () => listen({ config, logger, background, onDrain }, listener) }
}

/** Everything but the API. */
function createExpressApp<Viewer>(ports: HttpPorts<Viewer>, isDraining: () => boolean): Express {
  const { config, logger, outbox, readiness } = ports
  const { trustedProxies } = config.server
  const answerFault = faultAnswerer(logger)
  const app = express()
  app.set('trust proxy', trustedProxies.length > 0 ? [...trustedProxies] : false)
  app.disable('x-powered-by')
  app.set('query parser', false)
  app.all('/healthz', after(onlyMethods('GET', 'HEAD')), healthz())
  app.all('/readyz', after(onlyMethods('GET', 'HEAD')), readyz({ logger, readiness, isDraining }))
  app.all(
    '/.well-known/jwks.json',
    after(onlyMethods('GET', 'HEAD')),
    jwksEndpoint(() => ports.jwks()),
  )
  const reading = after(onlyMethods('GET', 'HEAD'))
  app.all('/not-me', reading, notMePage(config.serviceName))
  app.all('/not-me/page.js', reading, notMeAsset('script'))
  app.all('/not-me/page.css', reading, notMeAsset('style'))
  if (ports.pushPage) app.use('/push', pushPage({ ...ports.pushPage, audience: config.server.publicUrl }))
  if (ports.linkPages) app.use(linkPages({ ...ports.linkPages, serviceName: config.serviceName }))
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

function pathOf({ url = '/' }: IncomingMessage): string {
  const end = url.indexOf('?')
  const target = end === -1 ? url : url.slice(0, end)
  return target.startsWith('/') ? target : new URL(target).pathname
}
