import { USUAL_ASSURANCES } from '../../src/kernel/assurance.js'
import fc from 'fast-check'
import { execute, isObjectType, parse, type GraphQLFieldResolver } from 'graphql'
import { guardTypeDefs } from '../../src/policy/index.js'
import { hashForTests } from './hash-for-tests.js'
import { createPlanner } from '../../src/policy/plan-operation.js'
import { readRequirements } from '../../src/policy/read-requirements.js'
import { schemaOf } from '../../bench/support/schema-of.js'

const OBJECTS = ['Alpha', 'Beta', 'Gamma'] as const
const COMPOSITES = [...OBJECTS, 'Shape', 'Any'] as const
const CONDITIONS = [
  '',
  '@include(if: $p)',
  '@skip(if: $q)',
  '@include(if: $p) @skip(if: $q)',
  '@skip(if: false)',
] as const

const common = 'name: String  shape: Shape  any: [Any]  alpha: Alpha'
const schema = schemaOf(`${guardTypeDefs}
  type Query @guard(access: PUBLIC) { alpha: Alpha  shape: Shape  any: [Any]  name: String }
  interface Shape { ${common} }
  type Alpha implements Shape { ${common} }
  type Beta implements Shape @guard(assurance: MFA) { ${common} }
  type Gamma { ${common} }
  union Any = Alpha | Beta | Gamma
`)

const executed = new Set<string>()
let turn = 0
for (const type of Object.values(schema.getTypeMap())) {
  if (!isObjectType(type) || type.name.startsWith('__')) continue
  for (const field of Object.values(type.getFields())) field.resolve = noting(type.name)
}

// Records each field that runs, and returns objects of every possible type in turn.
function noting(typeName: string): GraphQLFieldResolver<unknown, unknown> {
  return (_source, _args, _context, { fieldName }) => {
    executed.add(`${typeName}.${fieldName}`)
    if (fieldName === 'name') return 'x'
    if (fieldName === 'alpha') return { __typename: 'Alpha' }
    if (fieldName === 'any') return OBJECTS.map((__typename) => ({ __typename }))
    turn += 1
    return { __typename: turn % 2 === 0 ? 'Alpha' : 'Beta' }
  }
}

const condition = fc.constantFrom(...CONDITIONS)
const alias = fc.constantFrom('', 'x: ', 'y: ', 'name: ')
const { selections } = fc.letrec<{ selections: string; selection: string }>((tie) => ({
  selections: fc.array(tie('selection'), { minLength: 1, maxLength: 4 }).map((list) => `{ ${list.join(' ')} }`),
  selection: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.tuple(alias, condition).map(([as, when]) => `${as}name ${when}`),
    condition.map((when) => `__typename ${when}`),
    fc.tuple(condition, fc.constantFrom('F', 'G')).map(([when, name]) => `...${name} ${when}`),
    fc
      .tuple(fc.constantFrom('alpha', 'shape', 'any'), condition, tie('selections'))
      .map(([field, when, inner]) => `${field} ${when} ${inner}`),
    fc
      .tuple(fc.constantFrom(...COMPOSITES, null), condition, tie('selections'))
      .map(([on, when, inner]) => `... ${on ? `on ${on}` : ''} ${when} ${inner}`),
  ),
}))

describe('a plan', () => {
  const plan = createPlanner({
    schema,
    table: readRequirements(schema),
    hashOperation: hashForTests,
    assurances: USUAL_ASSURANCES,
  })

  it('reaches every field that is executed, whatever the document', async () => {
    let fields = 0
    const documents = fc.tuple(selections, selections, selections)
    await fc.assert(
      fc.asyncProperty(documents, fc.boolean(), fc.boolean(), async ([root, onShape, onAlpha], p, q) => {
        // F may spread G, but G spreads nothing, because cycles are rejected before execution.
        const f = onShape.replaceAll('...F', '...G')
        const g = onAlpha.replaceAll(/\.\.\.[FG]\b/g, 'name')
        const text = `query ($p: Boolean!, $q: Boolean = true) ${root} fragment F on Shape ${f} fragment G on Alpha ${g}`
        const document = parse(text)
        const variableValues = q ? { p } : { p, q }
        executed.clear()
        await execute({ schema, document, variableValues })
        const grant = plan(document, null)?.reach(variableValues).grant
        for (const coordinate of executed) {
          const [typeName = '', fieldName = ''] = coordinate.split('.')
          if (!grant?.covers(typeName, fieldName)) throw new Error(`${coordinate} ran outside the plan`)
        }
        fields += executed.size
      }),
      { numRuns: 2000, seed: 20_300_101 },
    )
    expect(fields).toBeGreaterThan(2000)
  })
})
