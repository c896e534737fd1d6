import { readFileSync } from 'node:fs'
import { buildSchema, getNamedType, isAbstractType, isLeafType, isObjectType, type GraphQLNamedType } from 'graphql'

/* Documents that select everything a field can return, read from the schema, so that no field can be forgotten. */

const schema = buildSchema(readFileSync(new URL('../../schema/stepgate.graphql', import.meta.url), 'utf8'))

/** How the selections are written: the executor treats them alike, a guard that reads documents may not. */
export const SHAPES = ['as they are', 'in inline fragments', 'under other names'] as const
export type Shape = (typeof SHAPES)[number]

/** Every field of a type and of the types below it, as a selection set; empty for scalars. */
export function everythingOf(typeName: string, shape: Shape = 'as they are'): string {
  return selectionOf(typeNamed(typeName), { shape, above: [], isShort: true })
}

/** The type that a mutation returns. */
export function answerOf(mutation: string): string {
  const field = schema.getMutationType()?.getFields()[mutation]
  if (!field) throw new Error(`there is no mutation ${mutation}`)
  return getNamedType(field.type).name
}

/** The mutations that return this type or contain it. */
export function mutationsAnswering(typeName: string): readonly string[] {
  const wanted = typeNamed(typeName)
  const fields = Object.values(schema.getMutationType()?.getFields() ?? {})
  return fields.filter(({ type }) => reaches(getNamedType(type), wanted, [])).map(({ name }) => name)
}

interface Way {
  readonly shape: Shape
  readonly above: readonly GraphQLNamedType[]
  /** Documents may have few aliases, so only the fields of guarded types get one. */
  readonly isShort: boolean
}

function selectionOf(type: GraphQLNamedType, way: Way): string {
  if (isLeafType(type) || way.above.includes(type)) return ''
  const above = [...way.above, type]
  if (isAbstractType(type)) {
    const options = schema
      .getPossibleTypes(type)
      .map((each) => `... on ${each.name} ${selectionOf(each, { ...way, above })}`)
    return `{ __typename ${options.join(' ')} }`
  }
  if (!isObjectType(type)) throw new Error(`${type.name} has no fields to select`)
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const inner = getNamedType(field.type)
    const below = selectionOf(inner, { ...way, above })
    if (below === '' && !isLeafType(inner)) return []
    const alias = way.shape === 'under other names' && isPersonal(inner.name, type.name) ? `their_${field.name}: ` : ''
    return [`${alias}${field.name} ${below}`]
  })
  const all = `{ ${fields.join(' ')} }`
  return way.shape === 'in inline fragments' ? `{ ... on ${type.name} { ... ${all} } }` : all
}

const isPersonal = (inner: string, outer: string): boolean => inner.includes('Profile') || outer === 'Profile'

function reaches(type: GraphQLNamedType, wanted: GraphQLNamedType, above: readonly GraphQLNamedType[]): boolean {
  if (type === wanted) return true
  if (isLeafType(type) || above.includes(type)) return false
  if (isAbstractType(type)) return schema.getPossibleTypes(type).some((each) => reaches(each, wanted, [...above, type]))
  if (!isObjectType(type)) return false
  return Object.values(type.getFields()).some((field) => reaches(getNamedType(field.type), wanted, [...above, type]))
}

function typeNamed(name: string): GraphQLNamedType {
  const type = schema.getType(name)
  if (!type) throw new Error(`there is no type ${name}`)
  return type
}
