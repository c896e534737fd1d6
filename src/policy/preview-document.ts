import { parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql'
import { refuse } from '../kernel/refusal.js'

const MAX_CHARACTERS = 20_000
const MAX_TOKENS = 1000

/** Parses and validates a document sent as an argument. Refuses without repeating any of it. */
export function parsePreviewed(schema: GraphQLSchema, text: string): DocumentNode {
  if (text.length > MAX_CHARACTERS) throw refuse('DOCUMENT_TOO_LARGE')
  const document = parseOrNull(text)
  if (!document || validate(schema, document, undefined, { maxErrors: 1 }).length > 0) {
    throw refuse('GRAPHQL_VALIDATION_FAILED')
  }
  return document
}

function parseOrNull(text: string): DocumentNode | null {
  try {
    return parse(text, { maxTokens: MAX_TOKENS, noLocation: true })
  } catch {
    return null
  }
}
