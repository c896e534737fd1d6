import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server'
import { getVariableValues } from 'graphql'
import { refuse } from '../kernel/refusal.js'
import { explainVariables } from '../policy/index.js'
import type { HttpPorts } from './ports.js'
import type { HttpContext } from './request-context.js'

type Resolved<Viewer> = GraphQLRequestContextDidResolveOperation<HttpContext<Viewer>>
type AuthorizePorts<Viewer> = Pick<HttpPorts<Viewer>, 'authorize'>

/** Asks the policy about every valid operation before it runs. A refusal becomes the whole answer. */
export function authorizePlugin<Viewer>(ports: AuthorizePorts<Viewer>): ApolloServerPlugin<HttpContext<Viewer>> {
  const didResolveOperation = (request: Resolved<Viewer>): Promise<void> => authorizeOperation(ports, request)
  return { requestDidStart: () => Promise.resolve({ didResolveOperation }) }
}

async function authorizeOperation<Viewer>(ports: AuthorizePorts<Viewer>, request: Resolved<Viewer>): Promise<void> {
  const { document, operation, schema, contextValue: context } = request
  if (!operation) throw refuse('GRAPHQL_VALIDATION_FAILED')
  const variables = request.request.variables ?? {}
  // The executor would check variables too, but its messages quote them (A11, A17).
  const declared = operation.variableDefinitions ?? []
  const wrong = declared.length > 0 && getVariableValues(schema, declared, variables, { maxErrors: 1 }).errors
  if (wrong) {
    context.record.explanation = explainVariables(schema, declared, variables)
    throw refuse('BAD_USER_INPUT')
  }
  await ports.authorize({ document, operationName: operation.name?.value ?? null, variables, context })
}
