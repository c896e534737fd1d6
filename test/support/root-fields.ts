import { readFileSync } from 'node:fs'
import {
  buildSchema,
  getArgumentValues,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql'
import type { Access } from '../../src/kernel/access.js'

/**
 * A field of `Query` or `Mutation`, with a document that selects only this field and takes its arguments as variables.
 */
export interface RootField {
  readonly name: string
  readonly operation: 'query' | 'mutation'
  readonly access: Access
  readonly args: readonly GraphQLArgument[]
  readonly document: string
  /** Values of the right types that name nothing in the store. */
  sample(): Record<string, unknown>
}

const schema = buildSchema(readFileSync(new URL('../../schema/stepgate.graphql', import.meta.url), 'utf8'))
const guard = schema.getDirective('guard')

/** Every root field, read from the schema, so that none can be forgotten. */
export const ROOT_FIELDS: readonly RootField[] = [
  ...Object.values(schema.getQueryType()?.getFields() ?? {}).map((field) => rootField('query', field)),
  ...Object.values(schema.getMutationType()?.getFields() ?? {}).map((field) => rootField('mutation', field)),
]

function rootField(operation: 'query' | 'mutation', field: GraphQLField<unknown, unknown>): RootField {
  const { name, args } = field
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ')
  const selection = isLeafType(getNamedType(field.type)) ? '' : ' { __typename }'
  const document =
    args.length === 0
      ? `${operation} Only { ${name}${selection} }`
      : `${operation} Only(${declared}) { ${name}(${passed})${selection} }`
  const sample = () => Object.fromEntries(args.map((arg) => [arg.name, sampleOf(arg.type)]))
  return { name, operation, access: accessOf(field), args, document, sample }
}

function accessOf({ name, astNode }: GraphQLField<unknown, unknown>): Access {
  const node = astNode?.directives?.find((directive) => directive.name.value === 'guard')
  if (!guard || !node) throw new Error(`${name} has no guard`)
  return getArgumentValues(guard, node)['access'] as Access
}

/** A value of the type that names nothing. */
function sampleOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType)
  if (isListType(type)) return [sampleOf(type.ofType)]
  if (isEnumType(type)) return type.getValues()[0]?.name
  if (isInputObjectType(type)) {
    return Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, sampleOf(field.type)]))
  }
  return SAMPLES[type.name]
}

const SAMPLES: Readonly<Record<string, unknown>> = {
  ID: 'A'.repeat(22),
  String: 'sample',
  Int: 1,
  Float: 1,
  Boolean: true,
  JSONObject: {},
  DateTimeISO: '2026-03-02T09:00:00.000Z',
}
