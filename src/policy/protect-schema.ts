import type { GraphQLSchema } from 'graphql'
import { USUAL_ASSURANCES, type Assurances } from '../kernel/assurance.js'
import type { AccessTable } from './access-table.js'
import { withGuardDirective } from './directive.js'
import { readRequirements } from './read-requirements.js'
import { applyLocks } from './shield/index.js'

export interface ProtectedSchema {
  /** The schema to serve: it declares `@guard`, and every root and guarded field is locked. */
  readonly schema: GraphQLSchema
  readonly table: AccessTable
}

/**
 * Puts the guards of a schema in force. Write `@guard` on your own types (their definitions are in
 * `schema/directives.graphql` and in `guardTypeDefs`), keep your resolvers, and serve what this returns:
 *
 * - every field of `Query`, `Mutation` and `Subscription` needs a guard, its own or its type's; `PUBLIC` says "everyone";
 * - the locks open for operations that `Policy.authorize` has allowed and set `context.access` for; without it every
 *   root field and every guarded field is refused, so nothing is open by mistake;
 * - the schema given is not changed.
 *
 * Throws `InvalidGuards`, naming every mistake at once, when a root field has no guard, when a guard is on an interface
 * or union (where it would have no effect), or when it asks for what nobody can prove by `assurances`.
 */
export function protectSchema(schema: GraphQLSchema, assurances: Assurances = USUAL_ASSURANCES): ProtectedSchema {
  const declared = withGuardDirective(schema)
  const table = readRequirements(declared, assurances)
  return { schema: applyLocks(declared, table), table }
}
