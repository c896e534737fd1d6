import { sendRaw, startServer, type Options, type ServerUnderTest } from './server-under-test.js'

const servers: ServerUnderTest[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function start(options: Options = {}): Promise<ServerUnderTest> {
  const server = await startServer(options)
  servers.push(server)
  return server
}

const BEHIND_PROXY = { environment: { STEPGATE_TRUSTED_PROXIES: 'loopback,10.0.0.0/8' } }
const GENERATED = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('the request id', () => {
  const idFor = async (server: ServerUnderTest, given: string): Promise<string | null> =>
    (await server.post('{ hello }', { headers: { 'x-request-id': given } })).headers.get('x-request-id')

  it('is created by the gateway, whatever a client sends', async () => {
    const server = await start()
    expect(await idFor(server, 'request-12345678')).toMatch(GENERATED)
  })

  it('is that of a trusted proxy when it is well-formed', async () => {
    const server = await start(BEHIND_PROXY)
    expect(await idFor(server, 'request-12345678')).toBe('request-12345678')
    for (const odd of ['short', 'a'.repeat(65), 'has spaces in it', 'quotes"and\\more']) {
      expect(await idFor(server, odd)).toMatch(GENERATED)
    }
  })

  it('is on every answer, also on those of Apollo and Express', async () => {
    const server = await start()
    for (const path of ['/healthz', '/nothing', '/%E0%A4%A']) {
      expect((await fetch(`${server.url}${path}`)).headers.get('x-request-id')).toMatch(GENERATED)
    }
  })
})

describe('the address of the client (R061)', () => {
  const addressFor = async (server: ServerUnderTest, forwarded: string): Promise<string | undefined> => {
    await server.post('{ hello }', { headers: { 'x-forwarded-for': forwarded } })
    return server.seen.origins.pop()?.address
  }

  it('is that of the connection when no proxy is trusted, also with a hundred forged ones', async () => {
    const server = await start()
    const seen = new Set<unknown>()
    for (let at = 0; at < 100; at++) seen.add(await addressFor(server, `203.0.113.${at}`))
    expect([...seen]).toEqual(['127.0.0.1'])
  })

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['198.51.100.1, 203.0.113.7', '203.0.113.7'],
    ['203.0.113.7, 10.1.2.3', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::ffff:cb00:7107', '203.0.113.7'],
    ['2001:DB8::1', '2001:db8::1'],
    ['unknown', '127.0.0.1'],
    ['203.0.113.7:1234', '203.0.113.7'],
    ['<script>', '127.0.0.1'],
    ['', '127.0.0.1'],
  ])('behind a trusted proxy that says %j is %s', async (forwarded, address) => {
    expect(await addressFor(await start(BEHIND_PROXY), forwarded)).toBe(address)
  })
})

it('records what the client says about itself, shortened and on one line', async () => {
  const server = await start()
  await server.post('{ hello }', {
    headers: { 'user-agent': 'x'.repeat(2_000), 'sec-ch-ua-platform': '"Linux"', 'accept-language': 'de\tfr' },
  })
  const origin = server.seen.origins.pop()
  expect(origin?.userAgent).toHaveLength(512)
  expect(origin?.clientHints.platform).toBe('"Linux"')
  expect(origin?.language).toBe('de fr')
})

it('records only whole language ranges of a long header', async () => {
  const server = await start()
  const ranges = Array.from({ length: 40 }, (_, n) => `de-x-a${n};q=0.${99 - n}`)
  await server.post('{ hello }', { headers: { 'accept-language': ranges.join(',') } })
  const { language = '' } = server.seen.origins.pop() ?? {}
  expect(language.length).toBeGreaterThan(150)
  expect(ranges.join(',').startsWith(`${language},`)).toBe(true)
})

describe('the log', () => {
  const requestLines = (server: ServerUnderTest): unknown[] =>
    server.seen.logs.filter((line) => line.message === 'request').map((line) => line.fields)

  it('has one line for each request, with names of the gateway and numbers', async () => {
    const server = await start()
    await server.post('query Greet { hello }')
    await server.post('{ nonsense }')
    await server.post('mutation Try { limited }')
    await fetch(`${server.url}/nothing?token=canary`, { headers: { authorization: 'Bearer canary' } })
    const [greet, nonsense, limited, nothing] = requestLines(server)
    expect(greet).toEqual({
      requestId: expect.stringMatching(GENERATED) as string,
      method: 'POST',
      route: 'graphql',
      operation: 'Greet',
      errorCode: null,
      status: 200,
      ms: expect.any(Number) as number,
    })
    expect(nonsense).toMatchObject({ errorCode: 'GRAPHQL_VALIDATION_FAILED', status: 400, operation: null })
    expect(limited).toMatchObject({ errorCode: 'RATE_LIMITED', status: 429, operation: 'Try' })
    expect(nothing).toMatchObject({ route: 'other', status: 404 })
    expect(JSON.stringify(server.seen.logs)).not.toContain('canary')
  })

  it('contains no values, credentials or addresses from requests', async () => {
    const server = await start()
    await server.post('mutation($p: String!) { signIn(email: "canary-1", password: $p) }', {
      variables: { p: 'canary-2' },
      headers: {
        cookie: 'stepgate-session=canary-3; other=canary-4',
        'stepgate-device': 'canary-5',
        'user-agent': 'canary-6',
      },
    })
    const log = JSON.stringify(server.seen.logs)
    expect(log).not.toMatch(/canary|127\.0\.0\.1|good-token|device\.secret/)
  })

  it('has no lines for successful probes', async () => {
    const server = await start()
    await fetch(`${server.url}/healthz`)
    expect(server.seen.logs).toMatchObject([{ level: 'debug' }])
  })
})

describe('work after the answer', () => {
  it('begins when the answer was sent, and its failure is only logged', async () => {
    const order: string[] = []
    const finished = new Promise<void>((resolve) => {
      void start({
        resolvers: {
          hello: (_s, _a, { afterAnswer }) => {
            afterAnswer(() => {
              order.push('work')
              resolve()
              return Promise.reject(new Error('the mail server is down'))
            })
            order.push('answer')
            return 'hello'
          },
        },
      }).then((server) => server.post('{ hello }'))
    })
    await finished
    expect(order).toEqual(['answer', 'work'])
    await servers[0]?.close()
    expect(servers[0]?.seen.logs).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'work after the answer failed' }),
    )
  })
})

it('answers unknown paths with an error code', async () => {
  const server = await start()
  const answer = await fetch(`${server.url}/admin/../secret`)
  expect(answer.status).toBe(404)
  expect(await answer.json()).toEqual({
    errors: [
      { message: 'There is nothing here.', extensions: { code: 'BAD_USER_INPUT', messageId: 'http.not-found' } },
    ],
  })
  expect(await sendRaw(server.url, 'GET http://[::/ HTTP/1.1\r\nHost: a\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
})
