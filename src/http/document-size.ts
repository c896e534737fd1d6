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

/** How large an operation is with its fragments spread out. */
export interface OperationSize {
  readonly depth: number
  readonly rootFields: number
  /** Aliases, and fields that ask again for what their neighbour asks: both multiply the work of a document. */
  readonly aliases: number
  readonly directives: number
  /** Fields the answer may have, lists counted by their length. */
  readonly cost: number
  readonly authenticationMutations: number
}

interface Place {
  readonly type: GraphQLCompositeType | null
  /** How long a list directly below is, when a `first` or `last` above has said so. */
  readonly page: number | null
}

type Tally = { -readonly [Name in keyof OperationSize]: number }

const ASSUMED_LIST_LENGTH = 10
const ASSUMED_VARIABLE_PAGE = 100

const emptyTally = (): Tally => ({
  depth: 0,
  rootFields: 0,
  aliases: 0,
  directives: 0,
  cost: 0,
  authenticationMutations: 0,
})

/**
 * Measures an operation. Each fragment is measured once for each kind of place it stands in and then only added up, so
 * that fragments which double each other make large numbers and not long waits (A5, A8, A9).
 */
export function measureOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  authenticationMutations: ReadonlySet<string>,
): OperationSize {
  const measured = new Map<string, Tally>()
  const root = { type: schema.getRootType(operation.operation) ?? null, page: null }
  const tally = measure(operation.selectionSet, root)
  tally.directives += operation.directives?.length ?? 0
  for (const variable of operation.variableDefinitions ?? []) tally.directives += variable.directives?.length ?? 0
  return tally

  function measure(selections: SelectionSetNode, place: Place, names = new Set<string>()): Tally {
    const tally = emptyTally()
    for (const selection of selections.selections) {
      tally.directives += selection.directives?.length ?? 0
      if (selection.kind === Kind.FIELD) addField(tally, selection, place, names)
      else if (selection.kind === Kind.FRAGMENT_SPREAD) add(tally, measureFragment(selection.name.value, place.page))
      else {
        const condition = selection.typeCondition?.name.value
        add(tally, measure(selection.selectionSet, { ...place, type: typeNamed(condition) ?? place.type }, names))
      }
    }
    return tally
  }

  function addField(tally: Tally, node: FieldNode, place: Place, names: Set<string>): void {
    const name = node.name.value
    const key = node.alias?.value ?? name
    const field = fieldOf(place.type, name)
    const below = node.selectionSet ? measure(node.selectionSet, placeBelow(field, node)) : emptyTally()
    tally.rootFields += 1
    tally.aliases += below.aliases + (node.alias || names.has(key) ? 1 : 0)
    tally.directives += below.directives
    tally.cost += lengthOf(field, node, place) * (1 + below.cost)
    // The introspection query is deep by nature; where it is allowed it is left alone.
    tally.depth = Math.max(tally.depth, 1 + (name.startsWith('__') ? 0 : below.depth))
    if (place.type === schema.getMutationType() && authenticationMutations.has(name)) tally.authenticationMutations += 1
    names.add(key)
  }

  function measureFragment(name: string, page: number | null): Tally {
    const key = `${name} ${page}`
    const known = measured.get(key)
    if (known) return known
    // Stands for the fragment while it is measured, so that a circle ends; validation refuses circles.
    measured.set(key, emptyTally())
    const fragment = document.definitions.find((node) => isFragment(node, name)) as FragmentDefinitionNode | undefined
    if (!fragment) return emptyTally()
    const tally = measure(fragment.selectionSet, { type: typeNamed(fragment.typeCondition.name.value), page })
    tally.directives += fragment.directives?.length ?? 0
    measured.set(key, tally)
    return tally
  }

  function typeNamed(name: string | undefined): GraphQLCompositeType | null {
    const type = name === undefined ? null : schema.getType(name)
    return isCompositeType(type) ? type : null
  }
}

const isFragment = (node: DocumentNode['definitions'][number], name: string): boolean =>
  node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name

function add(tally: Tally, more: Tally): void {
  tally.depth = Math.max(tally.depth, more.depth)
  tally.rootFields += more.rootFields
  tally.aliases += more.aliases
  tally.directives += more.directives
  tally.cost += more.cost
  tally.authenticationMutations += more.authenticationMutations
}

function fieldOf(type: GraphQLCompositeType | null, name: string): GraphQLField<unknown, unknown> | null {
  return isObjectType(type) || isInterfaceType(type) ? (type.getFields()[name] ?? null) : null
}

const isList = (field: GraphQLField<unknown, unknown> | null): boolean =>
  field !== null && isListType(getNullableType(field.type))

function placeBelow(field: GraphQLField<unknown, unknown> | null, node: FieldNode): Place {
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
