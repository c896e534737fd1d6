import { buildSchema, isObjectType, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql'

type Resolver<Context> = GraphQLFieldResolver<unknown, Context>

/** Resolvers by type and field. */
export type Resolvers<Context> = Readonly<Record<string, Readonly<Record<string, Resolver<Context>>>>>

/** A schema from SDL with resolvers on it. */
export function schemaOf<Context = unknown>(sdl: string, resolvers: Resolvers<Context> = {}): GraphQLSchema {
  const schema = buildSchema(sdl)
  for (const [typeName, fields] of Object.entries(resolvers)) {
    const type = schema.getType(typeName)
    if (!isObjectType(type)) throw new Error(`${typeName} is no object type`)
    for (const [fieldName, resolve] of Object.entries(fields)) {
      const field = type.getFields()[fieldName]
      if (!field) throw new Error(`${typeName}.${fieldName} is no field`)
      field.resolve = resolve
    }
  }
  return schema
}
