import {
  coerceInputValue,
  isInputType,
  isNonNullType,
  typeFromAST,
  type GraphQLError,
  type GraphQLSchema,
  type VariableDefinitionNode,
} from 'graphql'
import { withoutValueText, type Explanation } from './why-invalid.js'

type Variables = Readonly<Record<string, unknown>>

/** What is wrong with the first variable that does not fit its declaration, and where. Never quotes what was sent. */
export function explainVariables(
  schema: GraphQLSchema,
  declared: readonly VariableDefinitionNode[],
  variables: Variables,
): Explanation {
  for (const node of declared) {
    const says = mistakeIn(schema, node, variables)
    if (says === null) continue
    const message = `Variable "$${node.variable.name.value}" ${says}`
    return { message }
  }
  return { message: 'A variable has an invalid value.' }
}

function mistakeIn(schema: GraphQLSchema, node: VariableDefinitionNode, variables: Variables): string | null {
  const type = typeFromAST(schema, node.type)
  if (!isInputType(type)) return null
  const name = node.variable.name.value
  if (!Object.hasOwn(variables, name)) {
    return isNonNullType(type) && !node.defaultValue ? `of required type "${String(type)}" was not provided.` : null
  }
  const value = variables[name]
  if (value === null) return isNonNullType(type) ? `of non-null type "${String(type)}" must not be null.` : null
  const found: string[] = []
  try {
    coerceInputValue(value, type, (path, wrong, error) => {
      const place = path.length > 0 ? ` at "${[name, ...path].join('.')}"` : ''
      found.push(`got an invalid value${place}; ${withoutValueOf(error, wrong)}`)
      // One is enough, and there can be thousands.
      throw error
    })
  } catch (error) {
    if (found.length === 0) throw error
  }
  return found[0] ?? null
}

const UNKNOWN_FIELD = /^Field ".*" (is not defined by type ".*)$/s

function withoutValueOf({ message }: GraphQLError, wrong: unknown): string {
  // The name is the client's own text. The suggestion after it comes from the schema.
  const unknown = UNKNOWN_FIELD.exec(message)
  if (unknown?.[1] !== undefined) return `A field ${unknown[1]}`
  // A missing field: the name is the schema's.
  if (/^Field "[\w.]+" of required type "[\w[\]!]+" was not provided\.$/.test(message)) return message
  return withoutValueText(message, textsIn(wrong))
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [String(value)]
  return Object.entries(value).flatMap(([name, member]) => [name, ...textsIn(member)])
}
