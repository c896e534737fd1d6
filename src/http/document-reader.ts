import { createHash } from 'node:crypto'
import {
  Kind,
  Lexer,
  NoSchemaIntrospectionCustomRule,
  parse,
  Source,
  specifiedRules,
  TokenKind,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'
import { createBoundedCache } from '../kernel/bounded-cache.js'
import { measureOperation, type OperationSize } from './document-size.js'
import type { DocumentLimits } from './ports.js'

export interface ReadDocument {
  readonly document: DocumentNode
  readonly operations: readonly OperationDefinitionNode[]
}

export type DocumentOutcome =
  ({ readonly kind: 'valid' } & ReadDocument) | { readonly kind: 'too-large' } | { readonly kind: 'invalid' }

export interface DocumentReader {
  read(text: string): DocumentOutcome
  /** A document that was read before, by the SHA-256 of its text in hexadecimal. */
  find(hash: string): DocumentNode | undefined
}

export interface DocumentReaderDeps {
  readonly schema: GraphQLSchema
  readonly limits: DocumentLimits
  readonly introspection: boolean
  readonly authenticationMutations: ReadonlySet<string>
}

const MAX_CACHED_CHARACTERS = 4_000_000
// A short document still costs its tree.
const CHARACTERS_PER_ENTRY = 1_000
const INVALID = { kind: 'invalid' } as const
const TOO_LARGE = { kind: 'too-large' } as const

/**
 * Reads documents: parses, measures, and only then validates, because validating something oversized is the slowest
 * thing that can be done with it (R110). Valid documents are remembered.
 */
export function createDocumentReader(deps: DocumentReaderDeps): DocumentReader {
  const byText = createBoundedCache<{ readonly kind: 'valid' } & ReadDocument>(MAX_CACHED_CHARACTERS)
  const byHash = createBoundedCache<DocumentNode>(MAX_CACHED_CHARACTERS)
  return {
    find: (hash) => byHash.get(hash),
    read: (text) => {
      const known = byText.get(text)
      if (known) return known
      const outcome = readNew(deps, text)
      if (outcome.kind === 'valid') {
        const weight = text.length + CHARACTERS_PER_ENTRY
        byText.set(text, outcome, weight)
        byHash.set(createHash('sha256').update(text).digest('hex'), outcome.document, weight)
      }
      return outcome
    },
  }
}

function readNew(deps: DocumentReaderDeps, text: string): DocumentOutcome {
  const { schema, limits } = deps
  const document = parseWithin(text, limits.maxTokens)
  if (!document) return hasMoreTokensThan(text, limits.maxTokens) ? TOO_LARGE : INVALID
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION)
  const sizes = operations.map((each) => measureOperation(schema, document, each, deps.authenticationMutations))
  if (sizes.some((size) => isTooLarge(size, limits))) return TOO_LARGE
  const rules = deps.introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule]
  const errors = validate(schema, document, rules, { maxErrors: 1 })
  return errors.length > 0 ? INVALID : { kind: 'valid', document, operations }
}

function isTooLarge(size: OperationSize, limits: DocumentLimits): boolean {
  return (
    size.authenticationMutations > 1 ||
    size.rootFields > limits.maxRootFields ||
    size.depth > limits.maxDepth ||
    size.aliases > limits.maxAliases ||
    size.directives > limits.maxDirectives ||
    size.cost > limits.maxCost
  )
}

function parseWithin(text: string, maxTokens: number): DocumentNode | null {
  try {
    // Without locations a remembered document does not keep its text.
    return parse(text, { maxLexicalTokens: maxTokens, noLocation: true })
  } catch {
    return null
  }
}

/** The parser says in words only why it stopped, so its tokens are counted again. */
function hasMoreTokensThan(text: string, maxTokens: number): boolean {
  const lexer = new Lexer(new Source(text))
  try {
    for (let count = 0; count <= maxTokens; count++) if (lexer.advance().kind === TokenKind.EOF) return false
  } catch {
    return false
  }
  return true
}
