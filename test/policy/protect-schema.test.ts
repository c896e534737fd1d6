import { protectSchema } from '../../src/policy/index.js'
import { resolvers, runUnauthorized, schemaWith, SDL } from './shielding.js'

describe('a protected schema', () => {
  it('does not change the original schema', async () => {
    const schema = schemaWith(SDL, resolvers)
    protectSchema(schema)
    expect((await runUnauthorized(schema, '{ user { secret } }')).data).toEqual({ user: { secret: 'hidden' } })
  })

  it('does not wrap the resolvers of fields without a guard', () => {
    const resolve = () => '1'
    const schema = schemaWith(SDL, { ...resolvers, User: { id: resolve } })
    const { schema: locked } = protectSchema(schema)
    const type = locked.getType('User')
    const field = type && 'getFields' in type ? type.getFields()['id'] : undefined
    expect(field && 'resolve' in field ? field.resolve : undefined).toBe(resolve)
  })

  it('keeps guards and descriptions where tools expect them', () => {
    const { schema } = protectSchema(schemaWith('type Query { "What is new." a: String @guard(assurance: MFA) }'))
    const field = schema.getQueryType()?.getFields()['a']
    expect(field?.description).toBe('What is new.')
    expect(field?.astNode?.directives?.[0]?.name.value).toBe('guard')
  })
})
