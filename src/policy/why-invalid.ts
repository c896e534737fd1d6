import {
  GraphQLError,
  isValueNode,
  Kind,
  parse,
  validate,
  visit,
  type ASTNode,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql'

/** What is wrong with a request, in graphql's words without the values that the request contains. */
export interface Explanation {
  readonly message: string
  /** Lines and columns in the document. */
  readonly locations?: readonly { readonly line: number; readonly column: number }[]
}

const LONGEST = 300
// Shorter texts are parts of graphql's own words.
const SHORTEST_SECRET = 4
const BEFORE_THE_VALUE = [
  /^(?:Int|Float|String|Boolean|ID) cannot represent (?:a )?non[-\w ]* value/,
  /^Enum "\w+" cannot represent non-(?:enum|string) value/,
  /^Expected (?:value of )?type "[\w[\]!]+"(?: to be an object)?/,
  /^Expected non-nullable type "[\w[\]!]+" not to be null/,
] as const
const FALLBACK = 'A value is not of the expected type.'

/** Why a document cannot be parsed. Names are left out too: a value without its quotation marks reads like a name. */
export function explainSyntax(error: unknown): Explanation {
  if (!(error instanceof GraphQLError)) return { message: 'Syntax Error.' }
  const message = error.message
    .replace(/\b(Name|String|BlockString|Int|Float|Comment) ".*"/s, '$1')
    .replace(/: (?:"|\\u|U\+|').*$/s, '.')
  return shown(message, error)
}

/** Why a document that can be parsed is invalid. Reads it again, with the places that cached documents do without. */
export function explainDocument(schema: GraphQLSchema, text: string, rules: readonly ValidationRule[]): Explanation {
  const [error] = validate(schema, parse(text), rules, { maxErrors: 1 })
  if (!error) return { message: 'The document is not valid.' }
  const value = error.nodes?.find((node) => isValueNode(node))
  return shown(value ? withoutValue(error.message, value) : error.message, error)
}

/**
 * Graphql's message about a value, up to where it quotes it. Other libraries' messages are not passed on, because they
 * quote it anywhere. `texts` is what must not be quoted.
 */
export function withoutValueText(message: string, texts: readonly string[]): string {
  const [, aboutEnum] = /^Value ".*"( does not exist in "[^"]*" enum\..*)$/s.exec(message) ?? []
  if (aboutEnum !== undefined) return `Value${aboutEnum}`
  const text = BEFORE_THE_VALUE.map((known) => known.exec(message)?.[0]).find((found) => found !== undefined)
  const isSafe = text !== undefined && !texts.some((each) => each.length >= SHORTEST_SECRET && text.includes(each))
  return isSafe ? `${text}.` : FALLBACK
}

function withoutValue(message: string, value: ASTNode): string {
  // A missing field has the object as its place; the message quotes nothing of it.
  if (value.kind === Kind.OBJECT && message.startsWith('Field ')) return message
  if (value.kind === Kind.VARIABLE) return message
  return withoutValueText(message, textsIn(value))
}

function textsIn(value: ASTNode): readonly string[] {
  const texts: string[] = []
  visit(value, {
    enter: (node) => {
      if ('value' in node && typeof node.value === 'string') texts.push(node.value)
    },
  })
  return texts
}

function shown(message: string, { locations }: GraphQLError): Explanation {
  const short = message.slice(0, LONGEST)
  return locations ? { message: short, locations } : { message: short }
}
