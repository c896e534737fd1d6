import type { IncomingMessage } from 'node:http'
import { parseStrictJson } from './strict-json.js'
import { readJsonBody } from './read-body.js'

/** The parts of a GraphQL request that are used. Everything else is ignored. */
export interface GraphqlRequest {
  readonly query: string
  readonly operationName: string | null
  readonly variables: Readonly<Record<string, unknown>>
}

export type GraphqlRequestOutcome =
  | { readonly kind: 'request'; readonly request: GraphqlRequest }
  | { readonly kind: 'malformed' | 'too-large' | 'wrong-type' | 'hash' }

const MALFORMED = { kind: 'malformed' } as const
const PARAMETERS = ['query', 'operationName', 'variables', 'extensions'] as const

export async function readPostedRequest(req: IncomingMessage, maxBytes: number): Promise<GraphqlRequestOutcome> {
  const body = await readJsonBody(req, maxBytes)
  if (body.kind === 'not-text') return MALFORMED
  if (body.kind !== 'read') return body
  return asRequest(parseStrictJson(body.text))
}

/** A request in a URL. Each parameter is allowed once; `variables` is JSON. An empty parameter counts as left out. */
export function readRequestInUrl(search: URLSearchParams): GraphqlRequestOutcome {
  if (PARAMETERS.some((name) => search.getAll(name).length > 1)) return MALFORMED
  const json = (name: string): unknown => (search.get(name) ? parseStrictJson(search.get(name) ?? '') : null)
  const [variables, extensions] = [json('variables'), json('extensions')]
  if (variables === undefined || extensions === undefined) return MALFORMED
  return asRequest({ query: search.get('query'), operationName: search.get('operationName'), variables, extensions })
}

/** The request as Apollo reads it from a URL. */
export function asSearch({ query, operationName, variables }: GraphqlRequest): string {
  const parameters = { query, variables: JSON.stringify(variables) }
  return new URLSearchParams(operationName === null ? parameters : { ...parameters, operationName }).toString()
}

/** The part of the URL after the question mark. */
export function searchOf({ url = '' }: IncomingMessage): string {
  const at = url.indexOf('?')
  return at === -1 ? '' : url.slice(at + 1)
}

function asRequest(value: unknown): GraphqlRequestOutcome {
  if (!isRecord(value)) return MALFORMED
  const { query, operationName = null, variables = null, extensions = null } = value
  if (operationName !== null && typeof operationName !== 'string') return MALFORMED
  if (variables !== null && !isRecord(variables)) return MALFORMED
  if (extensions !== null && !isRecord(extensions)) return MALFORMED
  // Persisted documents are off (A24). A request with a hash is rejected even if it also contains the document.
  if (extensions && (extensions['persistedQuery'] ?? null) !== null) return { kind: 'hash' }
  if (typeof query !== 'string' || query === '') return MALFORMED
  // No operation has an empty name, so clients that send one have none.
  return { kind: 'request', request: { query, operationName: operationName || null, variables: variables ?? {} } }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
