import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { MeDocument, RefreshSessionDocument } from '../../schema/generated/graphql.js'
import { bearer, eventsOf, storedPerson } from '../support/answers.js'
import { refresh, signInApp } from '../support/app.js'
import { aroundStore } from '../support/around-store.js'
import { codeOf, dataOf } from '../support/client.js'
import { startGateway, STORES, until, type TestGateway } from '../support/gateway.js'
import { registered } from '../support/person.js'

describe.each(STORES)('R076 a refresh whose answer is lost, on the %s store', (store) => {
  let gateway: TestGateway
  /** Called once, after the store has the next change of an account and before the gateway knows. */
  let onceCommitted: (() => Promise<void>) | null = null

  beforeAll(async () => {
    gateway = await startGateway({
      store,
      wrapStore: (opened) =>
        aroundStore(opened, async ({ collection, verb }, carryOut) => {
          const outcome = await carryOut()
          if (collection !== 'accounts' || verb !== 'changeOne' || !onceCommitted) return outcome
          const committed = onceCommitted
          onceCommitted = null
          await committed()
          return outcome
        }),
    })
  })
  afterAll(() => gateway.close())

  const refreshHash = async (email: string) =>
    Object.values((await storedPerson(gateway, email)).sessions)[0]?.refresh?.hash

  /** Sends a refresh over a connection that breaks once the store has the next token, and returns what came back. */
  async function refreshAndLose(refreshToken: string): Promise<string> {
    const { port, host, hostname } = new URL(gateway.url)
    const socket: Socket = connect(Number(port), hostname)
    let received = ''
    socket.setEncoding('utf8').on('data', (text: string) => (received += text))
    const lost = once(socket, 'close')
    onceCommitted = async () => {
      socket.resetAndDestroy()
      await lost
    }
    const body = JSON.stringify({ query: RefreshSessionDocument.toString(), variables: { input: { refreshToken } } })
    const head = ['POST /graphql HTTP/1.1', `Host: ${host}`, 'Content-Type: application/json', 'Connection: close']
    socket.write([...head, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n'))
    await lost
    return received
  }

  async function lostRefresh() {
    const email = await registered(gateway)
    const first = await signInApp(gateway, email)
    const before = await refreshHash(email)
    expect(await refreshAndLose(first.refreshToken)).toBe('')
    expect(await refreshHash(email)).not.toBe(before)
    // The gateway finishes what it began, although the client is gone.
    await until(async () => ((await eventsOf(gateway, email, 'session.refreshed')).length > 0 ? true : null))
    return { email, first, rotated: await refreshHash(email) }
  }

  it.each([1, 60, 599, 600])('is repeated %d seconds later and gets the stored successor', async (seconds) => {
    const { email, first, rotated } = await lostRefresh()
    gateway.clock.advance(seconds)
    const successor = dataOf(await refresh(gateway, first.refreshToken)).refreshSession
    expect(await refreshHash(email)).toBe(rotated)
    expect(dataOf(await refresh(gateway, first.refreshToken)).refreshSession.refreshToken).toBe(successor.refreshToken)
    expect(codeOf(await bearer(gateway, successor.accessToken).send(MeDocument))).toBeNull()
    expect(codeOf(await refresh(gateway, successor.refreshToken))).toBeNull()
    expect(await eventsOf(gateway, email, 'session.refresh_reused')).toEqual([])
  })

  it('counts as a replay after ten minutes, and the session ends', async () => {
    const { email, first } = await lostRefresh()
    gateway.clock.advance(601)
    expect(codeOf(await refresh(gateway, first.refreshToken))).toBe('UNAUTHENTICATED')
    expect(await eventsOf(gateway, email, 'session.refresh_reused')).toHaveLength(1)
    expect(codeOf(await bearer(gateway, first.accessToken).send(MeDocument))).toBe('UNAUTHENTICATED')
  })
})
