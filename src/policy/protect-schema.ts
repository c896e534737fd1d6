import type { GraphQLSchema } from 'graphql'
import { USUAL_ASSURANCES, type Assurances } from '../kernel/assurance.js'
import type { AccessTable } from './access-table.js'
import { withGuardDirective } from './directive.js'
import { readRequirements } from './read-requirements.js'
import { applyLocks } from './shield/index.js'

export interface ProtectedSchema {
  /** The schema to serve. It declares `@guard` and locks every root field and every guarded field. */
  readonly schema: GraphQLSchema
  readonly table: AccessTable
}

/**
 * Enforces the guards of a schema. Write `@guard` on your own types (`schema/directives.graphql` and `guardTypeDefs`
 * define it), keep your resolvers, and serve the schema that this function returns:
 *
 * - Every field of `Query`, `Mutation` and `Subscription` needs a guard, its own or its type's. `PUBLIC` opens it.
 * - The locks open only for operations that `Policy.authorize` allowed by setting `context.access`. Without it, every
 *   root field and every guarded field is refused, so nothing is open by mistake.
 * - The schema you pass in is not changed.
 *
 * Throws `InvalidGuards`, with all mistakes at once, if a root field has no guard, if a guard is on an interface or a
 * union (where it would have no effect), or if no factor can meet a guard with these `assurances`.
 */
export function protectSchema(schema: GraphQLSchema, assurances: Assurances = USUAL_ASSURANCES): ProtectedSchema {
  const declared = withGuardDirective(schema)
  const table = readRequirements(declared, assurances)
  return { schema: applyLocks(declared, table), table }
}
