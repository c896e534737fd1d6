import { isObjectType, type GraphQLSchema } from 'graphql'
import { refuse, type Refusal } from '../../kernel/refusal.js'
import type { RequestContext } from '../../kernel/request-context.js'
import type { AccessTable } from '../access-table.js'
import { rootTypesOf } from '../read-requirements.js'
import { shieldLibrary } from './load-shield.js'

type Rule = ReturnType<ReturnType<typeof shieldLibrary.rule>>

/** Rules by object type and field. Every root field and every guarded field has one. */
export type RuleTree = Readonly<Record<string, Readonly<Record<string, Rule>>>>

/** The parts of the context that rules read. Other code may execute the schema with any context. */
export type LockContext = Partial<Pick<RequestContext, 'access' | 'actor'>> | null | undefined

/** One rule per field: the running operation was granted this field. Rules cache nothing between fields (S6, S7). */
export function buildRuleTree(schema: GraphQLSchema, table: AccessTable): RuleTree {
  const fields = new Map<string, Set<string>>()
  const list = (typeName: string, fieldName: string): void => {
    const listed = fields.get(typeName) ?? new Set<string>()
    fields.set(typeName, listed.add(fieldName))
  }
  for (const type of rootTypesOf(schema)) for (const name of Object.keys(type.getFields())) list(type.name, name)
  for (const { typeName, fieldName } of table.rows) list(typeName, fieldName)
  return Object.fromEntries(
    [...fields].map(([typeName, names]) => {
      const rules = [...names].map((fieldName) => [fieldName, grantedRule(typeName, fieldName)] as const)
      return [typeName, Object.fromEntries(rules)]
    }),
  )
}

/**
 * Throws if shield would silently ignore part of the tree: it never runs a rule on an interface or union (S2), and one
 * undefined rule makes it drop all rules of the type (S3).
 */
export function assertRuleTree(schema: GraphQLSchema, tree: RuleTree): void {
  for (const [typeName, rules] of Object.entries(tree)) {
    const type = schema.getType(typeName)
    if (!isObjectType(type)) throw new Error(`the rules of ${typeName} would never be asked: it is no object type`)
    for (const [fieldName, rule] of Object.entries(rules)) {
      if (!type.getFields()[fieldName]) throw new Error(`the rule ${typeName}.${fieldName} has no field`)
      if (typeof (rule as Partial<Rule> | undefined)?.resolve !== 'function')
        throw new Error(`the rule ${typeName}.${fieldName} is undefined`)
    }
  }
}

/** Whether the running operation was granted the field. Every lock checks only this, always on the live context. */
export function isGranted(context: LockContext, typeName: string, fieldName: string): boolean {
  return context?.access?.covers(typeName, fieldName) === true
}

/** The error of a locked field. The policy normally refuses first, with more detail; this is the fallback. */
export function lockedRefusal(context: LockContext): Refusal {
  const kind = context?.actor?.kind ?? 'anonymous'
  return refuse(kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN')
}

function grantedRule(typeName: string, fieldName: string): Rule {
  const rule = shieldLibrary.rule(`granted ${typeName}.${fieldName}`, { cache: 'no_cache' })
  // Returns the error instead of throwing it: a thrown error loses its code (S18), and inside `not` it allows (S4).
  return rule((_source: unknown, _args: unknown, context: LockContext) =>
    isGranted(context, typeName, fieldName) ? true : lockedRefusal(context),
  )
}
