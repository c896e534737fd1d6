import { createHash } from 'node:crypto'
import {
  isInterfaceType,
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
import type { AccessTable } from './access-table.js'
import { explainDocument, explainSyntax, type Explanation } from './why-invalid.js'
import { measureDocument, type DocumentSize, type MeasureDeps } from './document-size.js'

export interface DocumentLimits {
  readonly maxDepth: number
  readonly maxAliases: number
  readonly maxRootFields: number
  readonly maxDirectives: number
  readonly maxTokens: number
  readonly maxCost: number
}

/** The default limits. */
export const USUAL_DOCUMENT_LIMITS: DocumentLimits = Object.freeze({
  maxDepth: 10,
  maxAliases: 15,
  maxRootFields: 20,
  maxDirectives: 10,
  maxTokens: 1000,
  maxCost: 20_000,
})

export interface ReadDocument {
  readonly document: DocumentNode
  readonly operations: readonly OperationDefinitionNode[]
}

export type DocumentOutcome =
  | ({ readonly kind: 'valid' } & ReadDocument)
  | { readonly kind: 'too-large' }
  /** `explain` reads the document once more. */
  | { readonly kind: 'invalid'; explain(): Explanation }

export interface DocumentReader {
  read(text: string): DocumentOutcome
  /** Reads the documents that one request previews. Together they may be as long as one document. */
  readTogether(): (text: string) => DocumentOutcome
  /** A cached document, by the SHA-256 of its text in hexadecimal. */
  find(hash: string): DocumentNode | undefined
}

export interface DocumentReaderDeps {
  /** The results of `protectSchema`. */
  readonly schema: GraphQLSchema
  readonly table: Pick<AccessTable, 'requirementOf'>
  readonly limits: DocumentLimits
  readonly introspection: boolean
}

const MAX_CACHED_CHARACTERS = 4_000_000
// Added for each document, because even a short one keeps a syntax tree in memory.
const CHARACTERS_PER_ENTRY = 1_000
const TOO_LARGE = { kind: 'too-large' } as const

/**
 * Checks every document, whether it runs or is only previewed. A document is parsed and measured before validation,
 * because validating an oversized document is the slowest step (R110). Valid documents are cached.
 */
export function createDocumentReader(deps: DocumentReaderDeps): DocumentReader {
  const byText = createBoundedCache<{ readonly kind: 'valid' } & ReadDocument>(MAX_CACHED_CHARACTERS)
  const byHash = createBoundedCache<DocumentNode>(MAX_CACHED_CHARACTERS)
  const read = (text: string): DocumentOutcome => {
    const known = byText.get(text)
    if (known) return known
    const outcome = readNew(deps, text)
    if (outcome.kind === 'valid') {
      const weight = text.length + CHARACTERS_PER_ENTRY
      byText.set(text, outcome, weight)
      byHash.set(createHash('sha256').update(text).digest('hex'), outcome.document, weight)
    }
    return outcome
  }
  return {
    read,
    find: (hash) => byHash.get(hash),
    readTogether: () => {
      let left = deps.limits.maxTokens
      return (text) => {
        left -= countTokens(text, Math.max(0, left))
        return left < 0 ? TOO_LARGE : read(text)
      }
    },
  }
}

function readNew(deps: DocumentReaderDeps, text: string): DocumentOutcome {
  const { schema, limits } = deps
  const parsed = parseWithin(text, limits.maxTokens)
  // The parser gives its reason only as a message, so count the tokens again to tell the two cases apart.
  if ('error' in parsed) {
    if (countTokens(text, limits.maxTokens) > limits.maxTokens) return TOO_LARGE
    return { kind: 'invalid', explain: () => explainSyntax(parsed.error) }
  }
  const { document } = parsed
  const sizes = measureDocument(
    { schema, maxDepth: limits.maxDepth, isAuthentication: authenticationsOf(deps) },
    document,
  )
  if (sizes.some((size) => isTooLarge(size, limits))) return TOO_LARGE
  const rules = deps.introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule]
  const errors = validate(schema, document, rules, { maxErrors: 1 })
  if (errors.length > 0) return { kind: 'invalid', explain: () => explainDocument(schema, text, rules) }
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION)
  return { kind: 'valid', document, operations }
}

/** A field of an interface counts if it counts on any possible object type, because that type's resolver runs. */
function authenticationsOf({ schema, table }: DocumentReaderDeps): MeasureDeps['isAuthentication'] {
  const counts = (typeName: string, fieldName: string): boolean =>
    table.requirementOf(typeName, fieldName)?.authentication === true
  return (typeName, fieldName) => {
    const type = schema.getType(typeName)
    if (!isInterfaceType(type)) return counts(typeName, fieldName)
    return schema.getPossibleTypes(type).some(({ name }) => counts(name, fieldName))
  }
}

function isTooLarge(size: DocumentSize, limits: DocumentLimits): boolean {
  return (
    size.authentications > 1 ||
    size.rootFields > limits.maxRootFields ||
    size.depth > limits.maxDepth ||
    size.aliases > limits.maxAliases ||
    size.directives > limits.maxDirectives ||
    size.cost > limits.maxCost
  )
}

function parseWithin(
  text: string,
  maxTokens: number,
): { readonly document: DocumentNode } | { readonly error: unknown } {
  try {
    // Without locations, a cached document does not keep its source text in memory.
    return { document: parse(text, { maxLexicalTokens: maxTokens, noLocation: true }) }
  } catch (error) {
    return { error }
  }
}

/** Counts the tokens of a text. Stops at the first invalid token, or at one more than `most`. */
function countTokens(text: string, most: number): number {
  const lexer = new Lexer(new Source(text))
  let count = 0
  try {
    while (count <= most && lexer.advance().kind !== TokenKind.EOF) count += 1
  } catch {
    return count
  }
  return count
}
