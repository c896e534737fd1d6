import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { fragmentsOf } from './document-graph.js'

/** The size of an operation with its fragments expanded. */
export interface DocumentSize {
  /** Levels on the longest path. Each field, inline fragment and spread is one level. */
  readonly depth: number
  readonly rootFields: number
  /** Aliases and repeated fields. Both multiply the work of a document. */
  readonly aliases: number
  readonly directives: number
  /** The number of fields in the largest expected response, with lists multiplied by their length. */
  readonly cost: number
  /** Fields that check a password, a code or a token. */
  readonly authentications: number
}

export interface MeasureDeps {
  readonly schema: GraphQLSchema
  /** Measuring stops below this depth and reports an infinite depth. */
  readonly maxDepth: number
  readonly isAuthentication: (typeName: string, fieldName: string) => boolean
}

interface Place {
  readonly type: GraphQLCompositeType | null
  /** The length of a list directly below, if the parent field has `first` or `last`. */
  readonly page: number | null
  readonly level: number
}

type Tally = { -readonly [Name in keyof DocumentSize]: number }

const ASSUMED_LIST_LENGTH = 10
const ASSUMED_VARIABLE_PAGE = 100
/** The standard introspection query is deep. If introspection is allowed, it may have this many levels. */
const INTROSPECTION_LEVELS = 40

const emptyTally = (): Tally => ({
  depth: 0,
  rootFields: 0,
  aliases: 0,
  directives: 0,
  cost: 0,
  authentications: 0,
})

/**
 * Measures every operation and every fragment of a document. Unused fragments count too, because validation reads them.
 * Each fragment is measured once per kind of place it is used in, and the result is reused. Fragments that double each
 * other therefore give large numbers but take no extra time (A5, A8, A9).
 */
export function measureDocument(deps: MeasureDeps, document: DocumentNode): readonly DocumentSize[] {
  const { schema, maxDepth } = deps
  const fragments = fragmentsOf(document)
  const measured = new Map<string, Tally>()
  return document.definitions.flatMap((node) => {
    if (node.kind === Kind.OPERATION_DEFINITION) return [measureOperation(node)]
    // By node, not by name: validation reads both of two fragments with the same name before it rejects the document.
    return node.kind === Kind.FRAGMENT_DEFINITION ? [measureFragment(node)] : []
  })

  function measureOperation(operation: OperationDefinitionNode): Tally {
    const type = schema.getRootType(operation.operation) ?? null
    const tally = measure(operation.selectionSet, { type, page: null, level: 1 })
    tally.directives += operation.directives?.length ?? 0
    for (const variable of operation.variableDefinitions ?? []) tally.directives += variable.directives?.length ?? 0
    return tally
  }

  /** The cost of reading a fragment. The cost of running it is counted where it is spread. */
  function measureFragment(fragment: FragmentDefinitionNode): Tally {
    const isIntrospection = fragment.typeCondition.name.value.startsWith('__')
    const tally = measureDefinition(fragment, null, isIntrospection ? maxDepth - INTROSPECTION_LEVELS : 0)
    const depth = isIntrospection && tally.depth < Infinity ? 0 : tally.depth
    return { ...emptyTally(), depth, aliases: tally.aliases, directives: tally.directives }
  }

  function measureDefinition(fragment: FragmentDefinitionNode, page: number | null, level: number): Tally {
    const type = typeNamed(fragment.typeCondition.name.value)
    const tally = measure(fragment.selectionSet, { type, page, level: level + 1 })
    tally.directives += fragment.directives?.length ?? 0
    return tally
  }

  function measure(selections: SelectionSetNode, place: Place, names = new Set<string>()): Tally {
    // The document is already too deep and will be rejected, so the levels below do not matter.
    if (place.level > maxDepth) return { ...emptyTally(), depth: Infinity }
    const tally = emptyTally()
    const { level, page } = place
    for (const selection of selections.selections) {
      tally.directives += selection.directives?.length ?? 0
      if (selection.kind === Kind.FIELD) addField(tally, selection, place, names)
      else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        addLevel(tally, measureSpread(selection.name.value, page, level))
      } else {
        const type = typeNamed(selection.typeCondition?.name.value) ?? place.type
        addLevel(tally, measure(selection.selectionSet, { type, page, level: level + 1 }, names))
      }
    }
    return tally
  }

  function addField(tally: Tally, node: FieldNode, place: Place, names: Set<string>): void {
    const name = node.name.value
    const key = node.alias?.value ?? name
    const field = fieldOf(place.type, name)
    const isIntrospection = name.startsWith('__')
    const level = isIntrospection ? maxDepth - INTROSPECTION_LEVELS : place.level + 1
    const below = node.selectionSet ? measure(node.selectionSet, { ...placeBelow(field, node), level }) : emptyTally()
    tally.rootFields += 1
    tally.aliases += below.aliases + (node.alias || names.has(key) ? 1 : 0)
    tally.directives += below.directives
    tally.cost += lengthOf(field, node, place) * (1 + below.cost)
    const isLeftAlone = isIntrospection && below.depth < Infinity
    tally.depth = Math.max(tally.depth, 1 + (isLeftAlone ? 0 : below.depth))
    const isOne = place.type !== null && deps.isAuthentication(place.type.name, name)
    tally.authentications += below.authentications + (isOne ? 1 : 0)
    names.add(key)
  }

  function measureSpread(name: string, page: number | null, level: number): Tally {
    const key = `${name} ${page}`
    const known = measured.get(key)
    if (known) return known
    // A placeholder while the fragment is measured, so that a cycle ends. Validation rejects cycles later.
    measured.set(key, emptyTally())
    const fragment = fragments.get(name)
    if (!fragment) return emptyTally()
    const tally = measureDefinition(fragment, page, level)
    measured.set(key, tally)
    return tally
  }

  function typeNamed(name: string | undefined): GraphQLCompositeType | null {
    const type = name === undefined ? null : schema.getType(name)
    return isCompositeType(type) ? type : null
  }
}

/** Adds the content of a fragment, one level deeper. */
function addLevel(tally: Tally, more: Tally): void {
  tally.depth = Math.max(tally.depth, 1 + more.depth)
  tally.rootFields += more.rootFields
  tally.aliases += more.aliases
  tally.directives += more.directives
  tally.cost += more.cost
  tally.authentications += more.authentications
}

function fieldOf(type: GraphQLCompositeType | null, name: string): GraphQLField<unknown, unknown> | null {
  return isObjectType(type) || isInterfaceType(type) ? (type.getFields()[name] ?? null) : null
}

const isList = (field: GraphQLField<unknown, unknown> | null): boolean =>
  field !== null && isListType(getNullableType(field.type))

function placeBelow(field: GraphQLField<unknown, unknown> | null, node: FieldNode): Pick<Place, 'type' | 'page'> {
  const type = field && getNamedType(field.type)
  return { type: isCompositeType(type) ? type : null, page: isList(field) ? null : pageOf(field, node) }
}

function lengthOf(field: GraphQLField<unknown, unknown> | null, node: FieldNode, place: Place): number {
  return isList(field) ? (pageOf(field, node) ?? place.page ?? ASSUMED_LIST_LENGTH) : 1
}

/** The value of `first` or `last`: the literal, the default, or the longest assumed page if it is a variable. */
function pageOf(field: GraphQLField<unknown, unknown> | null, node: FieldNode): number | null {
  const isPage = (name: string): boolean => name === 'first' || name === 'last'
  const given = node.arguments?.find((argument) => isPage(argument.name.value))?.value
  if (given?.kind === Kind.INT) return Math.max(1, Number(given.value))
  if (given?.kind === Kind.VARIABLE) return ASSUMED_VARIABLE_PAGE
  const fallback = field?.args.find((argument) => isPage(argument.name) && argument.defaultValue !== undefined)
  return typeof fallback?.defaultValue === 'number' ? Math.max(1, fallback.defaultValue) : null
}
