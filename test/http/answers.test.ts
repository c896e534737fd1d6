import { refuse, refuseUntil } from '../../src/kernel/refusal.js'
import { Unavailable } from '../../src/kernel/unavailable.js'
import { CANARY, PRODUCTION, startServer, type Answer, type ServerUnderTest } from './server-under-test.js'

let server: ServerUnderTest
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.seen.executed.length = 0
  server.seen.logs.length = 0
})

const faultLines = (): unknown[] => server.seen.logs.filter((line) => line.message === 'fault')

function expectMasked(answer: Answer): void {
  expect(answer.text).not.toMatch(new RegExp(`${CANARY}|\\bat |node_modules|stack|Did you mean|locations`))
}

describe('a fault', () => {
  it('is masked, and logged once with the id that the answer contains', async () => {
    const answer = await server.post('{ fault }')
    const requestId = answer.headers.get('x-request-id')
    expect(answer).toMatchObject({ status: 500, code: 'INTERNAL_SERVER_ERROR' })
    expect(answer.errors[0]?.extensions).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      messageId: 'error.INTERNAL_SERVER_ERROR',
      requestId,
    })
    expectMasked(answer)
    expect(faultLines()).toMatchObject([{ level: 'error', fields: { requestId, err: { message: CANARY } } }])
  })

  it.each([
    ['an error that borrows a code of ours', '{ leaky }'],
    ['a null where none may be', '{ required }'],
  ])('is %s', async (_, query) => {
    const answer = await server.post(query)
    expect(answer).toMatchObject({ status: 500, code: 'INTERNAL_SERVER_ERROR' })
    expectMasked(answer)
    expect(faultLines()).toHaveLength(1)
  })

  it('in one field leaves the data of the others', async () => {
    const answer = await server.post('{ fault hello }')
    expect(answer).toMatchObject({ status: 200, data: { fault: null, hello: 'hello you' } })
    expect(answer.errors).toMatchObject([{ path: ['fault'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }])
  })
})

describe('a refusal in a resolver', () => {
  it('keeps its status and headers when it is the whole answer', async () => {
    const answer = await server.post('mutation { limited }')
    expect(answer).toMatchObject({ status: 429, data: { limited: null } })
    expect(answer.headers.get('retry-after')).toBe('42')
    expect(answer.errors).toEqual([
      {
        message: expect.any(String) as string,
        path: ['limited'],
        extensions: { code: 'RATE_LIMITED', messageId: 'wait.requests', retryAfterSeconds: 42 },
      },
    ])
    expect(faultLines()).toEqual([])
  })

  it('does not change the status when other fields succeed', async () => {
    const answer = await server.post('mutation { limited rename(name: "x") }')
    expect(answer).toMatchObject({ status: 200, code: 'RATE_LIMITED', data: { limited: null, rename: 'x' } })
    expect(answer.headers.get('retry-after')).toBeNull()
  })

  it('for a wrong code has the status 200', async () => {
    expect(await server.post('mutation { wrongCode }')).toMatchObject({ status: 200, code: 'CODE_INVALID' })
  })
})

it('reports that a dependency is down, also from a resolver', async () => {
  const answer = await server.post('{ unavailable }')
  expect(answer).toMatchObject({ status: 503, code: 'UNAVAILABLE' })
  expectMasked(answer)
  expect(server.seen.logs).toContainEqual(
    expect.objectContaining({ level: 'warn', fields: expect.objectContaining({ dependency: 'store' }) as object }),
  )
})

describe('invalid input is refused and never quoted (A17, A18, A20)', () => {
  let server: ServerUnderTest
  beforeAll(async () => {
    server = await startServer({ environment: { STEPGATE_INTROSPECTION: 'off' } })
  })
  afterAll(() => server.close())
  beforeEach(() => {
    server.seen.executed.length = 0
    server.seen.logs.length = 0
  })
  const hello = 'query($name: String) { hello(name: $name) }'
  const wish = 'query($wish: Wish) { hello(wish: $wish) }'
  const rename = 'mutation($name: String!) { rename(name: $name) }'

  it.each([
    ['an object for text', hello, { name: { $gt: CANARY } }],
    ['a list for text', hello, { name: [CANARY] }],
    ['an unknown member', wish, { wish: { [CANARY]: 1 } }],
    ['an unknown enum value', wish, { wish: { colour: CANARY } }],
    ['a near miss of an enum value', wish, { wish: { colour: 'REDD' } }],
    ['more than fifty wrong values', wish, { wish: { words: Array.from({ length: 200 }, () => ({ [CANARY]: 1 })) } }],
    ['nothing where something must be', rename, {}],
    ['null where something must be', rename, { name: null }],
    ['an explicit null for a default', 'query($n: Boolean = true) { hello @include(if: $n) }', { n: null }],
  ])('%s', async (_, query, variables) => {
    const answer = await server.post(query, { variables })
    expect(answer).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
    expect(answer.errors).toHaveLength(1)
    expectMasked(answer)
    expect(JSON.stringify(server.seen.logs)).not.toMatch(new RegExp(`${CANARY}|Did you mean`))
    expect(server.seen.executed).toEqual([])
  })

  it.each([`{ hello(name: {a: "${CANARY}"}) }`, `{ hello(wish: { colour: ${CANARY.replace('-', '_')} }) }`])(
    'a wrong value in the document: %s',
    async (query) => {
      const answer = await server.post(query)
      expect(answer).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' })
      expectMasked(answer)
      expect(answer.text).not.toContain('Colour')
    },
  )
})

/** What the request line in the log says about the request, once it is there. */
async function loggedReason({ seen }: ServerUnderTest): Promise<unknown> {
  const line = () => seen.logs.find(({ message }) => message === 'request')
  while (!line()) await new Promise(setImmediate)
  return line()?.fields['reason']
}

describe('during development, an invalid request is explained without its values', () => {
  const secret = 'hunter2-canary'

  it.each([
    ['a wrong field', '{ helo }', 'Cannot query field "helo" on type "Query". Did you mean "hello"?'],
    ['an unclosed brace', '{ me { id }', 'Syntax Error: Expected Name, found <EOF>.'],
    ['an unclosed text', `{ hello(name: "${secret}) }`, 'Syntax Error: Unterminated string.'],
    ['text out of place', `{ hello("${secret}") }`, 'Syntax Error: Expected Name, found String.'],
    ['text without quotation marks', '{ hello(name: hunter2_canary) }', 'String cannot represent a non string value.'],
    ['words without quotation marks', '{ hello(name: old hunter2_canary) }', 'Syntax Error: Expected ":", found ")".'],
    [
      'a wrong number',
      '{ people(first: 5hunter) { __typename } }',
      'Syntax Error: Invalid number, expected digit but got.',
    ],
    [
      'an unknown argument',
      `{ hello(nam: "${secret}") }`,
      'Unknown argument "nam" on field "Query.hello". Did you mean "name"?',
    ],
    [
      'a wrong enum value',
      '{ hello(wish: { colour: REDD }) }',
      'Value does not exist in "Colour" enum. Did you mean the enum value "RED"?',
    ],
    ['text for an enum', `{ hello(wish: { colour: "${secret}" }) }`, 'Enum "Colour" cannot represent non-enum value.'],
    ['text for an object', `{ hello(wish: "${secret}") }`, 'Expected value of type "Wish".'],
    [
      'a misspelled input field',
      `{ hello(wish: { colur: "${secret}" }) }`,
      'Field "colur" is not defined by type "Wish". Did you mean "colour"?',
    ],
    [
      'a missing argument',
      'mutation { rename }',
      'Field "rename" argument "name" of type "String!" is required, but it was not provided.',
    ],
  ])('%s', async (_, query, message) => {
    const answer = await server.post(query)
    expect(answer).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED', errors: [{ message }] })
    expect(answer.errors[0]).toMatchObject({ locations: [{ line: 1, column: expect.any(Number) as number }] })
    expect(answer.text).not.toMatch(/hunter|canary/)
  })

  it.each([
    ['none of two is named', '{ hello }', 'query A { hello } query B { me { id } }', null],
    ['an unknown one is named', '{ hello }', 'query A { hello } query B { me { id } }', secret],
  ])('the operation, when %s', async (_, __, query, operationName) => {
    const answer = await server.post(query, { operationName })
    expect(answer).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' })
    expect(answer.errors[0]?.message).toMatch(
      operationName ? /^Unknown operation name.*"A", "B"/ : /^Must provide operation name/,
    )
    expect(answer.text).not.toContain(secret)
  })

  const wish = 'query($wish: Wish) { hello(wish: $wish) }'
  it.each([
    [
      'a missing variable',
      'mutation($name: String!) { rename(name: $name) }',
      {},
      '"$name" of required type "String!" was not provided.',
    ],
    [
      'null where something must be',
      'mutation($name: String!) { rename(name: $name) }',
      { name: null },
      '"$name" of non-null type "String!" must not be null.',
    ],
    [
      'a wrong type',
      'query($n: Int) { people(first: $n) { __typename } }',
      { n: secret },
      '"$n" got an invalid value; Int cannot represent non-integer value.',
    ],
    [
      'a wrong enum value',
      wish,
      { wish: { colour: 'REDD' } },
      '"$wish" got an invalid value at "wish.colour"; Value does not exist in "Colour" enum. Did you mean the enum value "RED"?',
    ],
    [
      'an enum value that looks like the message',
      wish,
      { wish: { colour: `x" does not exist in "${secret}" enum.` } },
      '"$wish" got an invalid value at "wish.colour"; Value does not exist in "Colour" enum.',
    ],
    [
      'a misspelled input field',
      wish,
      { wish: { colur: secret } },
      '"$wish" got an invalid value; A field is not defined by type "Wish". Did you mean "colour"?',
    ],
    [
      'text for an object',
      wish,
      { wish: secret },
      '"$wish" got an invalid value; Expected type "Wish" to be an object.',
    ],
    [
      'an object in a list of texts',
      wish,
      { wish: { words: ['a', { [secret]: secret }] } },
      '"$wish" got an invalid value at "wish.words.1"; String cannot represent a non string value.',
    ],
  ])('%s', async (_, query, variables, message) => {
    const answer = await server.post(query, { variables })
    expect(answer).toMatchObject({ status: 400, code: 'BAD_USER_INPUT', errors: [{ message: `Variable ${message}` }] })
    expect(answer.text).not.toContain(secret)
    expect(await loggedReason(server)).toBeUndefined()
  })
})

describe('the policy', () => {
  it('decides once for each operation, before anything runs', async () => {
    const asked: unknown[] = []
    const guarded = await startServer({
      authorize: ({ document, operationName, variables }) => {
        asked.push([document.kind, operationName, variables, [...guarded.seen.executed]])
        return Promise.resolve()
      },
    })
    await guarded.post('query Greet($name: String = "Bo") { hello(name: $name) me { id } }', {
      variables: { name: 'Al' },
    })
    expect(asked).toEqual([['Document', 'Greet', { name: 'Al' }, []]])
    expect(guarded.seen.executed).toEqual(['hello', 'me'])
    await guarded.close()
  })

  it('passes its decision to the resolvers', async () => {
    const covered: unknown[] = []
    const guarded = await startServer({
      authorize: ({ context }) => {
        context.access = { covers: (type, field) => type === 'Query' && field === 'me' }
        context.operation = { name: null, hash: 'hash' }
        return Promise.resolve()
      },
      resolvers: {
        me: (_s, _a, { access, operation }) =>
          void covered.push(access?.covers('Query', 'me'), access?.covers('Query', 'x'), operation?.hash),
      },
    })
    await guarded.post('{ me { id } }')
    expect(covered).toEqual([true, false, 'hash'])
    await guarded.close()
  })

  it('refuses the whole operation, with status and headers', async () => {
    const guarded = await startServer({
      authorize: () =>
        Promise.reject(
          refuse('STEP_UP_REQUIRED', {
            message: 'Confirm it is you.',
            extensions: { stepUp: { assurance: 'MFA' } },
            headers: new Map([['www-authenticate', 'Bearer error="insufficient_user_authentication"']]),
          }),
        ),
    })
    const answer = await guarded.post('mutation { rename(name: "x") limited }')
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer error="insufficient_user_authentication"')
    expect(answer.text).toBe(
      '{"errors":[{"message":"Confirm it is you.","extensions":{"stepUp":{"assurance":"MFA"},"code":"STEP_UP_REQUIRED"}}]}',
    )
    expect(guarded.seen.executed).toEqual([])
    await guarded.close()
  })

  it.each([
    ['is down', new Unavailable('store'), 503, 'UNAVAILABLE'],
    ['has a fault', new Error(CANARY), 500, 'INTERNAL_SERVER_ERROR'],
    ['limits the rate', refuseUntil('TOO_MANY_ATTEMPTS', 7), 429, 'TOO_MANY_ATTEMPTS'],
  ])('allows nothing when it %s', async (_, thrown, status, code) => {
    const guarded = await startServer({ authorize: () => Promise.reject(thrown) })
    const answer = await guarded.post('{ hello }')
    expect(answer).toMatchObject({ status, code, data: undefined })
    expectMasked(answer)
    expect(guarded.seen.executed).toEqual([])
    await guarded.close()
  })
})

describe('when the caller cannot be identified', () => {
  it.each([
    ['the store is down', new Unavailable('store'), 503, 'UNAVAILABLE'],
    ['there is a fault', new Error(CANARY), 500, 'INTERNAL_SERVER_ERROR'],
  ])('because %s, nothing runs', async (_, thrown, status, code) => {
    const closed = await startServer({ identify: () => Promise.reject(thrown) })
    const answer = await closed.post('{ hello }')
    expect(answer).toMatchObject({ status, code })
    expectMasked(answer)
    expect(closed.seen.executed).toEqual([])
    expect(closed.seen.authorized).toEqual([])
    await closed.close()
  })
})

describe('in production', () => {
  let production: ServerUnderTest
  beforeAll(async () => {
    production = await startServer(PRODUCTION)
  })
  afterAll(() => production.close())
  const headers = { origin: 'https://app.example.com' }

  it.each([
    '{ __schema { queryType { name } } }',
    '{ __type(name: "Query") { name } }',
    '{ ...A } fragment A on Query { __schema { types { name } } }',
  ])('introspection is off: %s (A21)', async (query) => {
    const unknown = await production.post('{ nonsense }', { headers })
    const answer = await production.post(query, { headers })
    expect(answer.status).toBe(400)
    expect(answer.text).toBe(unknown.text)
  })

  it('what is wrong with a document is in the log, under the request id of the answer', async () => {
    production.seen.logs.length = 0
    const answer = await production.post('{ helo }', { headers })
    expectMasked(answer)
    expect(await loggedReason(production)).toBe('Cannot query field "helo" on type "Query".')
    const [line] = production.seen.logs.filter(({ message }) => message === 'request')
    expect(line?.fields['requestId']).toBe(answer.headers.get('x-request-id'))
  })

  it('so is what is wrong with a variable, without suggestion and value', async () => {
    production.seen.logs.length = 0
    const query = 'query($wish: Wish) { hello(wish: $wish) }'
    const answer = await production.post(query, { headers, variables: { wish: { colour: 'REDD' } } })
    expect(answer.code).toBe('BAD_USER_INPUT')
    expectMasked(answer)
    expect(await loggedReason(production)).toBe(
      'Variable "$wish" got an invalid value at "wish.colour"; Value does not exist in "Colour" enum.',
    )
  })

  it('there is no landing page, no outbox and no server header', async () => {
    const page = await fetch(`${production.url}/graphql`, { headers: { accept: 'text/html' } })
    expect(page.status).toBe(400)
    expect(await page.text()).not.toMatch(/apollo/i)
    expect(page.headers.get('x-powered-by')).toBeNull()
  })

  it('answers have the headers of an https-only site', async () => {
    const { headers: got } = await production.post('{ hello }', { headers })
    expect(got.get('strict-transport-security')).toBe('max-age=31536000')
    expect(got.get('content-security-policy')).toContain("default-src 'none'")
    expect(got.get('x-content-type-options')).toBe('nosniff')
    expect(got.get('referrer-policy')).toBe('no-referrer')
  })
})

describe('outside production', () => {
  it('introspection works, also with deep queries', async () => {
    const { getIntrospectionQuery } = await import('graphql')
    expect(await server.post(getIntrospectionQuery())).toMatchObject({ status: 200, errors: [] })
  })

  it('a browser gets the sandbox, with a policy that allows its files', async () => {
    const page = await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } })
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('embeddable-sandbox.cdn.apollographql.com')
    expect(page.headers.get('content-security-policy')).toContain('frame-src https://sandbox.embed.apollographql.com')
  })
})

it('is never cached (R115)', async () => {
  for (const query of ['{ hello }', '{ nonsense }', '{ fault }', 'mutation { limited }']) {
    expect((await server.post(query)).headers.get('cache-control')).toBe('no-store')
  }
})
