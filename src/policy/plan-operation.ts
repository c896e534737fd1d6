import { Kind, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql'
import type { Assurances } from '../kernel/assurance.js'
import type { AccessGrant, OperationIdentity } from '../kernel/request-context.js'
import type { AccessTable } from './access-table.js'
import { conditionValues, mayRun, type ConditionValues, type Variables } from './conditions.js'
import { graphOf, type DocumentGraph, type GraphNode } from './document-graph.js'
import { identifierOf, type HashOperation } from './operation-identity.js'
import { foldRequirements, type FoldedRequirement, type ReachedField } from './requirement.js'

/** The fields one request reaches, and their combined requirements. */
export interface Reach {
  readonly enforced: FoldedRequirement
  /** The requirements of `reportOnly` guards: decided and recorded, never enforced. Null if there are none. */
  readonly reported: FoldedRequirement | null
  /** The non-public root fields of a mutation, one entry per call. Empty for a query. */
  readonly changes: readonly string[]
  /** Covers exactly the reached fields. */
  readonly grant: AccessGrant
}

/** What an operation reaches at most, whatever its variables are. */
export interface MayReach {
  readonly fields: readonly { readonly typeName: string; readonly fieldName: string }[]
  /** Whether the risk of the operation is assessed. */
  readonly isAssessed: boolean
}

/** One operation of a document, analysed once. */
export interface OperationPlan {
  identify(variables: Variables): OperationIdentity
  /** What the operation reaches with any variables. */
  readonly mayReach: MayReach
  /** What the operation reaches with these variables. Cached by the values of the `@skip` and `@include` conditions. */
  reach(variables: Variables): Reach
}

/** Finds the plan of an operation. Null if the document has no such operation; then nothing can run. */
export type Planner = (document: DocumentNode, operationName: string | null | undefined) => OperationPlan | null

// Real documents have few condition variables. An attacker's document with many only flushes its own cache.
const REACHES_KEPT = 32

export interface PlannerDeps {
  readonly schema: GraphQLSchema
  readonly table: AccessTable
  readonly hashOperation: HashOperation
  /** The assurance of each factor type. Demands that no single factor can meet together stay separate. */
  readonly assurances: Assurances
}

/**
 * Plans operations. A plan lives as long as its parsed document. Apollo's bounded document store returns the same
 * document for the same text.
 */
export function createPlanner(deps: PlannerDeps): Planner {
  const plans = new WeakMap<DocumentNode, Map<OperationDefinitionNode, OperationPlan>>()
  return (document, operationName) => {
    const operation = chooseOperation(document, operationName)
    if (!operation) return null
    const known = plans.get(document) ?? new Map<OperationDefinitionNode, OperationPlan>()
    plans.set(document, known)
    const plan = known.get(operation) ?? planOperation(deps, document, operation)
    if (plan) known.set(operation, plan)
    return plan
  }
}

function planOperation(
  { schema, table, hashOperation, assurances }: PlannerDeps,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationPlan | null {
  const graph = graphOf(schema, document, operation)
  if (!graph) return null
  const { conditionVariables } = graph
  const identify = identifierOf(document, operation, hashOperation)
  const reaches = new Map<string, Reach>()
  const reach = (variables: Variables): Reach => {
    const values = conditionValues(operation, conditionVariables, variables)
    const key = [...values.values()].join()
    const known = reaches.get(key)
    if (known) return known
    if (reaches.size >= REACHES_KEPT) reaches.clear()
    const fresh = walk(graph, { table, assurances, mutationType: schema.getMutationType()?.name }, values)
    reaches.set(key, fresh)
    return fresh
  }
  const mayReach = everythingIn(graph, { table, assurances })
  if (conditionVariables.length > 0) return { identify, mayReach, reach }
  const always = reach(null)
  return { identify, mayReach, reach: () => always }
}

function everythingIn(
  graph: DocumentGraph,
  { table, assurances }: Pick<PlannerDeps, 'table' | 'assurances'>,
): MayReach {
  const nodes = new Set<GraphNode>([graph.root])
  // The loop appends to the set it iterates over.
  for (const { steps } of nodes) for (const { to } of steps) nodes.add(to)
  const reached = [...nodes].flatMap((node) =>
    node.fields.map(({ fieldName, responseKey }) => {
      const requirement = requirementAt(table, graph, node, fieldName)
      return { typeName: node.typeName, fieldName, guarded: requirement ? [{ path: responseKey, requirement }] : [] }
    }),
  )
  const { sensitive } = foldRequirements(
    reached.flatMap(({ guarded }) => guarded),
    assurances,
  )
  return {
    fields: reached.map(({ typeName, fieldName }) => ({ typeName, fieldName })),
    isAssessed: sensitive.length > 0,
  }
}

function walk(
  graph: DocumentGraph,
  {
    table,
    assurances,
    mutationType,
  }: Pick<PlannerDeps, 'table' | 'assurances'> & { readonly mutationType: string | undefined },
  values: ConditionValues,
): Reach {
  const fields = new Map<string, Set<string>>()
  const reached: ReachedField[] = []
  const changes = new Map<string, string>()
  const seen = new Set<GraphNode>([graph.root])
  const queue = [{ node: graph.root, path: '' }]
  // Breadth first, so that a node gets its shortest path. The loop appends to the array it iterates over.
  for (const { node, path } of queue) {
    const covered = fields.get(node.typeName) ?? new Set<string>()
    fields.set(node.typeName, covered)
    for (const field of node.fields) {
      if (!mayRun(field.conditions, values)) continue
      covered.add(field.fieldName)
      const requirement = requirementAt(table, graph, node, field.fieldName)
      if (!requirement) continue
      reached.push({ path: `${path}${field.responseKey}`, requirement })
      if (node.typeName === mutationType && requirement.access !== 'PUBLIC')
        changes.set(field.responseKey, field.fieldName)
    }
    for (const { responseKey, conditions, to } of node.steps) {
      if (seen.has(to) || !mayRun(conditions, values)) continue
      seen.add(to)
      queue.push({ node: to, path: responseKey === null ? path : `${path}${responseKey}.` })
    }
  }
  const reports = reached.filter(({ requirement }) => requirement.reportOnly)
  return Object.freeze({
    enforced: foldRequirements(
      reached.filter(({ requirement }) => !requirement.reportOnly),
      assurances,
    ),
    reported: reports.length > 0 ? foldRequirements(reports, assurances) : null,
    changes: [...changes.values()],
    grant: Object.freeze({
      covers: (typeName: string, fieldName: string) => fields.get(typeName)?.has(fieldName) === true,
    }),
  })
}

function requirementAt(table: AccessTable, graph: DocumentGraph, node: GraphNode, fieldName: string) {
  if (fieldName !== '__typename') return table.requirementOf(node.typeName, fieldName)
  // Below the root, `__typename` reveals that an object exists (E5), so it has the requirement of the type.
  return node.typeName === graph.root.typeName ? null : table.requirementOfType(node.typeName)
}

/** Chooses as the executor does: the operation with that name, or the only one. */
function chooseOperation(
  document: DocumentNode,
  operationName: string | null | undefined,
): OperationDefinitionNode | null {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  if (operationName != null) return operations.findLast(({ name }) => name?.value === operationName) ?? null
  return operations.length === 1 ? (operations[0] ?? null) : null
}
