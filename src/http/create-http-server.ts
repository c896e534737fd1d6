import type { IncomingMessage, RequestListener } from 'node:http'
import { faultAnswerer } from './answer-fault.js'
import { createBackgroundWork } from './background-work.js'
import type { TrustsHop } from './client-address.js'
import { graphqlEndpoint } from './graphql-endpoint.js'
import { listen, type RunningServer } from './lifecycle.js'
import type { HttpPorts } from './ports.js'
import { recordRequests } from './request-record.js'
import { securityHeaders } from './security-headers.js'
import { createPagesApp } from './pages-app.js'
import { startLinks } from './start-page.js'

/** Some clients add the slash. */
const API_PATHS: ReadonlySet<string> = new Set(['/graphql', '/graphql/'])

export interface HttpServer {
  listen(): Promise<RunningServer>
}

/** Builds the HTTP server from its ports. It does not listen yet. */
export async function createHttpServer<Viewer>(ports: HttpPorts<Viewer>): Promise<HttpServer> {
  const { config, logger } = ports
  const background = createBackgroundWork(logger)
  let draining = false
  const app = createPagesApp(ports, () => draining)
  const trusts = app.get('trust proxy fn') as TrustsHop
  const graphql = await graphqlEndpoint(ports, background, { trusts, headers: config.server.forwardingHeaders })
  const record = recordRequests(ports, trusts)
  const headers = securityHeaders(config.server.publicUrl)
  const answerFault = faultAnswerer(logger)
  const listener: RequestListener = (req, res) => {
    record(req, res)
    for (const [name, value] of headers) res.setHeader(name, value)
    if (!API_PATHS.has(pathOf(req))) return void app(req, res)
    graphql(req, res).catch((error: unknown) => answerFault(error, res))
  }
  const onDrain = (): void => {
    draining = true
  }
  return { listen: () => listen({ config, logger, background, links: startLinks(ports), onDrain }, listener) }
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const end = url.indexOf('?')
  const target = end === -1 ? url : url.slice(0, end)
  return target.startsWith('/') ? target : new URL(target).pathname
}
