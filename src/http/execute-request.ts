import type { IncomingMessage, ServerResponse } from 'node:http'
import { HeaderMap, type ApolloServer } from '@apollo/server'
import { answerText } from './answer.js'
import { searchOf, type GraphqlRequest } from './graphql-request.js'
import { maskError, messageOf } from './mask-error.js'
import type { HttpContext } from './request-context.js'
import { recordOf, type RequestRecord } from './request-record.js'
import { SANDBOX_POLICY } from './security-headers.js'

/** The headers that Apollo reads, for the response's media type and for CSRF prevention. */
const APOLLO_READS = ['accept', 'content-type', 'apollo-require-preflight', 'x-apollo-operation-name'] as const

/** Executes an accepted request with Apollo and writes the response. */
export async function executeRequest<Viewer>(
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
  if (answer.body.kind !== 'complete') throw new Error('Apollo returned an incremental answer, which is not supported')
  let contentType = 'application/json; charset=utf-8'
  for (const [name, value] of answer.headers) {
    if (name === 'content-type') contentType = value
    else res.setHeader(name, value)
  }
  if (contentType.startsWith('text/html')) res.setHeader('Content-Security-Policy', SANDBOX_POLICY)
  // If the context could not be made, the answer plugin did not run, so translate the error here.
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
