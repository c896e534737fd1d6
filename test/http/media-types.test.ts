import { acceptedAnswer } from '../../src/http/media-type.js'
import { refuse, refuseUntil } from '../../src/kernel/refusal.js'
import { Unavailable } from '../../src/kernel/unavailable.js'
import { answerOf, ORIGIN, sendRaw, startServer, type Answer, type ServerUnderTest } from './server-under-test.js'

const RESPONSE = 'application/graphql-response+json'
/** As the clients send it. */
const APOLLO_CLIENT_4 = 'application/graphql-response+json,application/json;q=0.9'
const URQL =
  'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed'
const GRAPHQL_REQUEST = 'application/graphql-response+json, application/json'
const APOLLO_IOS = 'multipart/mixed;deferSpec=20220824,application/json'

let server: ServerUnderTest
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())

interface Sent {
  readonly accept?: string
  readonly body?: string
  readonly headers?: Record<string, string>
  readonly path?: string
  readonly to?: ServerUnderTest
}

const GOOD = JSON.stringify({ query: '{ hello }' })
const bodyOf = (query: string): string => JSON.stringify({ query })

async function send({ accept = '*/*', body = GOOD, headers = {}, path = '/graphql', to = server }: Sent) {
  const sent = { 'content-type': 'application/json', origin: ORIGIN, accept, ...headers }
  return answerOf(await fetch(`${to.url}${path}`, { method: 'POST', headers: sent, body }))
}

const typeOf = ({ headers }: Answer): string => headers.get('content-type') ?? ''

describe('the type of the answer', () => {
  it.each([
    [APOLLO_CLIENT_4, 'graphql-response'],
    [URQL, 'graphql-response'],
    [GRAPHQL_REQUEST, 'graphql-response'],
    ['application/graphql-response+json; charset=utf-8, application/json; charset=utf-8', 'graphql-response'],
    ['APPLICATION/GraphQL-Response+JSON', 'graphql-response'],
    [undefined, 'graphql-response'],
    ['', 'graphql-response'],
    [' , ', 'graphql-response'],
    ['application/json;q=0, */*', 'graphql-response'],
    ['application/json;q=0.2, */*;q=0.8', 'graphql-response'],
    ['application/json', 'json'],
    ['application/json, application/graphql-response+json', 'json'],
    ['application/graphql-response+json;q=0.5,application/json', 'json'],
    ['application/graphql-response+json;q=0,application/json;q=0.1', 'json'],
    ['application/json, text/plain, */*', 'json'],
    [APOLLO_IOS, 'json'],
    ['*/*', 'anything'],
    ['application/*', 'anything'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'anything'],
    ['text/html', 'neither'],
    ['application/json;q=0', 'neither'],
    ['application/json;q=0.0, application/graphql-response+json; q=0', 'neither'],
    ['application/json;q=nonsense', 'neither'],
  ])('for %j is %s', (accept, answer) => {
    expect(acceptedAnswer(accept)).toBe(answer)
  })

  it.each([
    [APOLLO_CLIENT_4, RESPONSE],
    ['application/json', 'application/json'],
    ['*/*', 'application/json'],
    ['application/json;charset=utf8', 'application/json'],
  ])('for %s is the type of data and of errors', async (accept, type) => {
    for (const body of [GOOD, bodyOf('{ nonsense }'), bodyOf('{ fault }'), 'no JSON']) {
      expect(typeOf(await send({ accept, body }))).toBe(`${type}; charset=utf-8`)
    }
  })

  it('without Accept is the type of the specification', async () => {
    const answer = await sendRaw(
      server.url,
      `POST /graphql HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${GOOD.length}\r\n\r\n${GOOD}`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    expect(answer).toContain(`Content-Type: ${RESPONSE}; charset=utf-8`)
  })
})

describe('a refusal before execution has the type that the client reads', () => {
  const long = JSON.stringify({ query: '{ hello }', variables: { a: 'x'.repeat(100_001) } })

  it.each<[string, Sent, number, string]>([
    ['a body that is too large', { body: long }, 413, 'DOCUMENT_TOO_LARGE'],
    ['broken JSON', { body: '{"query":' }, 400, 'BAD_USER_INPUT'],
    ['another content type', { headers: { 'content-type': 'text/plain' } }, 415, 'BAD_USER_INPUT'],
    ['a foreign origin', { headers: { origin: 'https://evil.example' } }, 403, 'FORBIDDEN'],
    ['an unknown path', { path: '/grahpql' }, 404, 'BAD_USER_INPUT'],
    ['a document with a mistake', { body: bodyOf('{ nonsense }') }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['a document that cannot be parsed', { body: bodyOf('{') }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['a subscription', { body: bodyOf('subscription { ticks }') }, 400, 'BAD_USER_INPUT'],
  ])('%s', async (_, sent, status, code) => {
    for (const accept of [APOLLO_CLIENT_4, URQL, GRAPHQL_REQUEST]) {
      const answer = await send({ ...sent, accept })
      expect(answer).toMatchObject({ status, code })
      expect(typeOf(answer)).toBe(`${RESPONSE}; charset=utf-8`)
    }
  })

  it('a GET that another site could send', async () => {
    const response = await fetch(`${server.url}/graphql?query={hello}`, { headers: { accept: APOLLO_CLIENT_4 } })
    const answer = await answerOf(response)
    expect(answer).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
    expect(typeOf(answer)).toBe(`${RESPONSE}; charset=utf-8`)
  })

  it.each([
    ['the store is down', new Unavailable('store'), 503, 'UNAVAILABLE'],
    ['the caller is limited', refuseUntil('RATE_LIMITED', 7), 429, 'RATE_LIMITED'],
    ['there is a fault', new Error('x'), 500, 'INTERNAL_SERVER_ERROR'],
  ])('because %s', async (_, thrown, status, code) => {
    for (const options of [{ identify: () => Promise.reject(thrown) }, { authorize: () => Promise.reject(thrown) }]) {
      const closed = await startServer(options)
      const answer = await send({ accept: APOLLO_CLIENT_4, to: closed })
      expect(answer).toMatchObject({ status, code })
      expect(typeOf(answer)).toBe(`${RESPONSE}; charset=utf-8`)
      expect(answer.headers.get('retry-after')).toBe(status === 429 ? '7' : null)
      await closed.close()
    }
  })
})

describe('the status of a well-formed request', () => {
  it.each<[string, string, number, number, number]>([
    ['a mistake in the document', '{ nonsense }', 400, 200, 400],
    ['a refusal with a null field as data', 'mutation { limited }', 200, 200, 429],
    ['a field without data that must not be null', '{ required }', 500, 500, 500],
    ['a wrong code', 'mutation { wrongCode }', 200, 200, 200],
    ['data beside an error', '{ fault hello }', 200, 200, 200],
  ])('of %s depends on the type', async (_, query, response, json, anything) => {
    const body = bodyOf(query)
    expect(await send({ body, accept: APOLLO_CLIENT_4 })).toMatchObject({ status: response })
    expect(await send({ body, accept: 'application/json' })).toMatchObject({ status: json })
    expect(await send({ body, accept: '*/*' })).toMatchObject({ status: anything })
  })

  it('that is refused as a whole is an error, unless the client names application/json', async () => {
    for (const [code, response, json, anything] of [
      ['UNAUTHENTICATED', 401, 200, 401],
      ['CODE_INVALID', 400, 200, 200],
      ['UNAVAILABLE', 503, 503, 503],
    ] as const) {
      const closed = await startServer({ authorize: () => Promise.reject(refuse(code)) })
      expect(await send({ to: closed, accept: RESPONSE })).toMatchObject({ status: response, code })
      expect(await send({ to: closed, accept: 'application/json' })).toMatchObject({ status: json, code })
      expect(await send({ to: closed })).toMatchObject({ status: anything, code })
      await closed.close()
    }
  })

  it('with wrong variables is 400, or 200 for clients that name application/json', async () => {
    const body = JSON.stringify({ query: 'query ($n: String) { hello(name: $n) }', variables: { n: [1] } })
    expect(await send({ body, accept: RESPONSE })).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
    expect(await send({ body, accept: 'application/json' })).toMatchObject({ status: 200, code: 'BAD_USER_INPUT' })
  })
})
