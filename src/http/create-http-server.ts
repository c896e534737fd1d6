import { expressMiddleware } from '@as-integrations/express5'
import express, { type Express, type RequestHandler } from 'express'
import { createBackgroundWork } from './background-work.js'
import { createApollo } from './create-apollo.js'
import { devOutbox } from './dev-outbox.js'
import { documentGate } from './document-gate.js'
import { createDocumentReader } from './document-reader.js'
import { errorHandler } from './error-handler.js'
import { healthz, readyz } from './health.js'
import { jwksEndpoint } from './jwks.js'
import { listen, type RunningServer } from './lifecycle.js'
import { originCheck } from './origin-check.js'
import type { HttpPorts } from './ports.js'
import { notFound, onlyForReadersOfJson, onlyMethods } from './request-checks.js'
import { contextMaker } from './request-context.js'
import { recordOf, recordRequests } from './request-record.js'
import { sandboxHeaders, securityHeaders } from './security-headers.js'

export interface HttpServer {
  listen(): Promise<RunningServer>
}

/** Builds the transport around the ports; nothing listens yet. */
export async function createHttpServer<Viewer>(ports: HttpPorts<Viewer>): Promise<HttpServer> {
  const { config, logger, outbox } = ports
  const background = createBackgroundWork(logger)
  let draining = false
  const app = bareApp(config.server.trustedProxies)
  app.use(recordRequests(logger))
  app.use(securityHeaders(config.server.publicUrl))
  app.all('/graphql', ...(await graphqlHandlers(ports, background)))
  app.all('/healthz', onlyMethods('GET', 'HEAD'), healthz())
  app.all('/readyz', onlyMethods('GET', 'HEAD'), readyz({ ...ports, isDraining: () => draining }))
  app.all(
    '/.well-known/jwks.json',
    onlyMethods('GET', 'HEAD'),
    jwksEndpoint(() => ports.jwks()),
  )
  if (outbox && !config.production) app.all('/dev/outbox', onlyMethods('GET'), devOutbox(outbox))
  app.use(notFound)
  app.use(errorHandler(logger))
  const onDrain = (): void => {
    draining = true
  }
  return { listen: () => listen({ config, logger, background, onDrain }, app) }
}

function bareApp(trustedProxies: readonly string[]): Express {
  const app = express()
  app.set('trust proxy', trustedProxies.length > 0 ? [...trustedProxies] : false)
  app.disable('x-powered-by')
  // Answers are never cached, so hashing each one for an ETag is wasted.
  app.set('etag', false)
  app.set('query parser', false)
  return app
}

async function graphqlHandlers<Viewer>(
  ports: HttpPorts<Viewer>,
  background: ReturnType<typeof createBackgroundWork>,
): Promise<RequestHandler[]> {
  const { config, schema, authenticationMutations } = ports
  const { introspection, allowedOrigins } = config.server
  const documents = createDocumentReader({ schema, limits: config.documents, introspection, authenticationMutations })
  const apollo = await createApollo(ports, documents)
  return [
    beginGraphql,
    onlyMethods('GET', 'POST', 'OPTIONS'),
    originCheck(allowedOrigins),
    onlyForReadersOfJson,
    ...(introspection ? [onlyForPages(sandboxHeaders())] : []),
    documentGate({ documents, maxBodyBytes: config.documents.maxBodyBytes }),
    expressMiddleware(apollo, { context: contextMaker(ports, background) }),
  ]
}

/** Whatever is answered here is for this caller and this moment only (R115). */
const beginGraphql: RequestHandler = (_, res, next) => {
  recordOf(res).route = 'graphql'
  res.setHeader('Cache-Control', 'no-store')
  next()
}

function onlyForPages(handler: RequestHandler): RequestHandler {
  return (req, res, next) => {
    if (req.method === 'GET' && req.accepts(['json', 'html']) === 'html') handler(req, res, next)
    else next()
  }
}
