import type { GraphQLSchema } from 'graphql'
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql'

type ResolverClass = new (...args: never[]) => object

/** The schema of the gateway, from the resolvers of its modules. A test keeps `schema/stepgate.graphql` equal to it. */
export function buildAppSchema(resolvers: readonly object[]): GraphQLSchema {
  const instances = new Map(resolvers.map((resolver) => [resolver.constructor as ResolverClass, resolver]))
  return buildSchemaSync({
    resolvers: [...instances.keys()] as unknown as NonEmptyArray<ResolverClass>,
    container: { get: (type) => instances.get(type as ResolverClass) },
    validate: false,
    // The schema is the same at every start, and a test validates it.
    skipCheck: true,
  })
}
