import { answerOf, ORIGIN, startServer, type Answer, type ServerUnderTest } from './server-under-test.js'
import { request } from 'node:http'

let server: ServerUnderTest
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.seen.executed.length = 0
  server.seen.credentials.length = 0
})

interface Sent {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly text: string
}

/** fetch does not allow these headers, so the request is written by hand. */
function send(method: string, headers: Record<string, string>, { path = '/graphql', body = '' } = {}): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const sent = request(`${server.url}${path}`, { method, headers }, (res) => {
      let text = ''
      res.setEncoding('utf8')
      res.on('data', (chunk: string) => (text += chunk))
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const JSON_TYPE = { 'content-type': 'application/json' }
const HELLO = JSON.stringify({ query: '{ hello }' })
const SIGN_IN = { body: JSON.stringify({ query: 'mutation { signIn(email: "a", password: "b") }' }) }

describe('an origin that is not exactly on the list is refused (R113, C7)', () => {
  it.each([
    'null',
    '*',
    'http://localhost:4001',
    'http://localhost',
    'https://localhost:4000',
    'http://localhost:40000',
    'http://localhost:4000/',
    'http://localhost:4000.evil.example',
    'http://evil-localhost:4000',
    'http://evil.example/http://localhost:4000',
    'http://LOCALHOST:4000',
    'HTTP://localhost:4000',
    'http://127.0.0.2:4000',
    'http://localhost:4000, http://localhost:4000',
    'http://user@localhost:4000',
    '',
  ])('%j', async (origin) => {
    for (const method of ['POST', 'OPTIONS']) {
      const answer = await send(method, { ...JSON_TYPE, origin }, method === 'POST' ? SIGN_IN : {})
      expect(answer.status).toBe(403)
      expect(answer.text).toContain('"FORBIDDEN"')
      expect(answer.headers['access-control-allow-origin']).toBeUndefined()
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined()
      expect(answer.headers['vary']).toContain('Origin')
    }
    expect(server.seen.executed).toEqual([])
  })
})

it.each(['cross-site', 'same-site'])('refuses a %s request that hides its origin', async (site) => {
  const answer = await send('POST', { ...JSON_TYPE, 'sec-fetch-site': site }, SIGN_IN)
  expect(answer.status).toBe(403)
  expect(server.seen.executed).toEqual([])
})

it('allows a client that is not a browser', async () => {
  expect((await send('POST', JSON_TYPE, SIGN_IN)).status).toBe(200)
})

describe('an origin on the list', () => {
  it('gets its own name in the CORS headers, with credentials', async () => {
    const { headers, status } = await send(
      'POST',
      { ...JSON_TYPE, origin: ORIGIN, 'sec-fetch-site': 'cross-site' },
      SIGN_IN,
    )
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'retry-after, www-authenticate, ratelimit, ratelimit-policy, x-request-id',
      vary: 'Origin',
    })
  })

  it('includes the public URL in addition to the configured ones, for the pages of the gateway', async () => {
    const named = await startServer({ environment: { STEPGATE_ALLOWED_ORIGINS: 'https://app.example.com' } })
    const statusOf = async (origin: string) =>
      (await fetch(`${named.url}/graphql`, { method: 'POST', headers: { ...JSON_TYPE, origin }, body: HELLO })).status
    expect(await statusOf(ORIGIN)).toBe(200)
    expect(await statusOf('https://app.example.com')).toBe(200)
    expect(await statusOf('https://other.example.com')).toBe(403)
    await named.close()
  })

  it('may send preflight requests', async () => {
    const { headers, status } = await send('OPTIONS', {
      origin: ORIGIN,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    })
    expect(status).toBe(204)
    expect(headers).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-methods': 'GET, POST',
    })
  })

  it('may send the headers of GraphQL clients and of tracing, and those of a setting', async () => {
    const named = await startServer({ environment: { STEPGATE_ALLOWED_HEADERS: 'X-Datadog-Trace-Id, b3' } })
    const preflight = await fetch(`${named.url}/graphql`, { method: 'OPTIONS', headers: { origin: ORIGIN } })
    const allowed = (preflight.headers.get('access-control-allow-headers') ?? '').split(', ')
    expect(allowed).toEqual(
      expect.arrayContaining([
        ...['content-type', 'authorization', 'stepgate-device', 'stepgate-device-proof', 'apollo-require-preflight'],
        ...['apollographql-client-name', 'apollographql-client-version', 'x-apollo-operation-name'],
        ...['traceparent', 'tracestate', 'baggage', 'sentry-trace', 'x-datadog-trace-id', 'b3'],
      ]),
    )
    await named.close()
  })
})

describe('GET', () => {
  const get = async (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
    answerOf(await fetch(`${server.url}${path}`, { headers }))
  const PREFLIGHTED = { 'apollo-require-preflight': 'yes' }
  const query = (text: string): string => `/graphql?query=${encodeURIComponent(text)}`

  it('without a header that other sites cannot send is refused (C1)', async () => {
    expect(await get(query('{ hello }'))).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
    expect(server.seen.executed).toEqual([])
  })

  it.each([
    ['from an allowed origin', { origin: ORIGIN }],
    ['from a page of the gateway', { 'sec-fetch-site': 'same-origin' }],
    ['with a token', { authorization: 'Bearer good-token' }],
  ])('%s needs no further header, as urql sends it', async (_, headers) => {
    expect((await send('GET', headers, { path: query('{ hello }') })).status).toBe(200)
  })

  it.each([
    ['a link from another site', { 'sec-fetch-site': 'cross-site' }],
    ['a link from a site next door', { 'sec-fetch-site': 'same-site' }],
    ['an address that was typed or mailed', { 'sec-fetch-site': 'none' }],
    ['a foreign origin', { origin: 'https://evil.example' }],
  ])('is refused as %s (C1)', async (_, headers) => {
    expect((await send('GET', headers, { path: query('{ hello }') })).status).toBeGreaterThanOrEqual(400)
    expect(server.seen.executed).toEqual([])
  })

  it('runs queries', async () => {
    expect(await get(query('{ hello }'), PREFLIGHTED)).toMatchObject({ status: 200, data: { hello: 'hello you' } })
  })

  it('never runs mutations (C2)', async () => {
    const answer = await get(query('mutation { rename(name: "x") }'), PREFLIGHTED)
    expect(answer).toMatchObject({ status: 405, code: 'BAD_USER_INPUT' })
    expect(answer.headers.get('allow')).toBe('POST')
    expect(server.seen.executed).toEqual([])
  })

  it('with an unusual content type is refused (C6)', async () => {
    const answer = await get(query('{ hello }'), { 'content-type': 'message/http', ...PREFLIGHTED })
    expect(answer).toMatchObject({ status: 415, code: 'BAD_USER_INPUT' })
  })

  it('has the same limits as POST', async () => {
    expect(await get(query('{ helo }'), PREFLIGHTED)).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' })
    const aliases = Array.from({ length: 16 }, (_, at) => `a${at}: hello`).join(' ')
    expect(await get(query(`{ ${aliases} }`), PREFLIGHTED)).toMatchObject({ code: 'DOCUMENT_TOO_LARGE' })
  })

  it('never uses cookies or tokens in the URL (R080, R112)', async () => {
    await get(`${query('{ me { id } }')}&access_token=good-token&token=good-token`, {
      ...PREFLIGHTED,
      cookie: 'stepgate-session=good-token',
    })
    expect(server.seen.credentials).toEqual([null])
  })

  it.each([
    'query={hello}&query={hello}',
    'query={hello}&variables=[]',
    'query={hello}&variables={"a":1,"a":2}',
    'query={hello}&variables=canary',
    'query=',
    'quer=1',
    '',
  ])('refuses ?%s', async (search) => {
    const answer = await get(`/graphql?${search}`, PREFLIGHTED)
    expect(answer).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
    expect(answer.text).not.toContain('canary')
  })
})

it.each(['PUT', 'DELETE', 'PATCH', 'HEAD'])('%s cannot call the API', async (method) => {
  const answer = await send(method, { origin: ORIGIN })
  expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, POST, OPTIONS' } })
})

it('refuses a client that cannot read the answer, before anything runs', async () => {
  const answer = await send('POST', { ...JSON_TYPE, accept: 'text/html' }, SIGN_IN)
  expect(answer.status).toBe(406)
  expect(server.seen.executed).toEqual([])
})

it('answers with the GraphQL media type on request', async () => {
  const accept = 'application/graphql-response+json, application/json;q=0.9'
  const { status, headers } = await send('POST', { ...JSON_TYPE, accept }, SIGN_IN)
  expect(status).toBe(200)
  expect(headers['content-type']).toBe('application/graphql-response+json; charset=utf-8')
})

describe('the web view of an app and an extension can call the API once their origins are listed', () => {
  it.each(['capacitor://localhost', 'tauri://localhost', `chrome-extension://${'abcdefghijklmnop'.repeat(2)}`])(
    '%s',
    async (origin) => {
      const shells = await startServer({ environment: { STEPGATE_ALLOWED_ORIGINS: origin } })
      const send = async (method: string, from: string) =>
        fetch(`${shells.url}/graphql`, {
          method,
          headers: { ...JSON_TYPE, origin: from },
          ...(method === 'POST' ? { body: HELLO } : {}),
        })
      const answer = await send('POST', origin)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
      expect((await send('OPTIONS', origin)).status).toBe(204)
      expect((await send('POST', `${origin}.evil`)).status).toBe(403)
      await shells.close()
    },
  )
})
