import { USUAL_ASSURANCES } from '../../src/kernel/assurance.js'
import { parse } from 'graphql'
import { guardTypeDefs } from '../../src/policy/index.js'
import { hashForTests } from './hash-for-tests.js'
import { createPlanner, type Reach } from '../../src/policy/plan-operation.js'
import { readRequirements } from '../../src/policy/read-requirements.js'
import { schemaOf } from '../../bench/support/schema-of.js'

const schema = schemaOf(`${guardTypeDefs}
  type Query @guard(access: PUBLIC) {
    user: User
    users: [[User!]!]!
    node: Node
    search: [Found!]!
    secret: String @guard(assurance: MFA)
    vault: Vault
  }
  type Mutation { change(to: String): User @guard(assurance: MFA, withinSeconds: 0) }
  interface Node { id: ID  label: String }
  type User implements Node { id: ID  label: String @guard(access: PENDING)  email: String @guard  friends: [User!] }
  type Bot implements Node { id: ID  label: String @guard(access: ADMIN) }
  type Vault @guard(assurance: PHISHING_RESISTANT) { gold: Int }
  union Found = User | Bot | Vault
`)
const plan = createPlanner({
  schema,
  table: readRequirements(schema),
  hashOperation: hashForTests,
  assurances: USUAL_ASSURANCES,
})

function reach(text: string, variables: Record<string, unknown> = {}, operationName?: string): Reach {
  const planned = plan(parse(text), operationName)
  if (!planned) throw new Error('there is no such operation')
  return planned.reach(variables)
}

const askingPaths = (text: string, variables?: Record<string, unknown>): string[] =>
  reach(text, variables).enforced.askedBy.map(({ path }) => path)

describe('planning an operation', () => {
  it('finds guarded fields by their path of aliases and names, also below lists', () => {
    expect(askingPaths('{ me: user { friends { mail: email } } users { email } }')).toEqual([
      'users.email',
      'me.friends.mail',
    ])
  })

  it('requires nothing for public fields', () => {
    expect(askingPaths('{ user { id } }')).toEqual([])
  })

  it('follows fragments, including nested and inline ones', () => {
    const text = '{ user { ...A } } fragment A on User { ...B } fragment B on User { ... { ... on User { email } } }'
    expect(askingPaths(text)).toEqual(['user.email'])
  })

  it('collects what every possible object type of an interface requires', () => {
    const { enforced, grant } = reach('{ node { label } }')
    expect(enforced.access).toEqual(['PENDING', 'ADMIN'])
    expect(grant.covers('User', 'label')).toBe(true)
    expect(grant.covers('Bot', 'label')).toBe(true)
  })

  it('leaves out object types that a type condition excludes', () => {
    expect(reach('{ node { ... on User { label } } }').enforced.access).toEqual(['PENDING'])
    expect(reach('{ user { ... on Node { label } } }').enforced.access).toEqual(['PENDING'])
    expect(reach('{ node { ... on Bot { ... on Node { label } } } }').enforced.access).toEqual(['ADMIN'])
  })

  it('collects what every member of a union requires', () => {
    expect(reach('{ search { ... on Node { label } ... on Vault { gold } } }').enforced).toMatchObject({
      access: ['PENDING', 'ADMIN', 'ACCOUNT'],
      demands: [{ assurance: 'PHISHING_RESISTANT' }],
    })
  })

  it('applies the guard of a type if only its name is read', () => {
    expect(askingPaths('{ vault { __typename } }')).toEqual(['vault.__typename'])
    expect(askingPaths('{ search { __typename } }')).toEqual(['search.__typename'])
  })

  it('requires nothing for the name of the root type and for introspection', () => {
    expect(askingPaths('{ __typename __schema { types { name } } __type(name: "User") { name } }')).toEqual([])
  })

  it('excludes fields that a literal skips', () => {
    expect(askingPaths('{ secret @skip(if: true) }')).toEqual([])
    expect(askingPaths('{ ... @include(if: false) { secret } }')).toEqual([])
    expect(askingPaths('{ ...S @include(if: false) } fragment S on Query { secret }')).toEqual([])
    expect(askingPaths('{ secret @skip(if: false) @include(if: true) }')).toEqual(['secret'])
  })

  it('evaluates conditions on variables per request', () => {
    const text =
      'query ($a: Boolean!, $b: Boolean!) { secret @include(if: $a) ...S @skip(if: $b) } fragment S on Query { user { email } }'
    expect(askingPaths(text, { a: true, b: true })).toEqual(['secret'])
    expect(askingPaths(text, { a: false, b: false })).toEqual(['user.email'])
    expect(askingPaths(text, { a: false, b: true })).toEqual([])
    expect(askingPaths(text, { a: true, b: false })).toEqual(['secret', 'user.email'])
  })

  it('uses the defaults of variables that were not sent', () => {
    const text = 'query ($a: Boolean = false) { secret @include(if: $a) }'
    expect(askingPaths(text)).toEqual([])
    expect(askingPaths(text, { a: true })).toEqual(['secret'])
  })

  it.each([[{}], [{ a: null }], [{ a: 'false' }], [{ a: 0 }]])(
    'assumes that everything runs if a condition is %j, which the executor rejects',
    (variables) => {
      const text = 'query ($a: Boolean!) { secret @include(if: $a) user @skip(if: $a) { email } }'
      expect(askingPaths(text, variables)).toEqual(['secret', 'user.email'])
    },
  )

  it('ignores inherited properties of the variables', () => {
    const variables = Object.create({ a: false }) as Record<string, unknown>
    expect(askingPaths('query ($a: Boolean!) { secret @include(if: $a) }', variables)).toEqual(['secret'])
  })

  it('joins selections of the same field under different conditions', () => {
    const text = 'query ($a: Boolean!) { user { id } user @include(if: $a) { email } }'
    expect(askingPaths(text, { a: false })).toEqual([])
    expect(askingPaths(text, { a: true })).toEqual(['user.email'])
  })

  it('plans only the chosen operation', () => {
    const text = 'query A { user { id } } query B { secret } mutation C { change { id } }'
    expect(reach(text, {}, 'A').enforced.askedBy).toEqual([])
    expect(reach(text, {}, 'B').enforced.demands).toMatchObject([{ assurance: 'MFA', withinSeconds: null }])
    expect(reach(text, {}, 'C').enforced.demands).toMatchObject([{ assurance: 'MFA', withinSeconds: 0 }])
    expect(plan(parse(text), 'D')).toBeNull()
    expect(plan(parse(text), null)).toBeNull()
    expect(plan(parse('subscription { x }'), null)).toBeNull()
  })

  it('grants exactly the reached fields', () => {
    const { grant } = reach('query ($a: Boolean = false) { user { id email @include(if: $a) } }')
    expect(grant.covers('Query', 'user')).toBe(true)
    expect(grant.covers('User', 'id')).toBe(true)
    expect(grant.covers('User', 'email')).toBe(false)
    expect(grant.covers('Query', 'secret')).toBe(false)
    expect(grant.covers('constructor', 'toString')).toBe(false)
  })

  it('does not hang on fragments in a cycle', () => {
    expect(
      askingPaths('{ user { ...A } } fragment A on User { email friends { ...B } } fragment B on User { ...A }'),
    ).toEqual(['user.email'])
  })

  it('costs no more than the size of the document when fragments fan out', () => {
    const levels = Array.from({ length: 40 }, (_, level) => {
      const next = level === 39 ? 'email' : `...F${level + 1} ... @include(if: $v${level}) { ...F${level + 1} }`
      return `fragment F${level} on User { ${next} }`
    })
    const variables = Array.from({ length: 39 }, (_, level) => `$v${level}: Boolean!`)
    const text = `query (${variables.join()}) { user { ...F0 } } ${levels.join('\n')}`
    expect(askingPaths(text)).toEqual(['user.email'])
  })

  it('plans the same document once', () => {
    const document = parse('query ($a: Boolean!) { secret @include(if: $a) }')
    expect(plan(document, null)).toBe(plan(document, undefined))
    expect(plan(document, null)?.reach({ a: true })).toBe(plan(document, null)?.reach({ a: true, other: 1 }))
  })

  it('keeps report-only requirements apart from enforced ones', () => {
    const reporting = schemaOf(
      `${guardTypeDefs} type Query { a: Int @guard  b: Int @guard(access: ADMIN, reportOnly: true) }`,
    )
    const planned = createPlanner({
      schema: reporting,
      table: readRequirements(reporting),
      hashOperation: hashForTests,
      assurances: USUAL_ASSURANCES,
    })(parse('{ a b }'), null)
    expect(planned?.reach({}).enforced.access).toEqual(['ACCOUNT'])
    expect(planned?.reach({}).reported?.access).toEqual(['ADMIN'])
  })
})

describe('the identity of an operation', () => {
  const hash = (text: string, variables: Record<string, unknown> = {}, name?: string) =>
    plan(parse(text), name)?.identify(variables).hash
  const transfer = 'mutation T($to: String) { change(to: $to) { id } }'

  it('is a SHA-256 in base64url', () => {
    expect(hash('{ secret }')).toMatch(/^[A-Za-z0-9_-]{43}$/)
  })

  it('does not depend on layout, comments, other operations or variables it does not use', () => {
    const same = `# pay\nmutation T($to: String) {\n change(to: $to) { id } } query Other { secret }`
    expect(hash(same, { to: 'A', other: 1 }, 'T')).toBe(hash(transfer, { to: 'A' }))
  })

  it.each([
    ['a variable', transfer, { to: 'B' }],
    ['a variable that is missing', transfer, {}],
    ['a literal argument', 'mutation T($to: String) { change(to: "A") { id } }', { to: 'A' }],
    ['the name', 'mutation U($to: String) { change(to: $to) { id } }', { to: 'A' }],
    ['the selection', 'mutation T($to: String) { change(to: $to) { label } }', { to: 'A' }],
  ])('changes with %s', (_, text, variables) => {
    expect(hash(text, variables)).not.toBe(hash(transfer, { to: 'A' }))
  })

  it('changes with a fragment it uses', () => {
    const withFragment = (field: string) => `{ user { ...F } } fragment F on User { ${field} }`
    expect(hash(withFragment('id'))).not.toBe(hash(withFragment('email')))
  })

  it('does not depend on the order of keys in variables, but on the order of lists', () => {
    expect(hash(transfer, { to: { a: 1, b: [1, 2] } })).toBe(hash(transfer, { to: { b: [1, 2], a: 1 } }))
    expect(hash(transfer, { to: [1, 2] })).not.toBe(hash(transfer, { to: [2, 1] }))
  })
})
