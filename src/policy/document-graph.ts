import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { conditionsOf, type Condition } from './conditions.js'

/** A selection set executed on one object type. Each pair of selection set and object type has one node. */
export interface GraphNode {
  readonly typeName: string
  readonly fields: readonly GraphField[]
  readonly steps: readonly GraphStep[]
}

export interface GraphField {
  readonly fieldName: string
  /** The alias, or the name if there is none. */
  readonly responseKey: string
  readonly conditions: readonly Condition[]
}

/** The step from one selection set to the next, through a field or through a fragment (which has no key). */
export interface GraphStep {
  readonly responseKey: string | null
  readonly conditions: readonly Condition[]
  readonly to: GraphNode
}

export interface DocumentGraph {
  readonly root: GraphNode
  /** The variables used in `@skip` and `@include`, sorted. */
  readonly conditionVariables: readonly string[]
}

interface OpenNode {
  readonly type: GraphQLObjectType
  readonly selections: SelectionSetNode
  readonly node: { typeName: string; fields: GraphField[]; steps: GraphStep[] }
}

/**
 * Everything an operation can reach. Interfaces and unions are expanded into all their possible object types. Each pair
 * of selection set and object type is one node, so a document that repeats fragments, or spreads them in a cycle, costs
 * no more than its own size. Null if the schema does not support this kind of operation.
 */
export function graphOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): DocumentGraph | null {
  const rootType = schema.getRootType(operation.operation)
  if (!rootType) return null
  const fragments = fragmentsOf(document)
  const nodes = new Map<SelectionSetNode, Map<string, OpenNode>>()
  const open: OpenNode[] = []
  const variables = new Set<string>()

  const nodeFor = (type: GraphQLObjectType, selections: SelectionSetNode): GraphNode => {
    const byType = nodes.get(selections) ?? new Map<string, OpenNode>()
    nodes.set(selections, byType)
    const known = byType.get(type.name)
    if (known) return known.node
    const fresh: OpenNode = { type, selections, node: { typeName: type.name, fields: [], steps: [] } }
    byType.set(type.name, fresh)
    open.push(fresh)
    return fresh.node
  }

  const root = nodeFor(rootType, operation.selectionSet)
  for (let next = open.pop(); next; next = open.pop()) {
    const { type, node } = next
    for (const selection of next.selections.selections) {
      const conditions = conditionsOf(selection)
      if (conditions === null) continue
      for (const { variable } of conditions) variables.add(variable)
      if (selection.kind === Kind.FIELD) {
        const responseKey = selection.alias?.value ?? selection.name.value
        node.fields.push({ fieldName: selection.name.value, responseKey, conditions })
        for (const to of innerNodes(schema, type, selection, nodeFor)) node.steps.push({ responseKey, conditions, to })
        continue
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
      if (!fragment || !applies(schema, type, fragment.typeCondition?.name.value)) continue
      node.steps.push({ responseKey: null, conditions, to: nodeFor(type, fragment.selectionSet) })
    }
  }
  return { root, conditionVariables: [...variables].sort() }
}

export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]))
}

function innerNodes(
  schema: GraphQLSchema,
  parent: GraphQLObjectType,
  field: FieldNode,
  nodeFor: (type: GraphQLObjectType, selections: SelectionSetNode) => GraphNode,
): readonly GraphNode[] {
  const { selectionSet } = field
  // Introspection fields are not defined on the type. Validation rejects them where introspection is off.
  const definition = parent.getFields()[field.name.value]
  if (!selectionSet || !definition) return []
  const type = getNamedType(definition.type)
  if (!isCompositeType(type)) return []
  const possible = isObjectType(type) ? [type] : schema.getPossibleTypes(type)
  return possible.map((object) => nodeFor(object, selectionSet))
}

function applies(schema: GraphQLSchema, type: GraphQLObjectType, condition: string | undefined): boolean {
  if (condition === undefined || condition === type.name) return true
  const wanted = schema.getType(condition)
  return isAbstractType(wanted) && schema.isSubType(wanted, type)
}
