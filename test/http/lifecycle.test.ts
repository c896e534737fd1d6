import { CANARY, PRODUCTION, startServer, type ServerUnderTest } from './server-under-test.js'

/** A promise that the test resolves. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open: () => open() }
}

const statusOf = async (url: string): Promise<number> => (await fetch(url)).status

describe('health', () => {
  it('is alive and ready', async () => {
    const server = await startServer()
    expect(await statusOf(`${server.url}/healthz`)).toBe(200)
    expect(await statusOf(`${server.url}/readyz`)).toBe(200)
    await server.close()
  })

  it.each([
    ['says it is down', () => Promise.resolve(false)],
    ['fails', () => Promise.reject(new Error(CANARY))],
    ['never answers', () => new Promise<boolean>(() => undefined)],
  ])('is alive but not ready within two seconds when the store %s', async (_, readiness) => {
    const server = await startServer({ readiness })
    const startedAt = performance.now()
    const answer = await fetch(`${server.url}/readyz`)
    expect(answer.status).toBe(503)
    expect(await answer.json()).toEqual({ status: 'unavailable' })
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    expect(await statusOf(`${server.url}/healthz`)).toBe(200)
    await server.close()
  })

  it('refuses other methods', async () => {
    const server = await startServer()
    const answer = await fetch(`${server.url}/readyz`, { method: 'POST' })
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('GET, HEAD')
    await server.close()
  })
})

it('publishes its keys, with a cache lifetime', async () => {
  const server = await startServer({ jwks: () => Promise.resolve({ keys: [{ kid: 'k1' }] }) })
  const answer = await fetch(`${server.url}/.well-known/jwks.json`)
  expect(await answer.json()).toEqual({ keys: [{ kid: 'k1' }] })
  expect(answer.headers.get('cache-control')).toBe('public, max-age=300')
  await server.close()
})

describe('a stop', () => {
  it('lets requests in flight finish and refuses new connections', async () => {
    const [begun, release] = [gate(), gate()]
    const server = await startServer({
      resolvers: {
        slow: async () => {
          begun.open()
          await release.opened
          return 'done'
        },
      },
    })
    const answer = server.post('{ slow }')
    await begun.opened
    const closed = server.close()
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow()
    release.open()
    expect((await answer).data).toEqual({ slow: 'done' })
    await closed
  })

  it('waits for work that runs after the answer', async () => {
    const [begun, release] = [gate(), gate()]
    const done: string[] = []
    const server = await startServer({
      resolvers: {
        hello: (_s, _a, { afterAnswer }) => {
          afterAnswer(async () => {
            begun.open()
            await release.opened
            done.push('mail')
          })
          return 'hello'
        },
      },
    })
    await server.post('{ hello }')
    await begun.opened
    const closed = server.close().then(() => done.push('closed'))
    release.open()
    await closed
    expect(done).toEqual(['mail', 'closed'])
  })

  it('closes requests that do not finish in time', async () => {
    const begun = gate()
    const server = await startServer({
      environment: { STEPGATE_DRAIN_TIMEOUT: '0' },
      resolvers: {
        slow: () => {
          begun.open()
          return new Promise(() => undefined)
        },
      },
    })
    const answer = server.post('{ slow }').catch(() => 'cut off')
    await begun.opened
    await server.close()
    expect(await answer).toBe('cut off')
    expect(server.seen.logs).toContainEqual(expect.objectContaining({ level: 'warn' }))
  })

  it('reports not ready at once', async () => {
    const [asked, release] = [gate(), gate()]
    const server = await startServer({
      readiness: async () => {
        asked.open()
        await release.opened
        return true
      },
    })
    const probe = fetch(`${server.url}/readyz`)
    await asked.opened
    const closed = server.close()
    release.open()
    expect((await probe).status).toBe(503)
    await closed
  })

  it('happens once, also when it is requested twice', async () => {
    const server = await startServer()
    await Promise.all([server.close(), server.close(), server.close()])
  })
})

describe('the development outbox', () => {
  const MESSAGE = {
    channel: 'mail',
    to: 'a@example.com',
    subject: '<b>Hi</b>',
    text: 'https://x.example/#token=1 <script>',
    sentAt: new Date(0),
  } as const
  const outbox = { messages: () => [MESSAGE] }
  let server: ServerUnderTest
  beforeAll(async () => {
    server = await startServer({ outbox, environment: { STEPGATE_TRUSTED_PROXIES: 'loopback' } })
  })
  afterAll(() => server.close())

  it('lists messages as JSON', async () => {
    const answer = await fetch(`${server.url}/dev/outbox`)
    expect(await answer.json()).toEqual({ messages: [{ ...MESSAGE, sentAt: '1970-01-01T00:00:00.000Z' }] })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('shows a browser a page that no message can inject markup into', async () => {
    const answer = await fetch(`${server.url}/dev/outbox`, { headers: { accept: 'text/html' } })
    const page = await answer.text()
    expect(page).toContain('&lt;b&gt;Hi&lt;/b&gt;')
    expect(page).toContain('<a href="https://x.example/#token=1">')
    expect(page).not.toMatch(/<b>|<script>/)
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('is not available to other machines', async () => {
    expect((await fetch(`${server.url}/dev/outbox`, { headers: { 'x-forwarded-for': '203.0.113.7' } })).status).toBe(
      404,
    )
  })

  it('is not available under a name that only resolves to this machine', async () => {
    const { request } = await import('node:http')
    const status = await new Promise((resolve) =>
      request(`${server.url}/dev/outbox`, { headers: { host: 'rebound.example' } }, (res) => {
        res.resume()
        resolve(res.statusCode)
      }).end(),
    )
    expect(status).toBe(404)
  })

  it('is not available in production or when it is off', async () => {
    for (const options of [{ ...PRODUCTION, outbox }, {}]) {
      const without = await startServer(options)
      expect(await statusOf(`${without.url}/dev/outbox`)).toBe(404)
      await without.close()
    }
  })
})
