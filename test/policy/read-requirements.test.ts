import 'reflect-metadata'
import { GraphQLObjectType, GraphQLSchema, GraphQLString, type GraphQLFieldConfig } from 'graphql'
import { buildSchemaSync, Field, ObjectType, Query, Resolver } from 'type-graphql'
import { Guard } from '../../src/kernel/guard.graphql.js'
import { guardTypeDefs, InvalidGuards, printAccessTable } from '../../src/policy/index.js'
import { readRequirements } from '../../src/policy/read-requirements.js'
import { DEFAULT_REQUIREMENT } from '../../src/policy/requirement.js'
import { schemaOf } from '../../bench/support/schema-of.js'

const tableOf = (sdl: string) => readRequirements(schemaOf(`${guardTypeDefs}\n${sdl}`))

function problemsOf(sdl: string): readonly string[] {
  try {
    tableOf(sdl)
    return []
  } catch (error) {
    if (error instanceof InvalidGuards) return error.problems
    throw error
  }
}

describe('reading requirements', () => {
  it('fills in the defaults', () => {
    const table = tableOf('type Query { a: Int @guard }')
    expect(table.requirementOf('Query', 'a')).toMatchObject(DEFAULT_REQUIREMENT)
  })

  it('reads every argument', () => {
    const table = tableOf(`type Query {
      a: Int @guard(access: ADMIN, assurance: MFA, withinSeconds: 900, factors: [WEBAUTHN, TOTP], purpose: "a.b", reportOnly: true)
    }`)
    expect(table.requirementOf('Query', 'a')).toMatchObject({
      access: 'ADMIN',
      assurance: 'MFA',
      withinSeconds: 900,
      factors: ['TOTP', 'WEBAUTHN'],
      strongest: false,
      purpose: 'a.b',
      reportOnly: true,
    })
  })

  it('applies the guard of a type to its fields, except fields with their own guard', () => {
    const table = tableOf(`
      type Query @guard(access: PENDING) { a: A  b: Int @guard(access: PUBLIC) }
      type A @guard(assurance: MFA) { x: Int  y: Int @guard }
      type B { z: Int }
    `)
    expect(table.requirementOf('Query', 'a')?.access).toBe('PENDING')
    expect(table.requirementOf('Query', 'b')?.access).toBe('PUBLIC')
    expect(table.requirementOf('A', 'x')?.assurance).toBe('MFA')
    expect(table.requirementOf('A', 'y')?.assurance).toBe('ONE_FACTOR')
    expect(table.requirementOf('B', 'z')).toBeNull()
    expect(table.requirementOfType('A')?.assurance).toBe('MFA')
  })

  it('reads guards on extensions of a type', () => {
    const table = tableOf('type Query { a: A @guard } type A { x: Int } extend type A @guard(assurance: MFA)')
    expect(table.requirementOf('A', 'x')?.assurance).toBe('MFA')
  })

  it.each([
    ['an object by name', { guard: { access: 'ADMIN', factors: ['TOTP'] } }],
    ['a list by name', { guard: [{ access: 'ADMIN', factors: ['TOTP'] }] }],
    ['a list of directives', [{ name: 'guard', args: { access: 'ADMIN', factors: ['TOTP'] } }]],
  ])('reads guards in extensions written as %s', (_, directives) => {
    const a: GraphQLFieldConfig<unknown, unknown> = { type: GraphQLString, extensions: { directives } }
    const table = readRequirements(
      new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: { a } }) }),
    )
    expect(table.requirementOf('Query', 'a')).toMatchObject({ access: 'ADMIN', factors: ['TOTP'] })
  })

  it('reads guards that TypeGraphQL decorators wrote', () => {
    @Guard({ assurance: 'MFA', withinSeconds: 300, factors: ['TOTP'] })
    @ObjectType()
    class Secret {
      @Field(() => String)
      text!: string
    }
    @Resolver()
    class SecretResolver {
      @Guard({ access: 'PUBLIC' })
      @Query(() => Secret)
      secret(): Secret {
        return { text: 'x' }
      }
    }
    const table = readRequirements(buildSchemaSync({ resolvers: [SecretResolver], validate: false }))
    expect(table.requirementOf('Query', 'secret')?.access).toBe('PUBLIC')
    expect(table.requirementOf('Secret', 'text')).toMatchObject({
      assurance: 'MFA',
      withinSeconds: 300,
      factors: ['TOTP'],
    })
  })

  it('reports all root fields without a guard at once', () => {
    const problems = problemsOf(`
      type Query { a: Int  b: Int @guard }
      type Mutation { c: Int }
      type Subscription { d: Int }
    `)
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['Query.a', 'Mutation.c', 'Subscription.d'])
  })

  it.each([
    ['negative freshness', '@guard(assurance: MFA, withinSeconds: -1)'],
    ['an empty list of factors', '@guard(factors: [])'],
    ['a factor that cannot reach the assurance', '@guard(assurance: MFA, factors: [EMAIL, TOTP])'],
    ['strongest together with a list of factors', '@guard(factors: [TOTP], strongest: true)'],
    ['a proof from callers without a session', '@guard(access: PUBLIC, assurance: MFA)'],
  ])('refuses %s', (_, guard) => {
    const problems = problemsOf(`type Query { a: Int ${guard} }`)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^Query\.a: @guard /)
  })

  it.each([
    ['unknown arguments', { acess: 'ADMIN' }],
    ['values that the enum does not have', { access: 'NOBODY' }],
  ])('refuses %s, which GraphQL does not check in schemas built in code', (_, args) => {
    const a: GraphQLFieldConfig<unknown, unknown> = {
      type: GraphQLString,
      extensions: { directives: { guard: args } },
    }
    const schema = new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: { a } }) })
    expect(() => readRequirements(schema)).toThrow(InvalidGuards)
  })

  it('prints the table as Markdown, sorted', () => {
    const table = tableOf(`type Query {
      b: Int @guard(strongest: true, withinSeconds: 300)
      a: Int @guard(assurance: MFA, withinSeconds: 0, factors: [TOTP], purpose: "a.b", reportOnly: true)
    }`)
    expect(printAccessTable(table.rows)).toBe(
      [
        '| Field | Access | Assurance | Within | Factors | Purpose | Per operation | Notes |',
        '| --- | --- | --- | --- | --- | --- | --- | --- |',
        '| `Query.a` | ACCOUNT | MFA | this operation | TOTP | `a.b` |  | report only |',
        '| `Query.b` | ACCOUNT | strongest of the account | 300 s | any |  |  |  |',
        '',
      ].join('\n'),
    )
  })

  it('returns an immutable table', () => {
    const table = tableOf('type Query { a: Int @guard }')
    expect(Object.isFrozen(table.rows)).toBe(true)
    expect(Object.isFrozen(table.requirementOf('Query', 'a'))).toBe(true)
  })
})
