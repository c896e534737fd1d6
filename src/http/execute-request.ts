import type { IncomingMessage, ServerResponse } from 'node:http'
import { HeaderMap, type ApolloServer } from '@apollo/server'
import { answerInWords, answerText } from './answer.js'
import { asSearch, searchOf, type GraphqlRequest } from './graphql-request.js'
import { maskError, messageOf, type MaskedError } from './mask-error.js'
import { contentTypeOf, statusOfRefusal } from './media-type.js'
import type { HttpContext } from './request-context.js'
import { recordOf, type RequestRecord } from './request-record.js'
import { SANDBOX_POLICY } from './security-headers.js'

/** The headers that Apollo reads for CSRF prevention. */
const APOLLO_READS = ['content-type', 'apollo-require-preflight', 'x-apollo-operation-name'] as const

/** Executes an accepted request with Apollo and writes the response. */
export async function executeRequest<Viewer>(
  apollo: ApolloServer<HttpContext<Viewer>>,
  req: IncomingMessage,
  res: ServerResponse,
  body: GraphqlRequest | null,
  context: () => Promise<HttpContext<Viewer>>,
): Promise<void> {
  const { method = '' } = req
  const record = recordOf(res)
  const jsonType = contentTypeOf(record.accepted)
  const headers = headersForApollo(req, jsonType)
  const search = method === 'GET' ? (body ? asSearch(body) : searchOf(req)) : ''
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
  for (const [name, value] of answer.headers) if (name !== 'content-type') res.setHeader(name, value)
  // If the context could not be made, the answer plugin did not run, so translate the error here.
  if (failure !== null) return answerFailure(res, maskError(failure), record)
  const isSandbox = answer.headers.get('content-type')?.startsWith('text/html') === true
  if (isSandbox) res.setHeader('Content-Security-Policy', SANDBOX_POLICY)
  answerText(res, answer.status ?? 200, isSandbox ? 'text/html; charset=utf-8' : jsonType, answer.body.string)
}

function answerFailure(res: ServerResponse, failure: MaskedError, { accepted, say }: RequestRecord): void {
  const { code, extensions, headers } = failure
  const status = statusOfRefusal(code, accepted)
  answerInWords(res, { code, status, headers }, { message: messageOf(failure, say), extensions })
}

function headersForApollo(req: IncomingMessage, jsonType: string): HeaderMap {
  const headers = new HeaderMap()
  const { accept = '' } = req.headers
  // Only the sandbox depends on what else the client accepts.
  headers.set('accept', req.method === 'GET' && accept.includes('text/html') ? accept : jsonType)
  for (const name of APOLLO_READS) {
    const value = req.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  if (cannotComeFromElsewhere(req)) headers.set('apollo-require-preflight', 'checked')
  return headers
}

/** Another site's page can send none of these: an allowed origin (the origin check ran), its own site, a token (C1). */
const cannotComeFromElsewhere = ({ headers }: IncomingMessage): boolean =>
  headers.origin !== undefined || headers['sec-fetch-site'] === 'same-origin' || headers.authorization !== undefined
