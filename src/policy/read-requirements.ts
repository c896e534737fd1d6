import {
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isUnionType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql'
import { USUAL_ASSURANCES, type Assurances } from '../kernel/assurance.js'
import { createAccessTable, type AccessRow, type AccessTable } from './access-table.js'
import { checkRequirement } from './check-requirement.js'
import { guardsOf, requirementOfGuard, type DirectiveCarrier } from './guards-of.js'
import type { Requirement } from './requirement.js'

/** The guards of a schema are contradictory or leave a root field open. Thrown at start, with all problems at once. */
export class InvalidGuards extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The schema cannot be protected:\n${problems.map((problem) => `- ${problem}`).join('\n')}`)
    this.name = 'InvalidGuards'
  }
}

/**
 * Reads the `@guard`s of the final schema, whether built by TypeGraphQL, from SDL or by hand. A field without its own
 * guard inherits that of its object type. Throws `InvalidGuards` with all problems at once.
 */
export function readRequirements(schema: GraphQLSchema, assurances: Assurances = USUAL_ASSURANCES): AccessTable {
  const problems: string[] = []
  const reader = { assurances, problems }
  const rows: AccessRow[] = []
  const types = new Map<string, Requirement>()
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type)) continue
    if (isInterfaceType(type)) problems.push(...guardsOnInterface(type))
    if (isUnionType(type) && guardsOf(type).length > 0) problems.push(misplaced(`union ${type.name}`))
    if (!isObjectType(type)) continue
    const own = readGuard(type.name, type, reader)
    if (own) types.set(type.name, own)
    rows.push(...readFields(type, own, reader))
  }
  problems.push(...openRootFields(schema, rows))
  if (problems.length > 0) throw new InvalidGuards(problems)
  return createAccessTable(rows, types)
}

/** The query, mutation and subscription types that the schema has. */
export function rootTypesOf(schema: GraphQLSchema): readonly GraphQLObjectType[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  return roots.filter((type) => type != null)
}

interface Reader {
  readonly assurances: Assurances
  readonly problems: string[]
}

function readFields(type: GraphQLObjectType, inherited: Requirement | null, reader: Reader): AccessRow[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const requirement = readGuard(`${type.name}.${field.name}`, field, reader) ?? inherited
    return requirement ? [{ typeName: type.name, fieldName: field.name, ...requirement }] : []
  })
}

function readGuard(place: string, carrier: DirectiveCarrier, { assurances, problems }: Reader): Requirement | null {
  try {
    const guards = guardsOf(carrier)
    if (guards.length > 1) problems.push(`${place}: has ${guards.length} guards, but can have one`)
    const requirement = guards[0] ? requirementOfGuard(guards[0]) : null
    const objections = requirement ? checkRequirement(requirement, assurances) : []
    problems.push(...objections.map((problem) => `${place}: @guard ${problem}`))
    return requirement
  } catch (error) {
    problems.push(`${place}: @guard ${error instanceof Error ? error.message : String(error)}`)
    return null
  }
}

function guardsOnInterface(type: GraphQLInterfaceType): readonly string[] {
  const fields = Object.values(type.getFields()).filter((field) => guardsOf(field).length > 0)
  const places = fields.map((field) => `interface field ${type.name}.${field.name}`)
  return [...(guardsOf(type).length > 0 ? [`interface ${type.name}`] : []), ...places].map(misplaced)
}

// GraphQL executes object types, never interfaces, so a guard there would look effective but do nothing (S2).
const misplaced = (place: string): string =>
  `${place}: a guard has no effect here; put it on the object types that implement or make it up`

function openRootFields(schema: GraphQLSchema, rows: readonly AccessRow[]): readonly string[] {
  const guarded = new Set(rows.map((row) => `${row.typeName}.${row.fieldName}`))
  const fields = rootTypesOf(schema).flatMap((type) =>
    Object.keys(type.getFields()).map((field) => `${type.name}.${field}`),
  )
  return fields
    .filter((field) => !guarded.has(field))
    .map((field) => `${field}: has no guard; write @guard(access: PUBLIC) if everyone may call it`)
}
