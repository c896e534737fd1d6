import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server'
import { getVariableValues, type GraphQLSchema, type OperationDefinitionNode } from 'graphql'
import { refuse } from '../kernel/refusal.js'
import type { HttpPorts } from './ports.js'
import type { HttpContext } from './request-context.js'

type AuthorizePorts<Viewer> = Pick<HttpPorts<Viewer>, 'authorize' | 'hashOperation'>

/** Asks the policy about every operation once it is valid and before any of it runs; a refusal is the whole answer. */
export function authorizePlugin<Viewer>(ports: AuthorizePorts<Viewer>): ApolloServerPlugin<HttpContext<Viewer>> {
  const didResolveOperation = (request: GraphQLRequestContextDidResolveOperation<HttpContext<Viewer>>): Promise<void> =>
    authorizeOperation(ports, request)
  return { requestDidStart: () => Promise.resolve({ didResolveOperation }) }
}

async function authorizeOperation<Viewer>(
  ports: AuthorizePorts<Viewer>,
  {
    request,
    document,
    operation,
    schema,
    source,
    contextValue: context,
  }: GraphQLRequestContextDidResolveOperation<HttpContext<Viewer>>,
): Promise<void> {
  if (!operation) throw refuse('GRAPHQL_VALIDATION_FAILED')
  const given = request.variables ?? {}
  const name = operation.name?.value ?? null
  // Variables are coerced here too, so that wrong ones get one short answer that does not quote them (A11, A17).
  const variables = coerce(schema, operation, given)
  context.operation = { name, hash: ports.hashOperation(canonicalJson([source, name, given])) }
  context.access = await ports.authorize({ document, operation, variables, context })
}

function coerce(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], given, { maxErrors: 1 })
  if (!coerced) throw refuse('BAD_USER_INPUT')
  return coerced
}

/** JSON with the keys of objects in order, so that the same variables always hash alike. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (isPlainObject(part) ? sorted(part) : part))
}

const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const sorted = (value: object): object =>
  Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
