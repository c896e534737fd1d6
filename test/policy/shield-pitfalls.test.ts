import { readdirSync, readFileSync } from 'node:fs'
import type { AccessGrant } from '../../src/kernel/request-context.js'
import { guardTypeDefs, InvalidGuards, protectSchema } from '../../src/policy/index.js'
import { shieldLibrary } from '../../src/policy/shield/load-shield.js'
import { assertRuleTree, buildRuleTree, type RuleTree } from '../../src/policy/shield/rule-tree.js'
import { schemaOf } from '../../bench/support/schema-of.js'
import { met, resolvers, runShield, runUnauthorized, schemaWith, SDL, thrower, unmet, user } from './shielding.js'
import { codesOf, contextOf, policyOver } from './support.js'

describe('the pitfalls of graphql-shield', () => {
  it('S1: denies by default, and does not start if a root field has no guard', async () => {
    expect(() => protectSchema(schemaWith('type Query { forgotten: String }'))).toThrow(InvalidGuards)
    const { schema } = protectSchema(schemaWith(SDL, resolvers))
    for (const query of ['{ open }', '{ user { id } }', '{ node { id } }']) {
      expect(codesOf(await runUnauthorized(schema, query))).toEqual(['FORBIDDEN'])
      expect(codesOf(await runUnauthorized(schema, query, null))).toEqual(['UNAUTHENTICATED'])
    }
  })

  it.each([
    ['a field of an interface', 'interface Node { id: ID @guard } type A implements Node { id: ID }'],
    ['an interface', 'interface Node @guard { id: ID } type A implements Node { id: ID }'],
    ['a union', 'union U @guard = A type A { id: ID }'],
  ])('S2: does not start with a guard on %s', (_, sdl) => {
    // SDL validation rejects this location of the directive. Schemas built in other ways are not validated.
    const anywhere = guardTypeDefs.replace(
      /on FIELD_DEFINITION \| OBJECT/,
      'on FIELD_DEFINITION | OBJECT | INTERFACE | UNION',
    )
    const schema = schemaOf(`${anywhere} type Query { a: Int @guard } ${sdl}`)
    expect(() => protectSchema(schema)).toThrow(/has no effect here/)
  })

  it('S2: rejects a rule tree with an interface as a key', () => {
    const schema = schemaWith(SDL)
    expect(() => assertRuleTree(schema, { Node: { secret: thrower } })).toThrow(/is no object type/)
  })

  it('S3: rejects a rule tree with an undefined rule, which makes shield drop all rules of the type', async () => {
    const tree = { Query: { user: shieldLibrary.allow, node: shieldLibrary.deny, open: undefined } }
    expect(() => assertRuleTree(schemaWith(SDL), tree as unknown as RuleTree)).toThrow('Query.open is undefined')
    const result = await runShield(tree, '{ node { id } user { id } }', { fallbackRule: shieldLibrary.deny })
    expect(result).toMatchObject({ data: { node: null, user: null } })
  })

  it('S4: negates no rule, because a negated rule that fails would allow', async () => {
    const result = await runShield({ Query: { open: shieldLibrary.not(thrower) } }, '{ open }')
    expect(result.data).toEqual({ open: 'open' })
    const folder = new URL('../../src/policy/shield/', import.meta.url)
    const sources = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'))
    expect(sources.join('\n')).not.toMatch(/\bnot\(|shieldLibrary\.not|fallbackRule: shieldLibrary\.allow/)
  })

  it('S4: refuses if the check of the grant throws', async () => {
    const { schema } = protectSchema(schemaWith(SDL, resolvers))
    const failing: AccessGrant = {
      covers: (typeName) => {
        if (typeName === 'Query') return true
        throw new Error('raw detail')
      },
    }
    const below = await runUnauthorized(schema, '{ user { secret } }', { ...contextOf(met), access: failing })
    expect(below.data).toEqual({ user: { secret: null } })
    const never: AccessGrant = {
      covers: () => {
        throw new Error('raw detail')
      },
    }
    expect(codesOf(await runUnauthorized(schema, '{ open }', { ...contextOf(met), access: never }))).toEqual([
      'FORBIDDEN',
    ])
  })

  it('S5: refuses if one rule fails and another denies', async () => {
    const rule = shieldLibrary.or(thrower, shieldLibrary.deny)
    expect((await runShield({ Query: { open: rule } }, '{ open }')).data).toEqual({ open: null })
  })

  it('S6: does not cache the results of rules', async () => {
    const schema = schemaWith(SDL)
    const { table } = protectSchema(schema)
    const rules = Object.values(buildRuleTree(schema, table)).flatMap((fields) => Object.values(fields))
    expect(rules.map((rule) => (rule as unknown as { cache: string }).cache)).toEqual(rules.map(() => 'no_cache'))
  })

  it('S6: grants the fields that an operation reaches to that operation only', async () => {
    const { run, schema } = policyOver(SDL, resolvers)
    const context = contextOf(met)
    await run(met, '{ user { id } }', { context })
    expect(codesOf(await runUnauthorized(schema, '{ user { secret } }', context))).toEqual(['FORBIDDEN'])
  })

  it('S7: refuses the fields after the one that ended the session in the same operation', async () => {
    const sdl = `
      type Query { a: String @guard }
      type Mutation { sensitive: String @guard(assurance: MFA)  signOut: String @guard  data: Data @guard }
      type Data { secret: String @guard(assurance: MFA) }
    `
    const { run } = policyOver(sdl, {
      Mutation: {
        sensitive: () => 'done',
        data: () => ({ secret: 'hidden' }),
        signOut: (_source, _args, context) => {
          context.access = null
          return 'bye'
        },
      },
    })
    const result = await run(
      met,
      'mutation { a: sensitive d: data { secret } l: signOut b: sensitive e: data { secret } }',
    )
    expect(result.data).toEqual({ a: 'done', d: { secret: 'hidden' }, l: 'bye', b: null, e: null })
    expect(codesOf(result)).toEqual(['FORBIDDEN', 'FORBIDDEN'])
  })

  it('S8: refuses a mutation before it has any effect if a field of its result is not allowed', async () => {
    let effects = 0
    const sdl = `
      type Query { a: Int @guard }
      type Mutation { rename: User @guard }
      type User { id: ID  secret: String @guard(assurance: MFA) }
    `
    const { run } = policyOver(sdl, {
      Mutation: {
        rename: () => {
          effects += 1
          return user
        },
      },
    })
    expect(codesOf(await run(unmet, 'mutation { rename { id secret } }'))).toEqual(['STEP_UP_REQUIRED'])
    expect(effects).toBe(0)
    expect((await run(unmet, 'mutation { rename { id } }')).data).toEqual({ rename: { id: '1' } })
  })

  it('S9: does not reveal why a rule failed', async () => {
    const { schema } = protectSchema(schemaWith(SDL, resolvers))
    const failing = {
      get access(): AccessGrant {
        throw new Error('raw detail')
      },
    }
    const result = await runUnauthorized(schema, '{ open }', failing)
    expect(JSON.stringify(result)).not.toContain('raw detail')
    expect(codesOf(result)).toHaveLength(1)
  })
})
