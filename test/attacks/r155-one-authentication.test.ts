import {
  getNamedType,
  isInputObjectType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
} from 'graphql'
import type { AccessRow } from '../../src/policy/index.js'
import { codeOf, type Client } from '../support/client.js'
import { startGateway, type TestGateway } from '../support/gateway.js'

/** Names of values that prove something, or would if they were guessed. */
const CREDENTIAL = /(?:password|code|token|secret|webauthn|signature|proof|assertion|credential|pin|otp)$/i

/** Mutations that take such a value without trying it, each with the reason. */
const TRIES_NOTHING: Readonly<Record<string, string>> = {}

/** Mutations without such a value that begin, send or exchange something that authenticates. */
const BEGINS: readonly string[] = [
  'beginPasskeySignIn',
  'changeEmail',
  'changePhone',
  'enrollFactor',
  'requestMagicLink',
  'requestPasswordReset',
  'selectOrganization',
]

describe('R155: one request is one attempt', () => {
  let gateway: TestGateway
  let client: Client

  beforeAll(async () => {
    gateway = await startGateway()
    client = gateway.client()
  })
  afterAll(() => gateway.close())

  const fieldsOf = (type: GraphQLNamedType | null | undefined) =>
    isObjectType(type) ? Object.values(type.getFields()) : []
  const roots = () => [gateway.app.schema.getQueryType(), gateway.app.schema.getMutationType()]
  const marked = (): readonly AccessRow[] => gateway.app.policy.accessTable().filter((row) => row.authentication)
  const refused = async (query: string): Promise<string | null> => codeOf(await client.post(JSON.stringify({ query })))

  it('marks every root field that takes a credential, code or token, and every one that begins or sends one', () => {
    const takes = roots()
      .flatMap(fieldsOf)
      .filter(({ name, args }) => takesCredential(args) && !(name in TRIES_NOTHING))
    const expected = [...takes.map(({ name }) => name), ...BEGINS].sort()
    expect(
      marked()
        .map(({ fieldName }) => fieldName)
        .sort(),
    ).toEqual(expected)
    // Renamed inputs fail here, because the rule above would no longer see them.
    expect(takes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['signIn', 'signUp', 'verifyChallenge', 'challengeFactor', 'acceptInvitation']),
    )
  })

  it('accepts no credential below the root', () => {
    const below = Object.values(gateway.app.schema.getTypeMap()).filter(
      (type) => !roots().some((root) => root === type),
    )
    const takes = below.flatMap(fieldsOf).filter(({ args }) => takesCredential(args))
    expect(takes.map(({ name }) => name)).toEqual([])
  })

  it('refuses each of them twice in one operation, by alias, by fragment and by inline fragment', async () => {
    expect(marked().length).toBeGreaterThan(20)
    for (const { typeName, fieldName: name } of marked()) {
      const kind = typeName.toLowerCase()
      const field = `${name} { __typename }`
      for (const query of [
        `${kind} { ${field} ${field} }`,
        `${kind} { a: ${field} b: ${field} }`,
        `${kind} { ${field} ...A } fragment A on ${typeName} { a: ${field} }`,
        `${kind} { ...A ...A } fragment A on ${typeName} { ${field} }`,
        `${kind} { ... { ${field} } ... on ${typeName} { a: ${field} } }`,
        `${kind}($v: Boolean!) { ${name} @include(if: $v) { id } a: ${name} @skip(if: $v) { id } }`,
        `query Plain { __typename } ${kind} Double { ${field} a: ${field} }`,
      ]) {
        expect([query, await refused(query)]).toEqual([query, 'DOCUMENT_TOO_LARGE'])
      }
    }
  })

  it('refuses any two of them in one operation', async () => {
    const [first = '', ...others] = marked().flatMap((row) => (row.typeName === 'Mutation' ? [row.fieldName] : []))
    for (const other of others) {
      const query = `mutation { ${first} { __typename } ${other} { __typename } }`
      expect([query, await refused(query)]).toEqual([query, 'DOCUMENT_TOO_LARGE'])
    }
  })
})

function takesCredential(inputs: readonly (GraphQLArgument | GraphQLInputField)[], seen = new Set<string>()): boolean {
  return inputs.some(({ name, type }) => {
    const named = getNamedType(type)
    if (!isInputObjectType(named)) return CREDENTIAL.test(name)
    if (seen.has(named.name)) return false
    return takesCredential(Object.values(named.getFields()), new Set([...seen, named.name]))
  })
}
