import { execute, parse, subscribe, type ExecutionResult } from 'graphql'
import type { AccessGrant } from '../../src/kernel/request-context.js'
import { Unavailable } from '../../src/kernel/unavailable.js'
import { protectSchema } from '../../src/policy/index.js'
import { assertLocked } from '../../src/policy/shield/apply-locks.js'
import { shieldLibrary } from '../../src/policy/shield/load-shield.js'
import { assertRuleTree, buildRuleTree } from '../../src/policy/shield/rule-tree.js'
import {
  everything,
  met,
  raise,
  resolvers,
  runUnauthorized,
  schemaWith,
  SDL,
  thrower,
  unmet,
  user,
} from './shielding.js'
import { codesOf, contextOf, policyOver } from './support.js'

describe('the pitfalls of graphql-shield during execution', () => {
  it('S10: passes errors of resolvers on unchanged, so that one place masks them', async () => {
    const failure = new Error('E11000 duplicate key')
    const sdl =
      'type Query { a: String @guard  b: String @guard  c: C @guard } type C { d: String @guard  e: String @guard }'
    const { run } = policyOver(sdl, {
      Query: { a: raise(failure), b: async () => raise(failure)(), c: () => ({}) },
      C: { d: raise(failure), e: raise('a secret that is no error') },
    })
    const result = await run(met, '{ a b c { d e } }')
    expect(result.data).toEqual({ a: null, b: null, c: { d: null, e: null } })
    const originals = result.errors?.map(({ originalError }) => originalError)
    expect(originals?.filter((original) => original === failure)).toHaveLength(3)
  })

  it('S10: does not return a thrown value that is not an error as data', async () => {
    const { run } = policyOver('type Query { a: String @guard  b: String @guard }', {
      Query: { a: raise('a secret that is no error'), b: raise(null) },
    })
    const result = await run(met, '{ a b }')
    expect(result.data).toEqual({ a: null, b: null })
    expect(result.errors).toHaveLength(2)
    expect(JSON.stringify(result)).not.toContain('a secret')
  })

  it('S11: starts no source for a subscription that was not granted, and checks each event again', async () => {
    const sdl = 'type Query { a: Int @guard } type Subscription { ticks: Int @guard(assurance: MFA) }'
    let started = 0
    const context = { ...contextOf(met), access: null as AccessGrant | null }
    async function* source() {
      started += 1
      yield { ticks: 1 }
      context.access = null
      yield { ticks: 2 }
    }
    for (const resolve of [undefined, ({ ticks }: { ticks: number }) => ticks]) {
      const bare = schemaWith(sdl)
      const field = bare.getSubscriptionType()?.getFields()['ticks']
      Object.assign(field ?? {}, { subscribe: source, ...(resolve && { resolve }) })
      const { schema } = protectSchema(bare)
      const document = parse('subscription { ticks }')
      started = 0
      context.access = null
      const refused = (await subscribe({ schema, document, contextValue: context })) as ExecutionResult
      expect(codesOf(refused)).toEqual(['FORBIDDEN'])
      expect(started).toBe(0)
      context.access = everything
      const stream = (await subscribe({ schema, document, contextValue: context })) as AsyncGenerator<ExecutionResult>
      expect((await stream.next()).value).toEqual({ data: { ticks: 1 } })
      expect(codesOf((await stream.next()).value as ExecutionResult)).toEqual(['FORBIDDEN'])
    }
  })

  it('S12: does not start with unguarded federation fields, and requires through _entities what every entity requires', async () => {
    const federated = (guard: string) => `
      scalar _Any
      union _Entity = User
      type Query { _entities(representations: [_Any!]!): [_Entity]! ${guard} }
      type User { id: ID  secret: String @guard(assurance: MFA) }
    `
    expect(() => protectSchema(schemaWith(federated('')))).toThrow('Query._entities')
    const { refusal } = policyOver(federated('@guard(access: PENDING)'))
    const refused = await refusal(unmet, '{ _entities(representations: []) { ... on User { secret } } }')
    expect(refused?.code).toBe('STEP_UP_REQUIRED')
  })

  it('S13: neither guards nor grants introspection, which validation must block', async () => {
    const { refusal } = policyOver(SDL, resolvers)
    expect(await refusal({ kind: 'anonymous' }, '{ __schema { types { name } } }')).toBeNull()
    expect((await refusal({ kind: 'anonymous' }, '{ __schema { types { name } } user { id } }'))?.code).toBe(
      'UNAUTHENTICATED',
    )
  })

  it.each([
    '{ user { secret } }',
    '{ user { open: secret } }',
    '{ user { ...F } } fragment F on User { secret }',
    '{ node { ... on User { secret } } }',
    '{ node { secret } }',
    '{ node { ... on Node { ... on User { x: secret } } } }',
  ])('S14: refuses %s in the policy and in the lock', async (query) => {
    const { run, schema } = policyOver(SDL, resolvers)
    expect(codesOf(await run(unmet, query))).toEqual(['STEP_UP_REQUIRED'])
    expect(codesOf(await run(met, query))).toEqual([])
    const rootOnly: AccessGrant = { covers: (typeName) => typeName === 'Query' }
    const locked = await runUnauthorized(schema, query, { ...contextOf(unmet), access: rootOnly })
    expect(codesOf(locked)).toEqual(['FORBIDDEN'])
    expect(JSON.stringify(locked.data)).not.toContain('hidden')
  })

  it('S15: allows only if a rule returns true', async () => {
    const { schema } = protectSchema(schemaWith(SDL, resolvers))
    const truthy = { covers: () => 'yes' }
    expect(codesOf(await runUnauthorized(schema, '{ user { id } }', { access: truthy }))).toEqual(['UNAUTHENTICATED'])
    const truthyBelow = { covers: (typeName: string) => (typeName === 'Query' ? true : 1) }
    const below = await runUnauthorized(schema, '{ user { secret } }', { access: truthyBelow })
    expect(below.data).toEqual({ user: { secret: null } })
  })

  it('S16: rejects rules for types and fields that do not exist', () => {
    const schema = schemaWith(SDL)
    expect(() => assertRuleTree(schema, { Nobody: { secret: thrower } })).toThrow('Nobody')
    expect(() => assertRuleTree(schema, { User: { nothing: thrower } })).toThrow('User.nothing')
    const shield = shieldLibrary.shield({ User: { nothing: thrower } })
    expect(() => shield.generate(schema)).toThrow('User.nothing')
  })

  it('S16: does not start if a field has no lock', () => {
    const schema = schemaWith(SDL, resolvers)
    const { schema: locked, table } = protectSchema(schema)
    const rules = buildRuleTree(schema, table)
    expect(() => assertLocked(schema, locked, rules)).not.toThrow()
    expect(() => assertLocked(schema, schema, rules)).toThrow('Query.open, Query.user, Query.node, User.secret')
  })

  it('S17: does not share a grant between operations whose contexts are copies', async () => {
    const { policy, schema } = policyOver(SDL, resolvers)
    const shared = contextOf(met)
    const [first, second] = [{ ...shared }, { ...shared }]
    const document = parse('{ user { secret } }')
    await policy.authorize({ document, context: first })
    expect(codesOf(await execute({ schema, document, contextValue: first }))).toEqual([])
    expect(codesOf(await execute({ schema, document, contextValue: second }))).toEqual(['FORBIDDEN'])
    expect(Object.isFrozen(met)).toBe(true)
  })

  it('S18: distinguishes an outage from a refusal', async () => {
    const stepUps = {
      open: async () => {
        throw new Unavailable('store')
      },
    }
    const { run } = policyOver(SDL, resolvers, { stepUps })
    expect(codesOf(await run(unmet, '{ user { secret } }'))).toEqual(['UNAVAILABLE'])
  })

  it('E5: does not reveal by its type name that an object exists', async () => {
    let looked = 0
    const sdl = 'type Query { user(id: ID): User @guard(access: PUBLIC) } type User @guard(access: ADMIN) { id: ID }'
    const { run } = policyOver(sdl, {
      Query: {
        user: () => {
          looked += 1
          return user
        },
      },
    })
    expect(codesOf(await run(unmet, '{ user(id: 9) { __typename } }'))).toEqual(['FORBIDDEN'])
    expect(looked).toBe(0)
  })
})
