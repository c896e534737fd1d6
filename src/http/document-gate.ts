import type { IncomingMessage, ServerResponse } from 'node:http'
import type { OperationDefinitionNode } from 'graphql'
import type { DocumentReader, Explanation } from '../policy/index.js'
import type { ErrorAnswer } from './answer.js'
import {
  readPostedRequest,
  readRequestInUrl,
  searchOf,
  type GraphqlRequest,
  type GraphqlRequestOutcome,
} from './graphql-request.js'
import { statusOfRefusal } from './media-type.js'
import type { OperationToRun } from './ports.js'
import { recordOf, type RequestRecord } from './request-record.js'

export interface DocumentGateDeps {
  readonly documents: DocumentReader
  readonly maxBodyBytes: number
}

export type GateOutcome =
  | { readonly kind: 'request'; readonly request: GraphqlRequest; readonly operation: OperationToRun }
  | { readonly kind: 'no-document' }
  | { readonly kind: 'refused'; readonly error: ErrorAnswer }

export type DocumentGate = (req: IncomingMessage, res: ServerResponse) => Promise<GateOutcome>

/** The message that persisted-query links look for before they send the document instead of its hash. */
const HASH: ErrorAnswer = { code: 'PERSISTED_QUERY_NOT_SUPPORTED', fixedMessage: 'PersistedQueryNotSupported' }
const REFUSED: Readonly<Record<Exclude<GraphqlRequestOutcome['kind'], 'request' | 'hash'>, ErrorAnswer>> = {
  malformed: { code: 'BAD_USER_INPUT', says: { id: 'http.malformed' } },
  'too-large': { code: 'DOCUMENT_TOO_LARGE', status: 413 },
  'wrong-type': {
    code: 'BAD_USER_INPUT',
    status: 415,
    says: { id: 'http.content-type' },
    headers: [['Accept-Encoding', 'identity']],
  },
}

/**
 * Accepts a request only if it is well-formed and its document is valid and within the limits. The errors for all other
 * requests have a constant size and never quote the request (A6–A17, A21–A24).
 */
export function documentGate({ documents, maxBodyBytes }: DocumentGateDeps): DocumentGate {
  return async (req, res) => {
    const outcome = await readRequest(req, maxBodyBytes)
    if (outcome === null) return { kind: 'no-document' }
    if (outcome.kind === 'hash') return refusedInGraphql(HASH, res)
    if (outcome.kind !== 'request') return { kind: 'refused', error: REFUSED[outcome.kind] }
    const judged = judge(documents, outcome.request, req, res)
    return 'code' in judged ? refusedInGraphql(judged, res) : { ...outcome, operation: judged }
  }
}

/** A response to a well-formed request, whose status depends on the media type. */
function refusedInGraphql(error: ErrorAnswer, res: ServerResponse): GateOutcome {
  const status = error.status ?? statusOfRefusal(error.code, recordOf(res).accepted)
  return { kind: 'refused', error: { ...error, status } }
}

/** Null for a GET without a document. Apollo responds with the sandbox or with an error. */
async function readRequest(req: IncomingMessage, maxBodyBytes: number): Promise<GraphqlRequestOutcome | null> {
  if (req.method === 'POST') return readPostedRequest(req, maxBodyBytes)
  const search = new URLSearchParams(searchOf(req))
  return search.has('query') || search.has('extensions') ? readRequestInUrl(search) : null
}

function judge(
  documents: DocumentReader,
  request: GraphqlRequest,
  req: IncomingMessage,
  res: ServerResponse,
): ErrorAnswer | OperationToRun {
  const found = documents.read(request.query)
  if (found.kind === 'too-large') return { code: 'DOCUMENT_TOO_LARGE' }
  const record = recordOf(res)
  if (found.kind === 'invalid') return explainedBy(record, found.explain())
  const operation = chosen(found.operations, request.operationName)
  if (!operation) return explainedBy(record, { message: whyNone(found.operations, request.operationName) })
  record.operationName = operation.name?.value ?? null
  if (operation.operation === 'subscription') return { code: 'BAD_USER_INPUT' }
  if (req.method === 'GET' && operation.operation !== 'query') {
    return { code: 'BAD_USER_INPUT', status: 405, headers: [['Allow', 'POST']] }
  }
  return { document: found.document, operationName: request.operationName }
}

function explainedBy(record: RequestRecord, explanation: Explanation): ErrorAnswer {
  record.explanation = explanation
  return { code: 'GRAPHQL_VALIDATION_FAILED' }
}

/** In graphql's words, which name the operations that there are instead of the one asked for. */
function whyNone(operations: readonly OperationDefinitionNode[], name: string | null): string {
  if (operations.length === 0) return 'Must provide an operation.'
  if (name === null) return 'Must provide operation name if query contains multiple operations.'
  const names = operations.flatMap((operation) => (operation.name ? [`"${operation.name.value}"`] : []))
  return `Unknown operation name.${names.length > 0 ? ` The document has ${names.join(', ')}.` : ''}`
}

function chosen(operations: readonly OperationDefinitionNode[], name: string | null): OperationDefinitionNode | null {
  if (name !== null) return operations.find((operation) => operation.name?.value === name) ?? null
  return operations.length === 1 ? (operations[0] ?? null) : null
}
