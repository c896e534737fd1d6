import type { IncomingMessage, ServerResponse } from 'node:http'
import { HeaderMap, type ApolloServer } from '@apollo/server'
import { answerError, answerText, type Check } from './answer.js'
import type { BackgroundWork } from './background-work.js'
import type { TrustsHop } from './client-address.js'
import { createApollo } from './create-apollo.js'
import { documentGate } from './document-gate.js'
import { searchOf, type GraphqlRequest } from './graphql-request.js'
import { answerPreflight, originCheck } from './origin-check.js'
import { maskError, messageOf } from './mask-error.js'
import type { HttpPorts } from './ports.js'
import { onlyForReadersOfJson, onlyMethods } from './request-checks.js'
import { contextMaker, type HttpContext } from './request-context.js'
import { recordOf, type RequestRecord } from './request-record.js'
import { SANDBOX_POLICY } from './security-headers.js'

export type Endpoint = (req: IncomingMessage, res: ServerResponse) => Promise<void>

/** The headers that Apollo looks at: for the media type of the answer, and against cross-site requests. */
const APOLLO_READS = ['accept', 'content-type', 'apollo-require-preflight', 'x-apollo-operation-name'] as const

/**
 * `/graphql`, on Node's own request and answer: Express gives both another prototype, which makes everything after it
 * half as fast. See docs/decisions for the measurement.
 */
export async function graphqlEndpoint<Viewer>(
  ports: HttpPorts<Viewer>,
  background: BackgroundWork,
  trusts: TrustsHop,
): Promise<Endpoint> {
  const { config, documents } = ports
  const { allowedOrigins } = config.server
  const apollo = await createApollo(ports)
  const makeContext = contextMaker(ports, background, trusts)
  const gate = documentGate({ documents, maxBodyBytes: config.documents.maxBodyBytes })
  const checks: readonly Check[] = [
    onlyMethods('GET', 'POST', 'OPTIONS'),
    // Its own origin too: pages are served there, “This wasn’t me” among them, whatever the configuration names.
    originCheck([...allowedOrigins, config.server.publicUrl]),
    onlyForReadersOfJson,
  ]
  return async (req, res) => {
    recordOf(res).route = 'graphql'
    // Whatever is answered here is for this caller and this moment only (R115).
    res.setHeader('Cache-Control', 'no-store')
    for (const check of checks) {
      const objection = check(req, res)
      if (objection) return answerError(res, objection)
    }
    if (req.method === 'OPTIONS') return answerPreflight(res)
    const outcome = await gate(req, res)
    if (outcome.kind === 'refused') return answerError(res, outcome.error)
    await execute(apollo, req, res, outcome.kind === 'request' ? outcome.request : null, () => makeContext(req, res))
  }
}

async function execute<Viewer>(
  apollo: ApolloServer<HttpContext<Viewer>>,
  req: IncomingMessage,
  res: ServerResponse,
  body: GraphqlRequest | null,
  context: () => Promise<HttpContext<Viewer>>,
): Promise<void> {
  const { method = '' } = req
  const headers = headersForApollo(req)
  const search = method === 'GET' ? searchOf(req) : ''
  let failure: unknown = null
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method, headers, search, body },
    context: () =>
      context().catch((error: unknown) => {
        failure = error
        throw error
      }),
  })
  if (answer.body.kind !== 'complete') throw new Error('an answer came in parts, which nobody can have asked for')
  let contentType = 'application/json; charset=utf-8'
  for (const [name, value] of answer.headers) {
    if (name === 'content-type') contentType = value
    else res.setHeader(name, value)
  }
  if (contentType.startsWith('text/html')) res.setHeader('Content-Security-Policy', SANDBOX_POLICY)
  // Without a context no plugin of ours has seen the answer.
  const text = failure === null ? answer.body.string : inWords(failure, recordOf(res))
  answerText(res, answer.status ?? 200, contentType, text)
}

function inWords(failure: unknown, record: RequestRecord): string {
  const masked = maskError(failure)
  record.code = masked.code
  return JSON.stringify({ errors: [{ message: messageOf(masked, record.say), extensions: masked.extensions }] })
}

function headersForApollo(req: IncomingMessage): HeaderMap {
  const headers = new HeaderMap()
  for (const name of APOLLO_READS) {
    const value = req.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  return headers
}
