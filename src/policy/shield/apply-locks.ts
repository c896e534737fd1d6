import { defaultFieldResolver, type GraphQLField, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql'
import type { AccessGrant } from '../../kernel/request-context.js'
import type { AccessTable } from '../access-table.js'
import { rootTypesOf } from '../read-requirements.js'
import { middlewareLibrary, shieldLibrary, type FieldMiddleware, type MiddlewareTree } from './load-shield.js'
import {
  assertRuleTree,
  buildRuleTree,
  isGranted,
  lockedRefusal,
  type LockContext,
  type RuleTree,
} from './rule-tree.js'

type Field = GraphQLField<unknown, LockContext>
type Resolver = GraphQLFieldResolver<unknown, LockContext>

/**
 * Adds the second lock to every root field and every guarded field: graphql-shield rules that check the grant of the
 * running operation. If the schema runs without the policy, the rules reject all of these fields.
 */
export function applyLocks(schema: GraphQLSchema, table: AccessTable): GraphQLSchema {
  const rules = buildRuleTree(schema, table)
  assertRuleTree(schema, rules)
  const middleware = middlewareFor(schema, rules)
  const locked = middlewareLibrary.applyMiddleware(schema, middleware)
  lockSubscriptions(schema, locked, middleware)
  openGrantedFieldsFast(schema, locked, rules)
  assertLocked(schema, locked, rules)
  return locked
}

/** Throws if a field of the tree still has its original resolver. Pure; runs once at start. */
export function assertLocked(before: GraphQLSchema, after: GraphQLSchema, rules: RuleTree): void {
  const open = coordinatesOf(rules).filter(([typeName, fieldName]) => {
    const { resolve, subscribe } = fieldOf(after, typeName, fieldName)
    const original = fieldOf(before, typeName, fieldName)
    if (!resolve || resolve === defaultFieldResolver || resolve === original.resolve) return true
    return original.subscribe !== undefined && subscribe === original.subscribe
  })
  if (open.length > 0) throw new Error(`not locked: ${open.map((coordinate) => coordinate.join('.')).join(', ')}`)
}

/** Shield generates middleware for every field. Only fields of the tree keep theirs; the others would deny (S1). */
function middlewareFor(schema: GraphQLSchema, rules: RuleTree): MiddlewareTree {
  const shield = shieldLibrary.shield(rules, {
    debug: false,
    fallbackRule: shieldLibrary.deny,
    // With `allowExternalErrors` shield *returns* what a resolver throws, so a thrown string becomes data (S10).
    // Here errors pass unchanged and are masked in one place. A rule that denies without a reason (`error` is null)
    // still gets a code.
    fallbackError: (error: unknown, _source: object, _args: object, context: object) =>
      error === null ? lockedRefusal(context as LockContext) : errorOf(error),
  })
  const generated = shield.generate(schema) as MiddlewareTree
  const kept = coordinatesOf(rules).map(([typeName]) => typeName)
  return Object.fromEntries(
    [...new Set(kept)].map((typeName) => {
      const fields = Object.keys(rules[typeName] ?? {}).map((name) => [name, generated[typeName]?.[name]] as const)
      return [typeName, Object.fromEntries(fields) as Record<string, FieldMiddleware>]
    }),
  )
}

/**
 * A subscription has two locks. The one on `subscribe` starts no source for a caller without access. The one on
 * `resolve` runs for each event and reads the live context. graphql-middleware adds only one of them (S11). To stop a
 * running stream, the transport sets `context.access = null` and ends it.
 */
function lockSubscriptions(before: GraphQLSchema, after: GraphQLSchema, middleware: MiddlewareTree): void {
  const type = after.getSubscriptionType()
  if (!type) return
  for (const [name, field] of Object.entries(type.getFields())) {
    const original = fieldOf(before, type.name, name)
    const lock = middleware[type.name]?.[name]
    if (!lock) throw new Error(`not locked: ${type.name}.${name}`)
    field.resolve = locking(lock, original.resolve ?? defaultFieldResolver)
    if (original.subscribe) field.subscribe = locking(lock, original.subscribe)
  }
}

/**
 * Below the root, a granted field calls its own resolver directly. Shield wraps every call in several promises, which
 * on long lists costs far more than the rest of the execution. The shortcut is safe because it makes the same check as
 * the rule (`isGranted`), on the same live context, at the same moment. If the check fails, shield refuses.
 */
function openGrantedFieldsFast(before: GraphQLSchema, after: GraphQLSchema, rules: RuleTree): void {
  const roots = new Set(rootTypesOf(after).map((type) => type.name))
  for (const [typeName, fieldName] of coordinatesOf(rules)) {
    if (roots.has(typeName)) continue
    const field = fieldOf(after, typeName, fieldName)
    const original = fieldOf(before, typeName, fieldName).resolve ?? defaultFieldResolver
    const locked = field.resolve
    if (!locked || locked === original) throw new Error(`not locked: ${typeName}.${fieldName}`)
    // A grant never changes, so the rows of a list ask it once.
    let granted: AccessGrant | null = null
    field.resolve = (source, args, context, info) => {
      const access = context?.access ?? null
      if (access === null || access !== granted) {
        if (!isGranted(context, typeName, fieldName)) return locked(source, args, context, info)
        granted = access
      }
      return original(source, args, context, info)
    }
  }
}

function locking(lock: FieldMiddleware, original: Resolver): Resolver {
  return (source, args, context, info) =>
    lock((...given) => original(...(given as Parameters<Resolver>)), source, args, context, info)
}

function coordinatesOf(rules: RuleTree): readonly (readonly [typeName: string, fieldName: string])[] {
  return Object.entries(rules).flatMap(([typeName, fields]) =>
    Object.keys(fields).map((fieldName) => [typeName, fieldName] as const),
  )
}

function fieldOf(schema: GraphQLSchema, typeName: string, fieldName: string): Field {
  const type = schema.getType(typeName)
  const field = type && 'getFields' in type ? type.getFields()[fieldName] : undefined
  if (!field || !('args' in field)) throw new Error(`there is no field ${typeName}.${fieldName}`)
  return field as Field
}

const errorOf = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error('a resolver threw something that is no error', { cause: thrown })
