import { ACCOUNT, PRODUCTION, sendRaw, START, startServer, type ServerUnderTest } from './server-under-test.js'
import { secondsAfter } from '../../src/kernel/clock.js'

let server: ServerUnderTest
const devices: (string | null)[] = []
beforeAll(async () => {
  server = await startServer({
    resolvers: {
      me: (_source, _args, { jar }) => {
        devices.push(jar.deviceToken(ACCOUNT))
        return { id: '1' }
      },
    },
  })
})
afterAll(() => server.close())
beforeEach(() => {
  server.seen.credentials.length = 0
  devices.length = 0
})

const COOKIE = { cookie: 'stepgate-session=good-token' }
const DEVICE_COOKIE = /^stepgate-device-[A-Za-z0-9_-]{16}=/
const SIGN_IN = 'mutation { signIn(email: "a", password: "b") }'

async function credentialOf(headers: Record<string, string>): Promise<unknown> {
  await server.post('{ me { id } }', { headers })
  return server.seen.credentials.pop()
}

describe('a credential', () => {
  it('is the session cookie', async () => {
    expect(await credentialOf(COOKIE)).toEqual({ kind: 'cookie', token: 'good-token' })
  })

  it('is the bearer token, also when there is a cookie', async () => {
    const bearer = { kind: 'bearer', token: 'a.b-c_d~e+f/g=' }
    expect(await credentialOf({ authorization: 'Bearer a.b-c_d~e+f/g=' })).toEqual(bearer)
    expect(await credentialOf({ authorization: 'bearer a.b-c_d~e+f/g=', ...COOKIE })).toEqual(bearer)
  })

  it('includes the session that a backend acts for, only with a bearer token', async () => {
    const authorization = 'Bearer sgk_key'
    const acting = (session: string) => credentialOf({ authorization, 'stepgate-session': session })
    expect(await acting('a.b-c_d')).toEqual({ kind: 'bearer', token: 'sgk_key', actsFor: 'a.b-c_d' })
    for (const named of ['', 'a b', 'a,b', '"x"', 'x'.repeat(4097)]) {
      expect(await acting(named)).toEqual({ kind: 'bearer', token: 'sgk_key', actsFor: '' })
    }
    expect(await credentialOf({ ...COOKIE, 'stepgate-session': 'a.b' })).toEqual({
      kind: 'cookie',
      token: 'good-token',
    })
    expect(await credentialOf({ authorization: 'Bearer a b', 'stepgate-session': 'a.b' })).toBeNull()
  })

  it('is the cookie when the header has another scheme', async () => {
    expect(await credentialOf({ authorization: 'Basic dXNlcjpwYXNz', ...COOKIE })).toEqual({
      kind: 'cookie',
      token: 'good-token',
    })
  })

  it.each([
    'stepgate-session=',
    'stepgate-session=a b',
    `stepgate-session=${'x'.repeat(600)}`,
    'stepgate-session',
    '=;;=',
    'a=%E0%A4%A',
  ])('is missing in the cookie %j', async (cookie) => {
    expect(await credentialOf({ cookie })).toBeNull()
  })

  it.each([
    'Bearer',
    'Bearer  ',
    'bearer\t',
    'Bearer a b',
    'Bearer a,b',
    'Bearer a, Bearer b',
    'Bearer "a"',
    'Bearer é',
    `Bearer ${'x'.repeat(8_000)}`,
  ])('is missing in the malformed header %j, also with a valid cookie (R073)', async (authorization) => {
    expect(await credentialOf({ authorization, ...COOKIE })).toBeNull()
  })

  it('is missing when the header is sent twice', async () => {
    const body = '{"query":"{ me { id } }"}'
    const head = 'POST /graphql HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n'
    const twice = 'Authorization: Bearer good-token\r\nauthorization: Bearer other-token\r\n'
    expect(await sendRaw(server.url, `${head}${twice}Content-Length: ${body.length}\r\n\r\n${body}`)).toMatch(/ 200 /)
    expect(server.seen.credentials).toEqual([null])
  })

  it('determines the viewer of the resolvers', async () => {
    const plain = await startServer()
    expect((await plain.post('{ me { name } }', { headers: COOKIE })).data).toEqual({ me: { name: 'Ada' } })
    expect((await plain.post('{ me { name } }')).data).toEqual({ me: { name: null } })
    await plain.close()
  })
})

describe('cookies on a loopback http URL', () => {
  it('are set once each, HttpOnly, SameSite=Lax, for the whole site, and expire', async () => {
    const cookies = (await server.post(SIGN_IN)).headers.getSetCookie()
    expect(cookies).toHaveLength(2)
    expect(cookies[0]).toBe('stepgate-session=good-token; Max-Age=3600; Path=/; HttpOnly; SameSite=Lax')
    expect(cookies[1]).toMatch(DEVICE_COOKIE)
    expect(cookies[1]).toMatch(/=device\.secret; Max-Age=86400; Path=\/; HttpOnly; SameSite=Lax$/)
    // A credential that was replaced during the request is never sent, not even to delete it (R064).
    expect(cookies.join()).not.toContain('pending-token')
    expect(cookies.join()).not.toContain(ACCOUNT)
  })

  it('are deleted with the attributes they were set with', async () => {
    const cookies = (await server.post('mutation { signOut }', { headers: COOKIE })).headers.getSetCookie()
    expect(cookies[0]).toBe('stepgate-session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax')
    expect(cookies[1]).toMatch(/^stepgate-device-[A-Za-z0-9_-]{16}=; Max-Age=0; /)
  })

  it('are not sent to bearer clients', async () => {
    for (const authorization of ['Bearer good-token', 'Bearer']) {
      expect((await server.post(SIGN_IN, { headers: { authorization } })).headers.getSetCookie()).toEqual([])
    }
  })

  it('never outlive the credential they contain', async () => {
    const late = await startServer({
      resolvers: {
        signIn: (_source, _args, { jar }) => {
          jar.setSession({ token: 'old', expiresAt: secondsAfter(START, -10) })
          return ''
        },
      },
    })
    expect((await late.post(SIGN_IN)).headers.getSetCookie()[0]).toContain('Max-Age=0;')
    await late.close()
  })
})

it('cookies on an https URL are bound to the host and to TLS (R079)', async () => {
  const secure = await startServer(PRODUCTION)
  const headers = { origin: 'https://app.example.com' }
  const [session, device] = (await secure.post(SIGN_IN, { headers })).headers.getSetCookie()
  expect(session).toBe('__Host-stepgate-session=good-token; Max-Age=3600; Path=/; HttpOnly; Secure; SameSite=Lax')
  expect(device).toMatch(/^__Host-stepgate-device-[A-Za-z0-9_-]{16}=device\.secret; .*Secure/)
  await secure.post('{ me { id } }', { headers: { ...headers, ...COOKIE } })
  await secure.post('{ me { id } }', { headers: { ...headers, cookie: '__Host-stepgate-session=good-token' } })
  expect(secure.seen.credentials.slice(1)).toEqual([null, { kind: 'cookie', token: 'good-token' }])
  await secure.close()
})

describe('a device token', () => {
  const deviceOf = async (headers: Record<string, string>): Promise<unknown> => {
    await server.post('{ me { id } }', { headers })
    return devices.pop()
  }

  it('is the cookie of this account', async () => {
    const set = (await server.post(SIGN_IN)).headers.getSetCookie().find((cookie) => DEVICE_COOKIE.test(cookie))
    expect(await deviceOf({ cookie: set?.split(';')[0] ?? '' })).toBe('device.secret')
    expect(await deviceOf({ cookie: 'stepgate-device-aaaaaaaaaaaaaaaa=device.secret' })).toBeNull()
  })

  it('is the header of a client without cookies', async () => {
    expect(await deviceOf({ 'stepgate-device': 'device.secret' })).toBe('device.secret')
    expect(await deviceOf({ 'stepgate-device': 'a b' })).toBeNull()
  })
})
