import 'reflect-metadata'
import { readFileSync } from 'node:fs'
import {
  buildASTSchema,
  buildSchema,
  lexicographicSortSchema,
  parse,
  printSchema,
  printType,
  type GraphQLSchema,
} from 'graphql'
import { Query, Resolver, buildSchemaSync } from 'type-graphql'
import { AccessEnum, AssuranceEnum, FactorTypeEnum } from '../../src/kernel/enums.graphql.js'
import { guardTypeDefs, withGuardDirective } from '../../src/policy/index.js'

const sorted = (schema: GraphQLSchema): string => printSchema(lexicographicSortSchema(schema))

describe('the guard directive', () => {
  const file = readFileSync(new URL('../../schema/directives.graphql', import.meta.url), 'utf8')

  it('is the same in schema/directives.graphql and in the code, descriptions included', () => {
    expect(sorted(buildASTSchema(parse(file)))).toBe(sorted(buildASTSchema(parse(guardTypeDefs))))
  })

  it('has the enums that TypeGraphQL registers, descriptions included', () => {
    @Resolver()
    class EnumsResolver {
      @Query(() => AccessEnum)
      access(): string {
        return AccessEnum.PUBLIC
      }
      @Query(() => AssuranceEnum)
      assurance(): string {
        return AssuranceEnum.MFA
      }
      @Query(() => FactorTypeEnum)
      factorType(): string {
        return FactorTypeEnum.TOTP
      }
    }
    const registered = buildSchemaSync({ resolvers: [EnumsResolver], validate: false })
    const written = buildASTSchema(parse(file))
    for (const name of ['Access', 'Assurance', 'FactorType']) {
      expect(printType(registered.getType(name)!)).toBe(printType(written.getType(name)!))
    }
  })

  it('uses the enums that a schema already has', () => {
    const schema = withGuardDirective(buildSchema('type Query { a: FactorType } enum FactorType { TOTP }'))
    expect(schema.getDirective('guard')?.args.map(({ name }) => name)).toContain('strongest')
    expect(String(schema.getDirective('guard')?.args.find(({ name }) => name === 'factors')?.type)).toBe(
      '[FactorType!]',
    )
    expect(withGuardDirective(schema)).toBe(schema)
  })
})
