import { answerOf, ORIGIN, sendRaw, startServer, type Answer, type ServerUnderTest } from './server-under-test.js'

let server: ServerUnderTest
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.seen.executed.length = 0
})

const HASH = '{"persistedQuery":{"version":1,"sha256Hash":"5b1f"}}'
const ACCEPT = 'application/graphql-response+json,application/json;q=0.9'

async function post(body: string, accept = '*/*', path = '/graphql'): Promise<Answer> {
  const headers = { 'content-type': 'application/json', origin: ORIGIN, accept }
  return answerOf(await fetch(`${server.url}${path}`, { method: 'POST', headers, body }))
}
const get = async (search: string, headers: Record<string, string>): Promise<Answer> =>
  answerOf(await fetch(`${server.url}/graphql?${search}`, { headers }))

describe('a persisted query is refused with the message that clients look for (A24)', () => {
  it.each([
    ['the hash alone', `{"operationName":"Q","variables":{},"extensions":${HASH}}`],
    ['the hash and an empty document', `{"query":"","extensions":${HASH}}`],
    ['the hash and the document', `{"query":"{ hello }","extensions":${HASH}}`],
    ['a hash that is no text', '{"query":"{ hello }","extensions":{"persistedQuery":{"version":1,"sha256Hash":{}}}}'],
  ])('%s', async (_, body) => {
    for (const [accept, status] of [
      [ACCEPT, 400],
      ['application/json', 200],
      ['*/*', 200],
    ] as const) {
      const answer = await post(body, accept)
      expect(answer.status).toBe(status)
      expect(answer.errors).toEqual([
        { message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } },
      ])
    }
    expect(server.seen.executed).toEqual([])
  })

  it('also in a URL, in every language, before the header against other sites is missed', async () => {
    const answer = await get(`operationName=Q&variables={}&extensions=${HASH}`, {
      accept: ACCEPT,
      'accept-language': 'de',
    })
    expect(answer.errors).toMatchObject([{ message: 'PersistedQueryNotSupported' }])
    expect(server.seen.executed).toEqual([])
  })
})

describe('a request in a URL may leave parameters empty', () => {
  it.each([
    'query=query Greet {hello}&operationName=&variables=&extensions=',
    'query=query Greet {hello}&variables=null&extensions=null',
    'query=query Greet {hello}&operationName=Greet&variables={"a":1}&extensions={}',
  ])('%s', async (search) => {
    const answer = await get(search, { 'apollo-require-preflight': 'yes' })
    expect(answer).toMatchObject({ status: 200, data: { hello: 'hello you' } })
  })
})

it('serves the API also with a slash at the end', async () => {
  expect(await post('{"query":"{ hello }"}', ACCEPT, '/graphql/')).toMatchObject({ status: 200 })
  expect(await post('{"query":"{ hello }"}', ACCEPT, '/graphql/?a=1')).toMatchObject({ status: 200 })
  expect(await post('{"query":"{ hello }"}', ACCEPT, '/graphql//')).toMatchObject({ status: 404 })
})

describe('a raw request', () => {
  const BODY = '{"query":"{ hello }"}'
  const sent = (line: string, headers: readonly string[]): Promise<string> => {
    const head = [line, 'Content-Type: application/json', `Content-Length: ${BODY.length}`, ...headers]
    return sendRaw(server.url, `${[...head, 'Connection: close'].join('\r\n')}\r\n\r\n${BODY}`)
  }

  it('of HTTP/1.0 without a host is answered', async () => {
    expect(await sent('POST /graphql HTTP/1.0', [])).toMatch(/^HTTP\/1\.1 200 [^]*hello you/)
  })

  it('that waits for 100 Continue gets it, and its answer', async () => {
    const answer = await sent('POST /graphql HTTP/1.1', ['Host: a', 'Expect: 100-continue'])
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 [^]*hello you/)
  })

  it('that expects something else is refused', async () => {
    expect(await sent('POST /graphql HTTP/1.1', ['Host: a', 'Expect: the-unexpected'])).toMatch(/^HTTP\/1\.1 417 /)
    expect(server.seen.executed).toEqual([])
  })

  it('of a client that accepts nothing in particular is answered', async () => {
    expect(await sent('POST /graphql HTTP/1.1', ['Host: a', 'Accept:'])).toMatch(/^HTTP\/1\.1 200 [^]*hello you/)
  })

  it('with OPTIONS and no origin is answered', async () => {
    expect(await sent('OPTIONS /graphql HTTP/1.1', ['Host: a'])).toMatch(/^HTTP\/1\.1 204 /)
  })
})
