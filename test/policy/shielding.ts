import { execute, parse, type GraphQLSchema } from 'graphql'
import type { AccessGrant } from '../../src/kernel/request-context.js'
import { guardTypeDefs } from '../../src/policy/index.js'
import { middlewareLibrary, shieldLibrary, type MiddlewareTree } from '../../src/policy/shield/load-shield.js'
import { schemaOf, type Resolvers } from '../../bench/support/schema-of.js'
import { contextOf, factor, proof, session } from './support.js'

export const unmet = session({ factors: [factor('TOTP')] })
export const met = session({ factors: [factor('TOTP')], proofs: [proof('TOTP', 1)] })
export const everything: AccessGrant = { covers: () => true }

export const SDL = `
  type Query { open: String @guard(access: PUBLIC)  user: User @guard  node: Node @guard }
  interface Node { id: ID  secret: String }
  type User implements Node { id: ID  secret: String @guard(assurance: MFA) }
`
export const user = { __typename: 'User', id: '1', secret: 'hidden' }
export const resolvers: Resolvers<unknown> = { Query: { open: () => 'open', user: () => user, node: () => user } }

export const schemaWith = (sdl: string, given: Resolvers<unknown> = {}): GraphQLSchema =>
  schemaOf(`${guardTypeDefs}\n${sdl}`, given)

/** Runs a document without the policy, as a missing hook or another transport would. */
export async function runUnauthorized(schema: GraphQLSchema, query: string, contextValue: unknown = contextOf(met)) {
  return execute({ schema, document: parse(query), contextValue })
}

/** Plain graphql-shield, to pin the behaviour that our rules guard against. */
export async function runShield(
  tree: object,
  query: string,
  options: object = {},
  schema = schemaWith(SDL, resolvers),
) {
  const permissions = shieldLibrary.shield(tree as Parameters<typeof shieldLibrary.shield>[0], options)
  const shielded = middlewareLibrary.applyMiddleware(schema, permissions.generate(schema) as MiddlewareTree)
  return execute({ schema: shielded, document: parse(query), contextValue: {} })
}

export const thrower = shieldLibrary.rule('thrower')(() => {
  throw new Error('raw detail')
})

export const raise = (thrown: unknown) => () => {
  throw thrown
}
