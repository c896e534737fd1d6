import { isObjectType, type DocumentNode, type GraphQLSchema } from 'graphql'
import { PERSON_PARTS, READS, type PersonPart } from '../kernel/person-part.js'
import type { MayReach, Policy } from '../policy/index.js'

/** What `assessOperation` reads. */
const ASSESSMENT: readonly PersonPart[] = ['DEVICES', 'RISK']

interface Operation {
  readonly document: DocumentNode
  readonly operationName: string | null
}

/**
 * The parts of the caller that an operation reads: those that its fields declare, and those that its risk is assessed
 * by. Known before the caller is, so that one command reads everything. Kept as long as the parsed document.
 */
export function partsReadBy(
  schema: GraphQLSchema,
  policy: Pick<Policy, 'mayReach'>,
): (operation: Operation) => readonly PersonPart[] {
  const known = new WeakMap<MayReach, readonly PersonPart[]>()
  return ({ document, operationName }) => {
    const reach = policy.mayReach(document, operationName)
    if (!reach) return []
    const parts = known.get(reach) ?? partsOf(schema, reach)
    known.set(reach, parts)
    return parts
  }
}

function partsOf(schema: GraphQLSchema, { fields, isAssessed }: MayReach): readonly PersonPart[] {
  const declared = fields.flatMap(({ typeName, fieldName }) => declaredBy(schema, typeName, fieldName))
  const read = new Set(isAssessed ? [...declared, ...ASSESSMENT] : declared)
  return PERSON_PARTS.filter((part) => read.has(part))
}

/** The parts that a field declares with `@Reads`. */
function declaredBy(schema: GraphQLSchema, typeName: string, fieldName: string): readonly PersonPart[] {
  const type = schema.getType(typeName)
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined
  return (field?.extensions[READS] as readonly PersonPart[] | undefined) ?? []
}
