import { startServer, type ServerUnderTest } from './server-under-test.js'

let server: ServerUnderTest
beforeAll(async () => {
  server = await startServer({ environment: { STEPGATE_INTROSPECTION: 'off' } })
})
afterAll(() => server.close())
beforeEach(() => {
  server.seen.executed.length = 0
})

const repeat = (count: number, part: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => part(at)).join(' ')
const nested = (depth: number, leaf: string): string => 'friends(first: 1) { '.repeat(depth) + leaf + ' }'.repeat(depth)
/** Fragments that each spread the next one twice. */
const doubling = (levels: number, leaf: string): string =>
  repeat(levels, (at) => `fragment F${at} on Person { ...F${at + 1} ... on Person { ...F${at + 1} } }`) +
  ` fragment F${levels} on Person { ${leaf} }`

async function expectRefused(query: string, code: string): Promise<void> {
  const startedAt = performance.now()
  const answer = await server.post(query)
  expect({ status: answer.status, code: answer.code, errors: answer.errors.length }).toEqual({
    status: 400,
    code,
    errors: 1,
  })
  expect(answer.text.length).toBeLessThan(250)
  expect(server.seen.executed).toEqual([])
  expect(performance.now() - startedAt).toBeLessThan(1_000)
}

describe('a document is too large', () => {
  it.each([
    [
      'a thousand aliased codes (A1)',
      `mutation { ${repeat(1_000, (at) => `a${at}: verifyChallenge(code: "${at}")`)} }`,
    ],
    ['two authentication mutations (A4)', 'mutation { a: verifyChallenge(code: "1") b: verifyChallenge(code: "2") }'],
    ['two kinds of them', 'mutation { signIn(email: "a", password: "b") verifyChallenge(code: "1") }'],
    [
      'two of them in nested fragments (A5)',
      'mutation { ...A ... on Mutation { ...A } } fragment A on Mutation { b: verifyChallenge(code: "1") ...B } fragment B on Mutation { c: signIn(email: "a", password: "b") }',
    ],
    [
      'two behind a variable',
      'mutation($v: Boolean!) { a: verifyChallenge(code: "1") @include(if: $v) b: verifyChallenge(code: "2") @skip(if: $v) }',
    ],
    ['sixteen aliases', `{ me { ${repeat(16, (at) => `a${at}: id`)} } }`],
    ['sixteen aliases of __typename', `{ me { ${repeat(16, (at) => `a${at}: __typename`)} } }`],
    [
      'aliases hidden in a fragment used twice (A5)',
      `{ me { ...A friends(first: 1) { ...A } } } fragment A on Person { ${repeat(8, (at) => `a${at}: id`)} }`,
    ],
    ['a field over and over (A6)', `{ ${'hello '.repeat(50_000 / 8)} }`],
    ['a field often enough to be slow to validate', `{ me { ${'friends(first: 1) { id } '.repeat(90)} } }`],
    ['twenty-one root fields', `{ ${repeat(21, (at) => `a${at}: hello`)} }`],
    ['eleven directives (A7)', `{ hello ${'@include(if: true) '.repeat(11)} }`],
    ['hundreds of unknown directives', `{ hello ${'@x '.repeat(450)} }`],
    ['three thousand directives', `{ hello ${'@include(if: true) '.repeat(3_000)} }`],
    ['directives in fragments', `{ ${'...A '.repeat(11)} } fragment A on Query { hello @include(if: true) }`],
    ['eleven levels (A8)', `{ me { ${nested(9, 'id')} } }`],
    ['five hundred levels', `{ me { ${nested(500, 'id')} } }`],
    [
      'levels hidden in fragments',
      `{ me { ...A } } fragment A on Person { ${nested(5, '...B')} } fragment B on Person { ${nested(5, 'id')} }`,
    ],
    ['lists in lists (A9)', `{ me { ${'strangers { '.repeat(5)} id ${'}'.repeat(5)} } }`],
    [
      'long pages of long pages',
      '{ people(first: 100) { edges { node { friends(first: 100) { friends(first: 3) { id } } } } } }',
    ],
    [
      'pages as long as a variable says',
      'query($n: Int) { people(first: $n) { edges { node { friends(first: $n) { a: id b: id c: id } } } } }',
    ],
    ['fragments that double forty times', `{ me { ...F0 } } ${doubling(40, 'friends(first: 1) { id }')}`],
    ['a thousand and one tokens', `{ ${'hello '.repeat(1_000)} }`],
    [
      'one large operation among small ones (A3)',
      `query A { hello } query B { me { ${repeat(16, (at) => `a${at}: id`)} } }`,
    ],
  ])('with %s', async (_, query) => {
    await expectRefused(query, 'DOCUMENT_TOO_LARGE')
  })
})

describe('a document is refused with one short answer', () => {
  it.each([
    [
      'circular fragments (A10)',
      '{ me { ...A } } fragment A on Person { friends { ...B } } fragment B on Person { ...A }',
    ],
    ['hundreds of unknown fields (A11)', `{ me { ${repeat(400, (at) => `unknown${at}`)} } }`],
    ['a near miss (A22)', '{ helo }'],
    ['an unknown type', '{ me { ... on Persom { id } } }'],
    ['an unknown argument', '{ hello(nam: "x") }'],
    ['an unknown enum value', '{ hello(wish: { colour: REDD }) }'],
    ['a missing selection', '{ me }'],
    ['no operation', 'fragment A on Query { hello }'],
    ['broken syntax', '{ hello'],
    ['a number with a byte order mark inside', '{ hello(name: \uFEFF1a) }'],
    ['brackets without end', '['.repeat(900)],
  ])('for %s', async (_, query) => {
    await expectRefused(query, 'GRAPHQL_VALIDATION_FAILED')
  })
})

describe('a document is run', () => {
  it.each([
    ['with fifteen aliases', `{ me { ${repeat(15, (at) => `a${at}: id`)} } }`],
    ['with ten levels', `{ me { ${nested(8, 'id')} } }`],
    ['with a page of a hundred', '{ people(first: 100) { edges { node { id name friends(first: 10) { id } } } } }'],
    [
      'with fragments, comments and block strings',
      '# note\n{ me { ...A } hello(name: """a\nb""") } fragment A on Person { id }',
    ],
    ['with prototype names as aliases (A19)', '{ __proto__: hello constructor: hello toString: hello }'],
    ['with one authentication mutation beside others', 'mutation { verifyChallenge(code: "1") rename(name: "x") }'],
  ])('%s', async (_, query) => {
    const answer = await server.post(query)
    expect(answer).toMatchObject({ status: 200, errors: [] })
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('again from the cache, with other variables', async () => {
    const query = 'query($name: String) { hello(name: $name) }'
    for (const name of ['a', 'b'])
      expect((await server.post(query, { variables: { name } })).data).toEqual({ hello: `hello ${name}` })
  })
})

describe('several operations in one document (A3)', () => {
  const query = 'query A { hello } mutation B { rename(name: "x") }'

  it('runs only the one that is named', async () => {
    expect((await server.post(query, { operationName: 'A' })).data).toEqual({ hello: 'hello you' })
    expect(server.seen.executed).toEqual(['hello'])
  })

  it.each([undefined, null, '', 'C', '__proto__'])('refuses the name %j', async (operationName) => {
    const answer = await server.post(query, { operationName })
    expect(answer).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' })
    expect(server.seen.executed).toEqual([])
  })
})

it('refuses subscriptions over POST', async () => {
  expect(await server.post('subscription { ticks }')).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
})
