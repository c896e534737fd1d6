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

/** How large an operation is with its fragments spread out. */
export interface DocumentSize {
  /** Fields, inline fragments and spreads on the longest way down: each is one level. */
  readonly depth: number
  readonly rootFields: number
  /** Aliases, and fields that ask again for what their neighbour asks: both multiply the work of a document. */
  readonly aliases: number
  readonly directives: number
  /** Fields the answer may have, lists counted by their length. */
  readonly cost: number
  /** Fields that try a password, a code or a token. */
  readonly authentications: number
}

export interface MeasureDeps {
  readonly schema: GraphQLSchema
  /** Deeper than this nothing is measured any more: the depth is then infinite. */
  readonly maxDepth: number
  readonly isAuthentication: (typeName: string, fieldName: string) => boolean
}

interface Place {
  readonly type: GraphQLCompositeType | null
  /** How long a list directly below is, when a `first` or `last` above has said so. */
  readonly page: number | null
  readonly level: number
}

type Tally = { -readonly [Name in keyof DocumentSize]: number }

const ASSUMED_LIST_LENGTH = 10
const ASSUMED_VARIABLE_PAGE = 100
/** The introspection query is deep by nature. Where it is allowed it may be, up to this. */
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
 * Measures every operation of a document and every fragment, also one that no operation spreads: validation reads it all
 * the same. Each fragment is measured once for each kind of place it stands in and then only added up, so fragments that
 * double each other make large numbers and cost no time (A5, A8, A9).
 */
export function measureDocument(deps: MeasureDeps, document: DocumentNode): readonly DocumentSize[] {
  const { schema, maxDepth } = deps
  const fragments = fragmentsOf(document)
  const measured = new Map<string, Tally>()
  return document.definitions.flatMap((node) => {
    if (node.kind === Kind.OPERATION_DEFINITION) return [measureOperation(node)]
    // By its node, not by its name: of two fragments with one name both are read before the document is refused.
    return node.kind === Kind.FRAGMENT_DEFINITION ? [measureFragment(node)] : []
  })

  function measureOperation(operation: OperationDefinitionNode): Tally {
    const type = schema.getRootType(operation.operation) ?? null
    const tally = measure(operation.selectionSet, { type, page: null, level: 1 })
    tally.directives += operation.directives?.length ?? 0
    for (const variable of operation.variableDefinitions ?? []) tally.directives += variable.directives?.length ?? 0
    return tally
  }

  /** What reading a fragment costs. What running it costs is counted where it is spread. */
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
    // The way to here is too long already, so the document is refused whatever comes below.
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
    // Stands for the fragment while it is measured, so that a circle ends; validation refuses circles.
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

/** Adds what stands in a fragment: one level further down. */
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

/** What `first` or `last` says: the number, its default, or the longest page where a variable will say it. */
function pageOf(field: GraphQLField<unknown, unknown> | null, node: FieldNode): number | null {
  const isPage = (name: string): boolean => name === 'first' || name === 'last'
  const given = node.arguments?.find((argument) => isPage(argument.name.value))?.value
  if (given?.kind === Kind.INT) return Math.max(1, Number(given.value))
  if (given?.kind === Kind.VARIABLE) return ASSUMED_VARIABLE_PAGE
  const fallback = field?.args.find((argument) => isPage(argument.name) && argument.defaultValue !== undefined)
  return typeof fallback?.defaultValue === 'number' ? Math.max(1, fallback.defaultValue) : null
}
