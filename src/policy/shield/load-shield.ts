import { createRequire } from 'node:module'
import type { GraphQLResolveInfo, GraphQLSchema } from 'graphql'

type ShieldModule = typeof import('graphql-shield')

/** One field's middleware as graphql-shield generates it: runs the rule, then resolves or returns an error. */
export type FieldMiddleware = (
  resolve: (source?: unknown, args?: unknown, context?: unknown, info?: GraphQLResolveInfo) => unknown,
  source: unknown,
  args: unknown,
  context: unknown,
  info: GraphQLResolveInfo,
) => Promise<unknown>

/** Middleware by type and field. */
export type MiddlewareTree = Readonly<Record<string, Readonly<Record<string, FieldMiddleware>>>>

interface MiddlewareModule {
  applyMiddleware(schema: GraphQLSchema, tree: MiddlewareTree): GraphQLSchema
}

const require = createRequire(import.meta.url)

// Node 23 removed this function, but graphql-shield still calls it.
const util = require('node:util') as { isUndefined?: (value: unknown) => boolean }
util.isUndefined ??= (value) => value === undefined

/**
 * graphql-shield and graphql-middleware in their CommonJS builds. The ESM build of shield does not link on Node 23 and
 * later, and both libraries must share the same classes. Import them only from this file.
 */
export const shieldLibrary = require('graphql-shield') as ShieldModule
export const middlewareLibrary = require('graphql-middleware') as MiddlewareModule
