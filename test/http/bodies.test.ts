import { gzipSync } from 'node:zlib'
import {
  answerOf,
  CANARY,
  ORIGIN,
  sendRaw,
  startServer,
  type Answer,
  type ServerUnderTest,
} from './server-under-test.js'

let server: ServerUnderTest
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.seen.executed.length = 0
})

const GOOD = '{"query":"{ hello }"}'

async function send(body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  })
  return answerOf(response)
}

function expectQuiet(answer: Answer): void {
  expect(answer.text).not.toMatch(new RegExp(`${CANARY}|\\bat |node_modules|SyntaxError|<html`))
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(server.seen.executed).toEqual([])
}

describe('a malformed body gets one error with a code', () => {
  it.each([
    ['cut off (A16)', `{"query":"{hel`],
    ['no JSON', CANARY],
    ['empty', ''],
    ['a batch (A2)', `[${GOOD},${GOOD}]`],
    ['an empty batch', '[]'],
    ['text', '"{ hello }"'],
    ['a number', '1'],
    ['null', 'null'],
    ['an empty object', '{}'],
    ['a duplicate key (A15)', `{"query":"{ hello }","query":"mutation { rename(name: \\"x\\") }"}`],
    ['a duplicate key that is escaped', `{"query":"{ hello }","quer\\u0079":"{ me { id } }"}`],
    ['a duplicate key deep inside', `{"query":"{ hello }","variables":{"a":[{"b":1,"b":2}]}}`],
    ['a duplicate key after strings with quotes', `{"query":"{ hello }","variables":{"a":"\\\\\\"{","a":1}}`],
    ['a prototype', `{"query":"{ hello }","variables":{"__proto__":{"polluted":true}}}`],
    ['a prototype, escaped', `{"query":"{ hello }","__pr\\u006fto__":{}}`],
    ['a byte order mark', `\uFEFF${GOOD}`],
    ['nesting without end', `{"query":"{ hello }","variables":{"a":${'['.repeat(40_000)}${']'.repeat(40_000)}}}`],
    ['a comment', `{"query":"{ hello }" /* ${CANARY} */}`],
    ['a trailing comma', `{"query":"{ hello }",}`],
    ['two documents', `${GOOD}${GOOD}`],
    ['a query that is a list', '{"query":["{ hello }"]}'],
    ['a query that is a tree', '{"query":{"kind":"Document","definitions":[]}}'],
    ['an empty query', '{"query":""}'],
    ['variables that are text', `{"query":"{ hello }","variables":"{}"}`],
    ['variables that are a list', `{"query":"{ hello }","variables":["${CANARY}"]}`],
    ['an operation name that is a number', `{"query":"{ hello }","operationName":1}`],
    ['extensions that are text', `{"query":"{ hello }","extensions":"${CANARY}"}`],
  ])('%s', async (_, body) => {
    const answer = await send(body)
    expect(answer).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
    expectQuiet(answer)
  })

  it('invalid UTF-8', async () => {
    const answer = await send(
      Buffer.from([...Buffer.from('{"query":"{ hello }","a":"'), 0xc3, 0x28, ...Buffer.from('"}')]),
    )
    expect(answer).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
    expectQuiet(answer)
  })
})

describe('a body of another type is refused before it is read', () => {
  it.each([
    ['text (C3)', { 'content-type': 'text/plain' }],
    ['a form (C4)', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['an upload (C5)', { 'content-type': 'multipart/form-data; boundary=x', 'apollo-require-preflight': 'yes' }],
    ['text with JSON in a parameter', { 'content-type': 'text/plain; a=application/json' }],
    ['JSON in utf-7 (A14)', { 'content-type': 'application/json; charset=utf-7' }],
    ['JSON in ibm500', { 'content-type': 'application/json; charset=ibm500' }],
    ['JSON of another kind', { 'content-type': 'application/ld+json' }],
    ['two types', { 'content-type': 'application/json, text/plain' }],
    ['compressed JSON (A13)', { 'content-encoding': 'gzip' }],
    ['compressed JSON, also twice', { 'content-encoding': 'identity, gzip' }],
    ['JSON in two character sets', { 'content-type': 'application/json; charset=utf-8; charset=utf-7' }],
    ['JSON with half a parameter', { 'content-type': 'application/json; charset' }],
  ])('%s', async (_, headers) => {
    const answer = await send('content-encoding' in headers ? gzipSync(GOOD) : GOOD, headers)
    expect(answer).toMatchObject({ status: 415, code: 'BAD_USER_INPUT' })
    expectQuiet(answer)
  })

  it('no body at all', async () => {
    const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers: { origin: ORIGIN } })
    expect(await answerOf(response)).toMatchObject({ status: 415, code: 'BAD_USER_INPUT' })
  })
})

describe('a long body (A12)', () => {
  const long = JSON.stringify({ query: '{ hello }', variables: { password: 'x'.repeat(2_000_000) } })

  it('is refused by its Content-Length', async () => {
    const answer = await send(long)
    expect(answer).toMatchObject({ status: 413, code: 'DOCUMENT_TOO_LARGE' })
    expectQuiet(answer)
  })

  it('is refused without a Content-Length', async () => {
    const chunk = `${(10_000).toString(16)}\r\n${'x'.repeat(10_000)}\r\n`
    const head = 'POST /graphql HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n'
    const answer = await sendRaw(server.url, `${head}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(11)}0\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer).toContain('DOCUMENT_TOO_LARGE')
  })

  it('is accepted up to a hundred thousand bytes', async () => {
    const padding = ' '.repeat(100_000 - GOOD.length)
    expect(await send(`${GOOD}${padding}`)).toMatchObject({ status: 200 })
    expect(await send(`${GOOD}${padding} `)).toMatchObject({ status: 413 })
  })
})

describe('a well-formed body is accepted', () => {
  it.each([
    ['with its character set', 'application/json; charset=utf-8'],
    ['with its character set in capitals and quotes', 'application/json;charset="UTF-8"'],
    ['with the short name of its character set', 'application/json; charset=utf8'],
    ['with its type in capitals', 'APPLICATION/JSON; Charset=Utf-8'],
    ['with other parameters', 'application/json; profile="a; b"; charset=utf-8; v=1'],
    ['with an empty parameter', 'application/json;'],
  ])('%s', async (_, type) => {
    expect(await send(GOOD, { 'content-type': type })).toMatchObject({ status: 200, data: { hello: 'hello you' } })
  })

  it('with the encoding that changes nothing', async () => {
    expect(await send(GOOD, { 'content-encoding': 'identity' })).toMatchObject({ status: 200 })
    expect(await send(gzipSync(GOOD), { 'content-encoding': 'identity' })).toMatchObject({ status: 400 })
  })

  it.each([
    ['null for everything optional', `{"query":"{ hello }","operationName":null,"variables":null,"extensions":null}`],
    ['an empty operation name', `{"query":"query Greet { hello }","operationName":""}`],
    ['no persisted query', `{"query":"{ hello }","extensions":{"persistedQuery":null}}`],
  ])('with %s', async (_, body) => {
    expect(await send(body)).toMatchObject({ status: 200, data: { hello: 'hello you' } })
  })

  it('with unknown members, which are ignored', async () => {
    expect(await send(`{"query":"{ hello }","token":"${CANARY}","extensions":{"a":1}}`)).toMatchObject({ status: 200 })
  })

  it('with the same key in different objects', async () => {
    const body = `{"query":"query($wish: Wish) { hello(wish: $wish) }","variables":{"wish":{"words":["{\\"words\\":1,","}"]}}}`
    expect(await send(body)).toMatchObject({ status: 200 })
  })
})

describe('a raw request', () => {
  const request = (head: string): Promise<string> => sendRaw(server.url, `${head}Connection: close\r\n\r\n`)

  it.each([
    ['an URL that cannot be parsed', 'GET http://[::/graphql HTTP/1.1\r\nHost: a\r\n'],
    ['an URL that cannot be decoded', 'GET /%E0%A4%A HTTP/1.1\r\nHost: a\r\n'],
    ['a path of dots', 'GET //../graphql HTTP/1.1\r\nHost: a\r\n'],
    ['no host', 'GET /graphql HTTP/1.1\r\n'],
    ['a header of 64 kB (R073)', `GET /graphql HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${'x'.repeat(65_536)}\r\n`],
    ['an unknown method', 'BREW /graphql HTTP/1.1\r\nHost: a\r\n'],
    ['TRACE', 'TRACE /graphql HTTP/1.1\r\nHost: a\r\n'],
    ['two lengths', 'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n'],
    ['a length and chunks', 'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n'],
  ])('with %s is refused and leaves other requests alone', async (_, head) => {
    expect(await request(head)).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(await send(GOOD)).toMatchObject({ status: 200 })
  })

  it('that breaks off in its body leaves other requests alone', async () => {
    const { hostname, port } = new URL(server.url)
    const { connect } = await import('node:net')
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(
          'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"q',
        )
        socket.end()
      })
      socket.resume().on('close', () => resolve())
    })
    expect(await send(GOOD)).toMatchObject({ status: 200 })
  })
})
