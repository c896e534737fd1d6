import { secondsAfter } from '../../src/kernel/clock.js'
import type { AccountId } from '../../src/kernel/ids.js'
import { ORIGIN, START, startServer, type Answer, type ServerUnderTest } from './server-under-test.js'

const MOST = 20
const TOKEN = 'x'.repeat(100)
let server: ServerUnderTest
let jar: Map<string, string>

beforeAll(async () => {
  server = await startServer({
    resolvers: {
      signIn: (_source, args, context) => {
        const expiresAt = secondsAfter(START, 1000)
        context.jar.setSession({ token: TOKEN, expiresAt })
        context.jar.setDevice(String(args.email) as AccountId, { token: TOKEN, expiresAt })
        return 'done'
      },
    },
  })
})
afterAll(() => server.close())
beforeEach(() => (jar = new Map()))

async function signIn(account: string): Promise<Answer> {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const answer = await server.post(`mutation { signIn(email: "${account}", password: "b") }`, {
    headers: { cookie, origin: ORIGIN },
  })
  for (const line of answer.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (line.includes('Max-Age=0')) jar.delete(name)
    else jar.set(name, value)
  }
  return answer
}
const devices = (): string[] => [...jar.keys()].filter((name) => name.startsWith('stepgate-device-'))
const headerBytes = (): number => [...jar].reduce((sum, [name, value]) => sum + name.length + value.length + 3, 0)

/** As a browser sends cookies that were set before there was a limit. */
function fill(count: number): void {
  for (let at = 0; at < count; at++) jar.set(`stepgate-device-${String(at).padStart(16, 'a')}`, TOKEN)
}

describe('a browser that many people share', () => {
  it('stores a limited number of device cookies, always with the one of the account that signs in', async () => {
    for (let at = 0; at < 300; at++) {
      const before = devices()
      expect((await signIn(`account-${at}`)).status).toBe(200)
      const added = devices().filter((name) => !before.includes(name))
      expect(added).toHaveLength(1)
      expect(devices().length).toBeLessThanOrEqual(MOST)
    }
    expect(headerBytes()).toBeLessThan(8_000)
  })

  it('deletes the cookie that was set first, and none while there is room', async () => {
    for (let at = 0; at < MOST; at++) await signIn(`account-${at}`)
    const [first, ...others] = devices()
    expect(others).toHaveLength(MOST - 1)
    await signIn('account-0')
    expect(devices()).toContain(first)
    await signIn('another')
    expect(devices()).not.toContain(first)
    expect(devices()).toEqual(expect.arrayContaining(others))
  })

  it('can send 300 device cookies, and has few after some sign-ins', async () => {
    fill(300)
    for (let at = 0; at < 15; at++) expect((await signIn('account')).status).toBe(200)
    expect(devices()).toHaveLength(MOST)
  })

  it('keeps cookies that are not of the gateway', async () => {
    jar.set('stepgate-device-other', 'a').set('cart', 'b')
    fill(MOST)
    await signIn('account')
    expect(jar.has('stepgate-device-other') && jar.has('cart')).toBe(true)
  })
})
