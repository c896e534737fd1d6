import { readdirSync, readFileSync } from 'node:fs'
import {
  buildASTSchema,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  Kind,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

const FOLDER = 'schema/operations'
const schema = buildASTSchema(parse(readFileSync('schema/stepgate.graphql', 'utf8')), { assumeValidSDL: true })
const documents = parse(
  readdirSync(FOLDER)
    .map((file) => readFileSync(`${FOLDER}/${file}`, 'utf8'))
    .join('\n'),
)
const fragments = new Map<string, FragmentDefinitionNode>(
  documents.definitions.flatMap((each) =>
    each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
  ),
)

function selectsId({ selections }: SelectionSetNode): boolean {
  return selections.some((each) => {
    if (each.kind === Kind.FIELD) return each.name.value === 'id' && !each.alias
    const fragment = each.kind === Kind.FRAGMENT_SPREAD ? fragments.get(each.name.value) : undefined
    return fragment !== undefined && selectsId(fragment.selectionSet)
  })
}

describe('the shipped documents', () => {
  it('select the id of every object that has one, so that a normalized cache keeps one of each', () => {
    const types = new TypeInfo(schema)
    const without: string[] = []
    let checked = 0
    visit(
      documents,
      visitWithTypeInfo(types, {
        SelectionSet: (selections) => {
          const parent = types.getParentType()
          if (!isObjectType(parent) || !('id' in parent.getFields())) return
          checked += 1
          if (!selectsId(selections)) without.push(parent.name)
        },
      }),
    )
    expect(checked).toBeGreaterThan(30)
    expect(without).toEqual([])
  })

  it('give every operation a name of its own, which no type has, ignoring case', () => {
    const names = documents.definitions.flatMap((each) =>
      each.kind === Kind.OPERATION_DEFINITION ? [each.name?.value.toLowerCase() ?? ''] : [],
    )
    const types = new Set(Object.keys(schema.getTypeMap()).map((name) => name.toLowerCase()))
    expect(names.length).toBeGreaterThan(30)
    expect(names.filter((name, at) => name === '' || types.has(name) || names.indexOf(name) !== at)).toEqual([])
  })

  it('have fragments on objects only, which a cache matches without the possible types of a union', () => {
    const conditions: string[] = []
    visit(documents, {
      FragmentDefinition: ({ typeCondition }) => {
        conditions.push(typeCondition.name.value)
      },
      InlineFragment: ({ typeCondition }) => {
        if (typeCondition) conditions.push(typeCondition.name.value)
      },
    })
    expect(conditions.length).toBeGreaterThan(20)
    expect(conditions.filter((name) => isAbstractType(schema.getType(name)))).toEqual([])
  })
})

describe('the schema', () => {
  it('describes every type, field, argument, input field and enum value', () => {
    const without: string[] = []
    const note = (name: string, { description }: { readonly description?: string | null | undefined }) => {
      if (!description) without.push(name)
    }
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
    for (const type of Object.values(schema.getTypeMap())) {
      if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue
      if (!roots.some((root) => root === type)) note(type.name, type)
      if (isEnumType(type)) type.getValues().forEach((value) => note(`${type.name}.${value.name}`, value))
      if (isInputObjectType(type))
        Object.values(type.getFields()).forEach((field) => note(`${type.name}.${field.name}`, field))
      if (!isObjectType(type) && !isInterfaceType(type)) continue
      for (const field of Object.values(type.getFields())) {
        note(`${type.name}.${field.name}`, field)
        field.args.forEach((each) => note(`${type.name}.${field.name}.${each.name}`, each))
      }
    }
    expect(without).toEqual([])
  })

  it('names no object after its kind of thing', () => {
    const names = Object.values(schema.getTypeMap()).flatMap((type) => (isObjectType(type) ? [type.name] : []))
    expect(names.filter((name) => name.endsWith('Type') && !name.startsWith('__'))).toEqual([])
  })
})
