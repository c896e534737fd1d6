import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { codeOf } from '../support/client.js'
import { startGateway, until, type TestGateway } from '../support/gateway.js'
import { SignInDocument } from '../../schema/generated/graphql.js'
import { registered, signIn } from '../support/person.js'
import { storedIn } from '../support/stored.js'

interface Line {
  readonly level: string
  readonly fields: object
  readonly message: string
}

const BODY = JSON.stringify({ query: '{ __typename }' })
const head = (length: number, more = ''): string =>
  `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${more}Content-Length: ${length}\r\n\r\n`
const CHUNKED =
  'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'

/** What a client sends, and how it disconnects. */
const DEPARTURES: readonly (readonly [string, string, 'reset' | 'end' | 'destroy'])[] = [
  ['before the first byte', '', 'reset'],
  ['inside the request line', 'POST /gra', 'reset'],
  ['inside the headers', 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Ty', 'end'],
  ['after the headers', head(BODY.length), 'destroy'],
  ['in the middle of the body, by a reset', head(BODY.length) + BODY.slice(0, 5), 'reset'],
  ['in the middle of the body, half open', head(BODY.length) + BODY.slice(0, 5), 'end'],
  ['in the middle of the body, closed', head(BODY.length) + BODY.slice(0, 5), 'destroy'],
  ['in the middle of a body that is too large', head(50_000_000) + 'x'.repeat(200_000), 'reset'],
  [
    'in the middle of a body of the wrong type',
    `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc`,
    'reset',
  ],
  ['in the middle of a chunk', `${CHUNKED}ff\r\n{"query"`, 'reset'],
  ['between two chunks', `${CHUNKED}4\r\n{"qu\r\n`, 'destroy'],
  ['after a chunk of nonsense', `${CHUNKED}zz\r\nnonsense\r\n0\r\n\r\n`, 'end'],
  ['after a chunk that is longer than it says', `${CHUNKED}2\r\n{"query":"x"}\r\n0\r\n\r\n`, 'end'],
  ['after two lengths', head(BODY.length, `Content-Length: 3\r\n`) + BODY, 'end'],
  ['after more than it announced', head(3) + BODY, 'end'],
  ['while it waits to be told to go on', head(BODY.length, 'Expect: 100-continue\r\n'), 'reset'],
  ['between the body and the answer', head(BODY.length) + BODY, 'reset'],
  ['with ten requests in the line', (head(BODY.length) + BODY).repeat(10), 'reset'],
  ['from a page', 'GET /not-me HTTP/1.1\r\nHost: x\r\n\r\n', 'reset'],
  ['from another path, with a body', `POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc`, 'reset'],
]

describe('R153: a client that disconnects is not an error', () => {
  let gateway: TestGateway
  const lines: Line[] = []
  const unhandled: unknown[] = []
  const onUnhandled = (reason: unknown): void => void unhandled.push(reason)

  beforeAll(async () => {
    const at =
      (level: string) =>
      (fields: object, message: string): void =>
        void lines.push({ level, fields, message })
    const logger = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
    gateway = await startGateway({ logger, env: { STEPGATE_DRAIN_TIMEOUT: '2' } })
    process.on('unhandledRejection', onUnhandled)
  })
  afterAll(async () => {
    process.off('unhandledRejection', onUnhandled)
    await gateway.close()
  })
  beforeEach(() => {
    lines.length = 0
  })

  const loud = (): readonly Line[] => lines.filter(({ level }) => level === 'error' || level === 'warn')

  function open(): Promise<Socket> {
    const { hostname, port } = new URL(gateway.url)
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => resolve(socket))
      socket.once('error', reject)
    })
  }

  async function depart(bytes: string, how: 'reset' | 'end' | 'destroy'): Promise<void> {
    const socket = await open()
    socket.on('error', () => undefined)
    socket.resume()
    await new Promise<void>((resolve) => socket.write(bytes === '' ? '\r\n' : bytes, () => resolve()))
    // Long enough for the server to be reading, so that it is interrupted in the middle.
    await sleep(20)
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
    if (how === 'reset') socket.resetAndDestroy()
    else if (how === 'end') socket.end()
    else socket.destroy()
    await Promise.race([closed, sleep(500)])
    socket.destroy()
  }

  it.each(DEPARTURES)('%s', async (_, bytes, how) => {
    await depart(bytes, how)
    const answer = await gateway.client().post(BODY)
    expect(answer.status).toBe(200)
    await sleep(20)
    expect(loud()).toEqual([])
    expect(unhandled).toEqual([])
  })

  it('leaves one line at info, with the request id and without an answer', async () => {
    await depart(head(BODY.length) + BODY.slice(0, 5), 'reset')
    const line = await until(() => Promise.resolve(lines.find(({ message }) => message === 'request') ?? null))
    expect(line).toMatchObject({ level: 'info', fields: { route: 'graphql', status: null } })
    expect(lines).toHaveLength(1)
  })

  it('still counts the attempts of a client that does not wait for its answers', async () => {
    const email = await registered(gateway)
    const input = { email, password: 'not at all the passphrase', transport: 'COOKIE' }
    const body = JSON.stringify({ query: SignInDocument.toString(), variables: { input } })
    for (let nth = 0; nth < 30; nth += 1) await depart(head(body.length) + body, 'reset')
    const isRefused = async (): Promise<boolean> =>
      (await storedIn(gateway, 'auditEvents')).some((event) => event['action'] === 'limit.reached')
    await until(async () => ((await isRefused()) ? true : null))
    expect(codeOf(await gateway.client().post(body))).toMatch(/^(?:RATE_LIMITED|TOO_MANY_ATTEMPTS)$/)
    expect(loud()).toEqual([])
  })

  it('continues for all other clients', async () => {
    await Promise.all(
      Array.from({ length: 100 }, (_, nth) => {
        const [, bytes = '', how = 'reset'] = DEPARTURES[nth % DEPARTURES.length] ?? []
        return depart(bytes, how)
      }),
    )
    const { result } = await signIn(gateway, await registered(gateway), { headers: {} })
    expect(result.__typename).toBe('SignedIn')
    expect(loud()).toEqual([])
    expect(unhandled).toEqual([])
  })
})
